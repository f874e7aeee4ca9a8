/** A secret to type, with a button to look at it. */
import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { Eye, EyeOff } from './icons.tsx';

export interface SecretFieldProps {
  id: string;
  label: string;
  show: string;
  hide: string;
  autocomplete: string;
  testId: string;
  field: RefObject<HTMLInputElement | null>;
}

export function SecretField(props: SecretFieldProps) {
  const shown = useSignal(false);
  const switchName = shown.value ? props.hide : props.show;
  return (
    <div class="field">
      <label for={props.id}>{props.label}</label>
      <div class="input-group">
        <input
          id={props.id}
          ref={props.field}
          // The typings know fixed types only.
          type={(shown.value ? 'text' : 'password') as 'password'}
          autocomplete={props.autocomplete}
          autocapitalize="off"
          spellcheck={false}
          required
          data-testid={props.testId}
        />
        <button
          type="button"
          class="icon-button"
          aria-label={switchName}
          title={switchName}
          aria-pressed={shown.value}
          onClick={() => {
            shown.value = !shown.value;
          }}
        >
          {shown.value ? <EyeOff /> : <Eye />}
        </button>
      </div>
    </div>
  );
}
