/** What a filter says, field by field, in the reader's words. */
import type { SearchTerms } from '../shared/api-types.ts';
import { calendarDay, clock } from '../shared/format.ts';
import { words } from '../shared/i18n.ts';
import type { Field, Filter } from './filter.ts';
import { searchWords } from './words.ts';

/** A chip: what it is, what it says, and the fields that go with it. */
export interface Chip {
  name: string;
  text: string;
  fields: Field[];
}

export interface Known {
  terms: SearchTerms | undefined;
  /** The last digits of a number that is searched for; empty when they are not known. */
  end: string;
}

/** One chip for each thing that is asked for; both ends of a range are one. */
export function chipsOf(filter: Filter, { terms, end }: Known): Chip[] {
  const t = searchWords.value;
  const chips: Chip[] = [];
  const say = (name: string, text: string | undefined, ...fields: Field[]) => {
    if (text !== undefined) chips.push({ name, text, fields });
  };
  const named = (all: { id: string; name: string }[] | undefined, id: string | undefined) =>
    id && (all?.find((one) => one.id === id)?.name || id);
  say(t.kinds.number, filter.party && t.number(end), 'party');
  say(t.kinds.lastDigits, filter.lastDigits && t.number(filter.lastDigits), 'lastDigits');
  say(t.kinds.person, named(terms?.people, filter.person), 'person');
  say(t.kinds.extension, filter.extension, 'extension');
  say(
    t.kinds.line,
    filter.line && (terms?.lines.find(({ did }) => did === filter.line)?.name || filter.line),
    'line',
  );
  say(t.kinds.queue, named(terms?.queues, filter.queue), 'queue');
  say(t.kinds.client, named(terms?.clients, filter.client), 'client');
  say(t.direction, filter.direction && (t.directions[filter.direction] ?? filter.direction), 'direction');
  say(t.kinds.days, daysOf(filter), 'from', 'to');
  say(t.length, lengthOf(filter), 'minSeconds', 'maxSeconds');
  say(
    t.kinds.purpose,
    filter.purpose && (words.value.recordings.purposes[filter.purpose] ?? filter.purpose),
    'purpose',
  );
  say(t.consent, filter.consent && (t.consents[filter.consent] ?? filter.consent), 'consent');
  say(t.state, filter.state && (t.states[filter.state] ?? filter.state), 'state');
  say(t.held, filter.held && (filter.held === 'true' ? t.heldYes : t.heldNo), 'held');
  say(t.due, filter.dueWithinDays && t.dueWithin(Number(filter.dueWithinDays)), 'dueWithinDays');
  return chips;
}

function daysOf({ from, to }: Filter): string | undefined {
  const t = searchWords.value;
  const day = (text: string) => (Number.isNaN(Date.parse(text)) ? text : calendarDay(text));
  if (from && to) return from === to ? day(from) : t.between(day(from), day(to));
  if (from) return t.since(day(from));
  return to && t.until(day(to));
}

function lengthOf({ minSeconds, maxSeconds }: Filter): string | undefined {
  const t = searchWords.value;
  const said = (seconds: string) => clock(Number(seconds));
  if (minSeconds && maxSeconds) return t.between(said(minSeconds), said(maxSeconds));
  if (minSeconds) return t.atLeast(said(minSeconds));
  return maxSeconds && t.atMost(said(maxSeconds));
}
