/** A small label over a control, and over a choice. */
import type { ComponentChildren } from 'preact';

export function Labelled({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is what it is given
    <label class="labelled">
      <span>{name}</span>
      {children}
    </label>
  );
}

interface LabelledSelectProps {
  name: string;
  testId: string;
  value: string;
  choose(value: string): void;
  children: ComponentChildren;
}

export function LabelledSelect({ name, testId, value, choose, children }: LabelledSelectProps) {
  return (
    <Labelled name={name}>
      <select
        data-testid={testId}
        value={value}
        onChange={({ currentTarget }) => choose(currentTarget.value)}
      >
        {children}
      </select>
    </Labelled>
  );
}

interface LabelledChoiceProps extends Omit<LabelledSelectProps, 'children'> {
  /** What it says when nothing is chosen. */
  none: string;
  options: readonly (readonly [value: string, name: string])[];
}

/** One of a list, or none. A value that is not in the list, as an address may have it, is shown as it is. */
export function LabelledChoice({ none, options, ...select }: LabelledChoiceProps) {
  const { value } = select;
  return (
    <LabelledSelect {...select}>
      <option value="">{none}</option>
      {value && !options.some(([one]) => one === value) && <option value={value}>{value}</option>}
      {options.map(([one, name]) => (
        <option key={one} value={one}>
          {name}
        </option>
      ))}
    </LabelledSelect>
  );
}

/** A day of the calendar, with its name before it. */
export function DayField(props: { name: string; testId: string; value: string; choose(day: string): void }) {
  return (
    <label>
      {props.name}{' '}
      <input
        type="date"
        data-testid={props.testId}
        value={props.value}
        onChange={({ currentTarget }) => props.choose(currentTarget.value)}
      />
    </label>
  );
}
