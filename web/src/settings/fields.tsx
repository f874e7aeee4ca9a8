/** The fields that the forms of the settings are made of: a label, a control, and a hint that belongs to it. */
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

interface FieldProps {
  name: string;
  hint?: string;
  testId: string;
}

interface TextProps extends FieldProps {
  value: string;
  set(value: string): void;
  pattern?: string;
  required?: boolean;
  type?: 'text' | 'number';
  min?: number;
  max?: number;
  rows?: number;
}

export function TextField({ name, hint, testId, value, set, rows, type = 'text', ...rest }: TextProps) {
  const id = useId();
  // What is being typed, which is not always what is meant: "201, " on the way to "201, 202".
  const typed = useSignal(value);
  const take = ({ currentTarget }: { currentTarget: { value: string } }) => {
    typed.value = currentTarget.value;
    set(currentTarget.value);
  };
  const common = {
    id,
    value: typed.value,
    'data-testid': testId,
    'aria-describedby': hint ? `${id}-hint` : undefined,
    required: rest.required ?? false,
  };
  return (
    <div class="field">
      <label for={id}>{name}</label>
      {rows ? (
        <textarea {...common} rows={rows} onInput={take} />
      ) : (
        <Input {...common} {...rest} type={type} onInput={take} />
      )}
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

interface InputProps {
  id: string;
  value: string;
  required: boolean;
  type: 'text' | 'number';
  pattern?: string;
  min?: number;
  max?: number;
  onInput(event: { currentTarget: HTMLInputElement }): void;
}

function Input({ type, pattern = '', min = 0, max = 0, ...rest }: InputProps) {
  if (type === 'number') return <input {...rest} type="number" autocomplete="off" min={min} max={max} />;
  return <input {...rest} autocomplete="off" {...(pattern && { pattern })} />;
}

interface ChoiceProps extends FieldProps {
  value: string;
  set(value: string): void;
  /** Value and how it is called. */
  options: [value: string, name: string][];
  required?: boolean;
}

export function ChoiceField({ name, hint, testId, value, set, options, required }: ChoiceProps) {
  const id = useId();
  const known = options.some(([one]) => one === value);
  return (
    <div class="field">
      <label for={id}>{name}</label>
      <select
        id={id}
        data-testid={testId}
        value={value}
        required={required ?? false}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={({ currentTarget }) => set(currentTarget.value)}
      >
        {!known && <option value={value}>{value || '…'}</option>}
        {options.map(([one, called]) => (
          <option key={one} value={one}>
            {called}
          </option>
        ))}
      </select>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

interface TickProps extends FieldProps {
  value: boolean;
  set(value: boolean): void;
}

export function TickField({ name, hint, testId, value, set }: TickProps) {
  return (
    <label class="tick">
      <input
        type="checkbox"
        data-testid={testId}
        checked={value}
        onChange={({ currentTarget }) => set(currentTarget.checked)}
      />
      <span>
        {name} {hint && <span class="hint">{hint}</span>}
      </span>
    </label>
  );
}

interface SeveralProps {
  name: string;
  testId: string;
  value: readonly string[];
  set(value: string[]): void;
  options: [value: string, name: string][];
  none: string;
}

/** Some of a list, in the order in which they were chosen. */
export function SeveralField({ name, testId, value, set, options, none }: SeveralProps) {
  return (
    <fieldset class="role-choice">
      <legend>{name}</legend>
      {options.length === 0 && <p class="hint">{none}</p>}
      {options.map(([one, called]) => (
        <TickField
          key={one}
          name={called}
          testId={`${testId}-${one}`}
          value={value.includes(one)}
          set={(on) => set(on ? [...value, one] : value.filter((other) => other !== one))}
        />
      ))}
    </fieldset>
  );
}

/** The frame of a form within a list. */
export function EditForm(props: {
  title: string;
  testId: string;
  keep(): void;
  cancel(): void;
  words: { keep: string; cancel: string; thenPlan: string };
  children: ComponentChildren;
}) {
  return (
    <form
      class="edit-form"
      aria-label={props.title}
      data-testid={props.testId}
      onSubmit={(event) => {
        event.preventDefault();
        props.keep();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') props.cancel();
      }}
    >
      <div class="edit-fields">{props.children}</div>
      <div class="actions">
        <button type="submit" class="button primary small" data-testid="edit-keep">
          {props.words.keep}
        </button>
        <button type="button" class="button small" onClick={props.cancel}>
          {props.words.cancel}
        </button>
        <span class="hint">{props.words.thenPlan}</span>
      </div>
    </form>
  );
}
