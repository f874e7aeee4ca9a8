/** What is being typed: what it may mean, shown in the list after a moment, and chosen in the end. */
import { computed, signal } from '@preact/signals';
import { api } from '../shared/api.ts';
import { codeOf } from '../shared/api-error.ts';
import { timezone } from '../shared/format.ts';
import { words } from '../shared/i18n.ts';
import { choose, preview, terms } from './catalogue.ts';
import { type Filter, preset } from './filter.ts';
import { interpret, type Suggestion } from './interpret.ts';
import { searchWords } from './words.ts';

/** A pause in typing after which a word is looked up; whom somebody looks for is written down, so that takes longer. */
const PAUSE_MS = 120;
const PERSON_PAUSE_MS = 600;

export const typed = signal('');
/** Which of the suggestions would be taken. */
export const active = signal(0);
export const typingProblem = signal<string | null>(null);
/** Last digits of the numbers that were looked up, by what they are found by: for their chips. */
export const partyEnds = signal<ReadonlyMap<string, string>>(new Map());

export const suggestions = computed<Suggestion[]>(() =>
  interpret(typed.value, terms.value, {
    purposes: words.value.recordings.purposes,
    presets: searchWords.value.presets,
    held: searchWords.value.heldYes,
  }),
);

let timer: ReturnType<typeof setTimeout> | undefined;
let round = 0;

export function type(text: string): void {
  typed.value = text;
  active.value = 0;
  typingProblem.value = null;
  later();
}

export function move(step: number): void {
  const count = suggestions.peek().length;
  if (count === 0) return;
  active.value = (active.peek() + step + count) % count;
  later();
}

/** Shows what the suggestion means, once the typing pauses. */
function later(): void {
  clearTimeout(timer);
  const mine = ++round;
  const one = suggestions.peek()[active.peek()];
  // The beginning of a number is nobody's last digits.
  if (!one || (one.kind === 'lastDigits' && !/^[1-9]\d{3}$/.test(typed.peek().trim()))) {
    preview(null);
    return;
  }
  const outside = one.kind === 'number' || one.kind === 'lastDigits';
  timer = setTimeout(
    () =>
      void meant(one).then((change) => {
        if (mine === round && change) preview(change);
      }),
    outside ? PERSON_PAUSE_MS : PAUSE_MS,
  );
}

/** Takes the suggestion: it becomes part of the filter. */
export async function take(one: Suggestion | undefined): Promise<void> {
  if (!one) return;
  clearTimeout(timer);
  const mine = ++round;
  const change = await meant(one);
  if (mine !== round || !change) return;
  typed.value = '';
  active.value = 0;
  choose(change);
}

/** Gives up what was typed. */
export function giveUp(): void {
  clearTimeout(timer);
  round++;
  typed.value = '';
  typingProblem.value = null;
  preview(null);
}

async function meant(one: Suggestion): Promise<Filter | undefined> {
  if (one.preset) return preset(one.preset, timezone.peek());
  if (one.kind !== 'number') return one.change;
  try {
    const { party, last4 } = await api.party(one.text);
    partyEnds.value = new Map(partyEnds.peek()).set(party, last4);
    return { party };
  } catch (error) {
    typingProblem.value = codeOf(error);
    return undefined;
  }
}
