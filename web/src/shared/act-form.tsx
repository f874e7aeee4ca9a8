/** A form that does one thing: fields with their labels, what went wrong, and a button that says what happens next. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { codeOf } from './api-error.ts';
import { Failure } from './ui.tsx';

export interface ActFormProps {
  testId: string;
  submit: string;
  /** What is thrown is said under the fields. */
  act(values: (name: string) => string, form: HTMLFormElement): Promise<void>;
  children?: ComponentChildren;
  /** A way that cannot be gone back. */
  grave?: boolean;
}

export function ActForm({ testId, submit, act, children, grave }: ActFormProps) {
  const problem = useSignal<string | null>(null);
  const busy = useSignal(false);
  async function onSubmit(event: SubmitEvent) {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const values = new FormData(form);
    busy.value = true;
    try {
      await act((name) => String(values.get(name) ?? '').trim(), form);
      problem.value = null;
    } catch (error) {
      problem.value = codeOf(error);
    }
    busy.value = false;
  }
  return (
    <form class="act-form" onSubmit={onSubmit} data-testid={testId} aria-busy={busy.value}>
      {children}
      {problem.value && <Failure code={problem.value} testId={`${testId}-error`} />}
      <div class="actions">
        <button
          type="submit"
          class={grave ? 'button grave' : 'button primary'}
          disabled={busy.value}
          data-testid={`${testId}-submit`}
        >
          {submit}
        </button>
      </div>
    </form>
  );
}

interface Labels {
  label: string;
  name: string;
  hint?: string | undefined;
  wide?: boolean | undefined;
}

function Framed({ label, hint, wide, id, children }: Labels & { id: string; children: ComponentChildren }) {
  return (
    <div class={wide ? 'field wide' : 'field'}>
      <label for={id}>{label}</label>
      {children}
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

interface FieldProps extends Labels {
  required?: boolean;
  defaultValue?: string;
  minLength?: number;
  maxLength?: number;
  inputMode?: 'tel' | 'numeric';
  'data-testid'?: string;
}

interface TextFieldProps extends FieldProps {
  type?: 'text' | 'date' | 'datetime-local';
  min?: string;
  max?: string;
  pattern?: string;
  placeholder?: string;
}

/** One line. */
export function TextField({ label, name, hint, wide, type = 'text', ...rest }: TextFieldProps) {
  const id = useId();
  return (
    <Framed {...{ label, name, hint, wide, id }}>
      <input
        id={id}
        name={name}
        // The typings know fixed types only.
        type={type as 'text'}
        autocomplete="off"
        aria-describedby={hint && `${id}-hint`}
        {...rest}
      />
    </Framed>
  );
}

/** Several lines. */
export function AreaField({
  label,
  name,
  hint,
  wide = true,
  rows = 3,
  ...rest
}: FieldProps & { rows?: number }) {
  const id = useId();
  return (
    <Framed {...{ label, name, hint, wide, id }}>
      <textarea
        id={id}
        name={name}
        rows={rows}
        autocomplete="off"
        aria-describedby={hint && `${id}-hint`}
        {...rest}
      />
    </Framed>
  );
}

interface ChoiceFieldProps extends Labels {
  choices: [value: string, words: string][];
  defaultValue?: string;
  'data-testid'?: string;
}

/** One of some; each with its words. */
export function ChoiceField({ label, name, hint, wide, choices, defaultValue, ...rest }: ChoiceFieldProps) {
  const id = useId();
  return (
    <Framed {...{ label, name, hint, wide, id }}>
      <select id={id} name={name} aria-describedby={hint && `${id}-hint`} {...rest}>
        {choices.map(([value, words]) => (
          <option key={value} value={value} selected={value === defaultValue}>
            {words}
          </option>
        ))}
      </select>
    </Framed>
  );
}

/** What is there when it is asked for: a form, a detail. */
export function Fold(props: {
  summary: string;
  testId: string;
  open?: boolean;
  children: ComponentChildren;
}) {
  return (
    <details class="fold" open={props.open} data-testid={props.testId}>
      <summary>{props.summary}</summary>
      <div class="fold-body">{props.children}</div>
    </details>
  );
}

/** The lines of a field, without empty ones. */
export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
