/** A passphrase to choose: twice, and how hard it is to guess while one types. */
import { type Signal, useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useRef } from 'preact/hooks';
import { words } from '../shared/i18n.ts';
import { SecretField } from '../shared/secret-field.tsx';
import { type Strength, strengthOf } from './strength.ts';
import { keyWords } from './words.ts';

export interface ChosenPassphrase {
  first: RefObject<HTMLInputElement | null>;
  second: RefObject<HTMLInputElement | null>;
  strength: Signal<Strength>;
}

const METER: Record<Strength, number> = { none: 0, short: 1, weak: 1, fair: 2, strong: 3 };
const LOOKS: Record<Strength, string> = {
  none: 'muted',
  short: 'bad',
  weak: 'doubtful',
  fair: 'good',
  strong: 'good',
};

/** What was typed, and whether it may be taken. */
export function usePassphrase() {
  const chosen: ChosenPassphrase = {
    first: useRef<HTMLInputElement>(null),
    second: useRef<HTMLInputElement>(null),
    strength: useSignal<Strength>('none'),
  };
  /** The code of what is wrong with it, or null. */
  function fault(): string | null {
    const level = strengthOf(chosen.first.current?.value ?? '');
    if (!['fair', 'strong'].includes(level)) return 'passphrase-weak';
    return chosen.first.current?.value === chosen.second.current?.value ? null : 'passphrase-differs';
  }
  return { chosen, fault, value: () => chosen.first.current?.value ?? '' };
}

export function NewPassphrase({ id, chosen }: { id: string; chosen: ChosenPassphrase }) {
  const t = keyWords.value.passphrase;
  const show = { show: words.value.keys.showPassphrase, hide: words.value.keys.hidePassphrase };
  const level = chosen.strength.value;
  function weigh() {
    chosen.strength.value = strengthOf(chosen.first.current?.value ?? '');
  }
  return (
    <>
      <div class="new-passphrase" onInput={weigh}>
        <SecretField
          id={id}
          field={chosen.first}
          label={t.choose}
          {...show}
          autocomplete="new-password"
          testId={id}
        />
        <p class="strength" role="status" data-testid={`${id}-strength`} data-strength={level}>
          <meter aria-label={t.strength} min={0} max={3} low={2} high={3} optimum={3} value={METER[level]} />
          <span class={`small ${LOOKS[level] === 'muted' ? 'muted' : `verdict ${LOOKS[level]}`}`}>
            {t.strengthIs(t.levels[level])}
          </span>
        </p>
        <p class="hint">{t.hint}</p>
      </div>
      <SecretField
        id={`${id}-again`}
        field={chosen.second}
        label={t.again}
        {...show}
        autocomplete="new-password"
        testId={`${id}-again`}
      />
    </>
  );
}
