/** Where a session is to be heard: in this browser, or on a phone on the desk. The choice is kept in the browser. */
import type { Signal } from '@preact/signals';
import type { OwnPhones } from '../shared/board-types.ts';
import { remember, remembered } from '../shared/memory.ts';
import { liveWords } from './words.ts';

const CHOICE = 'supervision-phone';
const BROWSER = 'browser';

/** The phone that was chosen last, as long as it is still one's own; the browser where nothing was chosen. */
export function phoneChosen(phones: OwnPhones | null): string | null {
  if (!phones) return null;
  const { desks, browser } = phones;
  const kept = remembered(CHOICE);
  if (kept && desks.includes(kept)) return kept;
  return browser ?? desks[0] ?? null;
}

interface PhoneChoiceProps {
  phones: OwnPhones;
  chosen: Signal<string | null>;
  id: string;
}

/** Nothing to choose, nothing to see. */
export function PhoneChoice({ phones: { desks, browser }, chosen, id }: PhoneChoiceProps) {
  const t = liveWords.value.browser;
  if (desks.length + (browser ? 1 : 0) < 2) return null;
  return (
    <div class="field">
      <label for={id}>{t.where}</label>
      <select
        id={id}
        data-testid="ask-phone"
        value={chosen.value ?? ''}
        onChange={({ currentTarget: { value } }) => {
          chosen.value = value;
          remember(CHOICE, value === browser ? BROWSER : value);
        }}
      >
        {browser && <option value={browser}>{t.here}</option>}
        {desks.map((desk) => (
          <option key={desk} value={desk}>
            {t.desk(desk)}
          </option>
        ))}
      </select>
    </div>
  );
}
