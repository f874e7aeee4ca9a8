// Recordings of every kind in an index, and what a search over them has to find, said the slow way.

import type { RecordingRow } from '../../../src/catalogue/catalogue.ts';
import type { SearchFilter, Sort } from '../../../src/catalogue/search-filter.ts';
import { recordingRow } from '../../../src/catalogue-rows.ts';
import { manifestOf } from './store.ts';

export const NOW = '2026-11-22T08:00:00.000Z';
const one = <T>(list: readonly T[], at: number): T => list[at % list.length] as T;
const idAt = (index: number) =>
  `${((index * 2_654_435_761) % 2 ** 32).toString(16).padStart(8, '0')}-0000-4000-8000-${index.toString(16).padStart(12, '0')}`;

/** The row of that number: some begin at the same moment, some were destroyed, some are held. */
export function rowAt(index: number): RecordingRow {
  const state = one(
    ['sealed', 'sealed', 'interrupted', 'destroyed', 'sealed', 'truncated', 'sealed'] as const,
    index,
  );
  const base = recordingRow(manifestOf(idAt(index), NOW));
  const { sealedTo: _, ...row } = base;
  return {
    ...row,
    started_at: new Date(
      Date.parse('2026-05-22T08:00:00Z') + Math.floor(index / 3) * 3_600_000,
    ).toISOString(),
    milliseconds: (index * 37_000) % 400_000,
    direction: one(['inbound', 'outbound'], index),
    client: one(['alpha', 'beta'], index),
    did: one(['+33123456701', '+33123456702', '+33123456703'], index),
    purpose: one(['quality', 'training', 'quality', 'quality'], index),
    last4: one(['5678', '1234', ''], index),
    fingerprint: one(['a', 'b', 'c', 'd', 'e'], index).repeat(64),
    extension: one(['201', '202 201', '', '203', '201 202 203'], index),
    consent: one(['not-refused', 'given'], Math.floor(index / 2)),
    state,
    due_at: new Date(Date.parse(NOW) + ((index * 7) % 60) * 86_400_000).toISOString(),
    held_until: index % 6 === 1 && state !== 'destroyed' ? '2027-01-05T00:00:00.000Z' : null,
  };
}

const goesAt = ({ due_at, held_until }: RecordingRow) =>
  held_until && held_until > due_at ? held_until : due_at;

/** Whether a row fits. */
export function fits(row: RecordingRow, filter: SearchFilter): boolean {
  const is = (asked: string | undefined, value: string | undefined) => asked === undefined || asked === value;
  const living = row.state !== 'destroyed';
  const held = (at: string) => living && (row.held_until ?? '') > at;
  return (
    is(filter.party, row.fingerprint) &&
    is(filter.lastDigits, row.last4) &&
    is(filter.did, row.did) &&
    is(filter.queue, row.queue) &&
    is(filter.direction, row.direction) &&
    is(filter.purpose, row.purpose) &&
    is(filter.consent, row.consent) &&
    is(filter.state, row.state) &&
    (!filter.clients || filter.clients.includes(row.client)) &&
    (!filter.extensions || row.extension.split(' ').some((one) => filter.extensions?.includes(one))) &&
    row.started_at >= (filter.since ?? '') &&
    row.started_at < (filter.before ?? '~') &&
    row.milliseconds >= (filter.atLeast ?? 0) &&
    row.milliseconds <= (filter.atMost ?? Number.POSITIVE_INFINITY) &&
    (!filter.heldAt || held(filter.heldAt)) &&
    (!filter.notHeldAt || !((row.held_until ?? '') > filter.notHeldAt)) &&
    (!filter.goesBefore || (living && goesAt(row) < filter.goesBefore))
  );
}

/** All that fit, in that order. */
export function naively(rows: RecordingRow[], filter: SearchFilter, sort: Sort): RecordingRow[] {
  const key = (row: RecordingRow) =>
    sort === 'longest'
      ? String(row.milliseconds).padStart(12, '0')
      : sort === 'due'
        ? goesAt(row)
        : row.started_at;
  const down = sort === 'newest' || sort === 'longest';
  const place = (row: RecordingRow) => `${key(row)} ${row.id}`;
  return rows
    .filter((row) => fits(row, filter) && (sort !== 'due' || row.state !== 'destroyed'))
    .sort((a, b) => (place(a) < place(b) ? -1 : 1) * (down ? -1 : 1));
}
