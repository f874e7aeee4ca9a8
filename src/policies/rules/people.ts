// Whose calls may be recorded: people who were informed (C08), and never staff representatives (C10).

import { called } from '../objects.ts';
import type { Destination } from '../queue-schema.ts';
import type { Person, Settings } from '../schema.ts';
import type { Fault } from './fault.ts';

export type Recordable = 'yes' | 'not-informed' | 'excluded';

/**
 * May calls of this person be recorded on the given day? Informed, and the works council consulted, on that day or
 * before; `no-cse` stands for a company that has none.
 * @param today YYYY-MM-DD by the clock of the site; absent, any date will do
 */
export function recordable(person: Person, today = '9999-12-31'): Recordable {
  if (person.staff_rep) return 'excluded';
  const { informed_on, cse_consulted_on } = person;
  if (!informed_on || informed_on > today || !cse_consulted_on) return 'not-informed';
  return cse_consulted_on === 'no-cse' || cse_consulted_on <= today ? 'yes' : 'not-informed';
}

/**
 * The phones that a destination can ring, those included to which a queue overflows; undefined for a conference, which
 * anybody may join.
 */
export function extensionsOf(settings: Settings, destination: Destination): string[] | undefined {
  return destination.conference ? undefined : [...rungBy(settings, destination, [])];
}

function* rungBy(settings: Settings, to: Destination, passed: string[]): Generator<string> {
  yield* to.extensions ?? [];
  yield* settings.ring_groups.find(({ id }) => id === to.ring_group)?.extensions ?? [];
  const queue = settings.queues.find(({ id }) => id === to.queue);
  if (!queue || passed.includes(queue.id)) return;
  yield* queue.extensions;
  if (queue.overflow) yield* rungBy(settings, queue.overflow.to, [...passed, queue.id]);
}

/** Whose phone is which. */
export function ownersOf({ people }: Settings): Map<string, Person> {
  return new Map(people.flatMap((one) => one.extensions.map((number) => [number, one])));
}

/** Faults of people, and of what rings at their phones. */
export function* peopleFaults(settings: Settings): Generator<Fault> {
  for (const person of settings.people) yield* dateFaults(person);
  const owners = ownersOf(settings);
  for (const section of ['ring_groups', 'queues'] as const)
    for (const group of settings[section])
      yield* strangerFaults(group.extensions, group.client, owners, called(section, group));
  for (const line of settings.lines) {
    const at = called('lines', line);
    yield* strangerFaults(line.destination.extensions ?? [], line.client, owners, at);
    const policy = settings.policies.find(({ id }) => id === line.policy);
    const people = (extensionsOf(settings, line.destination) ?? []).flatMap((one) => owners.get(one) ?? []);
    if (!policy || policy.consent === 'never' || people.length === 0) continue;
    if (!people.some((person) => recordable(person) === 'yes'))
      yield {
        at,
        says: `policy ${policy.id} records, and nobody whose phone rings may be recorded`,
        law: people.every(({ staff_rep }) => staff_rep) ? 'C08, C10' : 'C08',
        hint: 'inform the people first and write informed_on and cse_consulted_on, or take a policy with consent never',
      };
  }
}

/** Faults of phones that are rung and belong to nobody, or to another client's people. */
export function* strangerFaults(
  extensions: string[],
  client: string,
  owners: Map<string, Person>,
  at: string,
): Generator<Fault> {
  for (const extension of extensions) {
    const owner = owners.get(extension);
    if (!owner) yield { at, says: `extension ${extension} belongs to nobody`, law: 'C08' };
    else if (owner.client !== client)
      yield { at, says: `extension ${extension} is of client ${owner.client}, not of ${client}`, law: 'C34' };
  }
}

function* dateFaults(person: Person): Generator<Fault> {
  const at = called('people', person);
  for (const key of ['informed_on', 'cse_consulted_on'] as const) {
    const value = person[key];
    if (value && value !== 'no-cse' && !isDate(value))
      yield { at, says: `${key}: ${value} is no day of the calendar`, law: 'C08' };
  }
  yield* windowFaults(person.windows, at, 'C08');
}

/** Faults of hours. */
export function* windowFaults(windows: Person['windows'], at: string, law?: string): Generator<Fault> {
  for (const { days, from, to } of windows ?? [])
    if (from >= to)
      yield {
        at,
        says: `the window ${days} ${from}-${to} ends before it begins`,
        ...(law && { law }),
        hint: 'write two windows for a night',
      };
}

/** True for a day that the calendar has. */
export function isDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
