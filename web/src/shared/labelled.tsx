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
