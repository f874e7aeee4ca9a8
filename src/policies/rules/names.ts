// Names and numbers: each stands for one thing only, and no internal number takes the place of another service.

import { called, keyOf, SECTIONS, type Section } from '../objects.ts';
import type { Settings } from '../schema.ts';
import type { Fault } from './fault.ts';

/** Where parked calls wait. */
const PARKING = { first: 700, last: 720 };
/** 15, 17, 18, 112, 114, 115, 119, 116 xxx and the numbers of rescue at sea and in the air. */
const EMERGENCY = /^(1\d|11\d|19[167]|116\d{3})$/;

/** Faults of names and numbers. */
export function* nameFaults(settings: Settings): Generator<Fault> {
  for (const section of SECTIONS) yield* twins(section, settings[section]);
  for (const queue of settings.queues)
    if (queue.id === 'general') yield { at: 'queue general', says: 'Asterisk keeps this name for itself' };
  yield* numberFaults(settings);
}

function* twins(section: Section, objects: unknown[]): Generator<Fault> {
  const seen = new Set<string>();
  for (const object of objects) {
    const key = keyOf(section, object);
    if (seen.has(key)) yield { at: called(section, object), says: 'is defined twice' };
    seen.add(key);
  }
}

function* numberFaults(settings: Settings): Generator<Fault> {
  const owners = new Map<string, string>();
  for (const { at, number, person } of numbersOf(settings)) {
    const owner = owners.get(number);
    if (owner && person && owner.startsWith('person '))
      // Who was informed must be known of each phone.
      yield { at, says: `extension ${number} belongs to ${owner} already`, law: 'C08' };
    else if (owner) yield { at, says: `number ${number} is taken by ${owner}` };
    owners.set(number, owner ?? at);
    const why = whyReserved(number);
    if (why) yield { at, says: `number ${number} ${why}` };
  }
}

function numbersOf({ people, ring_groups, queues, conferences }: Settings) {
  return [
    ...people.flatMap((person) =>
      person.extensions.map((number) => ({ at: called('people', person), number, person: true })),
    ),
    ...ring_groups.map((one) => ({ at: called('ring_groups', one), number: one.number, person: false })),
    ...queues.map((one) => ({ at: called('queues', one), number: one.number, person: false })),
    ...conferences.map((one) => ({ at: called('conferences', one), number: one.number, person: false })),
  ];
}

function whyReserved(number: string): string | undefined {
  if (number.startsWith('0')) return 'begins with 0, which leads outside';
  if (EMERGENCY.test(number)) return 'is an emergency number';
  const value = number.length === 3 ? Number(number) : 0;
  if (value >= PARKING.first && value <= PARKING.last) return 'is a place of parked calls (700-720)';
  return undefined;
}
