/** A password to choose: shown on demand, and its length said before it is sent. */
import type { RefObject } from 'preact';
import { words } from '../shared/i18n.ts';
import { SecretField } from '../shared/secret-field.tsx';
import { accessWords } from './words.ts';

export function NewPassword({
  field,
  label,
  id,
}: {
  field: RefObject<HTMLInputElement | null>;
  label: string;
  id: string;
}) {
  const t = words.value.access;
  return (
    <div>
      <SecretField
        id={id}
        field={field}
        label={label}
        show={t.showPassword}
        hide={t.hidePassword}
        autocomplete="new-password"
        testId={id}
      />
      <p class="hint">{accessWords.value.enrol.passwordHint}</p>
    </div>
  );
}

/** Six digits. */
export function CodeField({
  field,
  label,
  id,
  required = true,
  hint,
}: {
  field: RefObject<HTMLInputElement | null>;
  label: string;
  id: string;
  required?: boolean;
  hint?: string;
}) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        ref={field}
        class="code"
        inputMode="numeric"
        autocomplete="one-time-code"
        pattern="[0-9 ]{6,7}"
        maxLength={7}
        required={required}
        aria-describedby={hint ? `${id}-hint` : undefined}
        data-testid={id}
      />
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

/** What was typed, without its spaces. */
export const digitsIn = (field: RefObject<HTMLInputElement | null>) =>
  field.current?.value.replaceAll(/\s/g, '') ?? '';
