// What recordings are searched by, and how that is said in SQL. All that is given must fit.

import type { SQLInputValue } from 'node:sqlite';

export const SORTS = ['newest', 'oldest', 'longest', 'due'] as const;
export type Sort = (typeof SORTS)[number];

export interface SearchFilter {
  /** Keyed fingerprint of a number. */
  party?: string | undefined;
  /** The last four digits. */
  lastDigits?: string | undefined;
  /** One of them took part. */
  extensions?: string[] | undefined;
  did?: string | undefined;
  queue?: string | undefined;
  /** Of one of these clients. */
  clients?: readonly string[] | undefined;
  direction?: string | undefined;
  purpose?: string | undefined;
  consent?: string | undefined;
  state?: string | undefined;
  /** UTC ISO 8601, of the beginning: at that moment or later, and before. */
  since?: string | undefined;
  before?: string | undefined;
  /** Milliseconds. */
  atLeast?: number | undefined;
  atMost?: number | undefined;
  /** Held at that moment (UTC ISO 8601), or not. */
  heldAt?: string | undefined;
  notHeldAt?: string | undefined;
  /** Goes before that moment (UTC ISO 8601), and is not gone. */
  goesBefore?: string | undefined;
  /** Not destroyed. */
  living?: true | undefined;
}

/** A condition with the values of its question marks. */
export interface Condition {
  sql: string;
  values: SQLInputValue[];
}

type Says = (value: never) => Condition;
const is = (column: string) => (value: SQLInputValue) => ({ sql: `${column} = ?`, values: [value] });
const compared = (sql: string) => (value: SQLInputValue) => ({ sql, values: [value] });
const marks = (values: readonly unknown[]) => values.map(() => '?').join(', ');

const SAYS: Record<keyof SearchFilter, Says> = {
  party: is('fingerprint'),
  lastDigits: is('last4'),
  extensions: (all: string[]) => ({
    sql: `(${all.map(() => `' ' || extension || ' ' LIKE '% ' || ? || ' %'`).join(' OR ') || 'FALSE'})`,
    values: all,
  }),
  did: is('did'),
  queue: is('queue'),
  clients: (all: string[]) => ({ sql: `client IN (${marks(all)})`, values: all }),
  direction: is('direction'),
  purpose: is('purpose'),
  consent: is('consent'),
  state: is('state'),
  since: compared('started_at >= ?'),
  before: compared('started_at < ?'),
  atLeast: compared('milliseconds >= ?'),
  atMost: compared('milliseconds <= ?'),
  heldAt: compared("held_until > ? AND state <> 'destroyed'"),
  notHeldAt: compared('(held_until IS NULL OR held_until <= ?)'),
  goesBefore: compared("goes_at < ? AND state <> 'destroyed'"),
  living: () => ({ sql: "state <> 'destroyed'", values: [] }),
};

/** All conditions of a filter, or those of some of its fields. */
export function conditionsOf(filter: SearchFilter, only = Object.keys(SAYS)): Condition[] {
  return Object.entries(filter)
    .filter(([field, value]) => value !== undefined && only.includes(field))
    .map(([field, value]) => SAYS[field as keyof SearchFilter](value as never));
}

/** True when nothing is asked for: all rows fit. */
export function isEmpty(filter: SearchFilter): boolean {
  return conditionsOf(filter).length === 0;
}

/** Joined by AND. */
export function joined(conditions: Condition[]): Condition {
  return {
    sql: conditions.map(({ sql }) => sql).join(' AND ') || 'TRUE',
    values: conditions.flatMap(({ values }) => values),
  };
}
