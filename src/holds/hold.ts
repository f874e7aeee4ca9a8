// A hold as it stands: its events, one after the other.

import { addDuration } from '../shared/duration.ts';
import { GreffierError } from '../shared/errors.ts';
import type { HoldEvent, Placed } from './event.ts';

export interface Hold {
  id: string;
  matter: string;
  reason: string;
  requestedBy: string;
  approvedBy: string;
  placedAt: string;
  endsAt: string;
  /** Every end that it ever had, the first one first. */
  ends: string[];
  /** How often its end was moved. */
  renewals: number;
  releasedAt: string | null;
  recordings: Placed['recordings'];
  /** Why it is not what was signed; then it lasts until somebody has mended it, or two people release it. */
  damage: string | null;
  /** Nobody can tell what it is about: then it is about everything. */
  everything: boolean;
}

const LONGEST = 'P1Y';

/** The hold that its genuine events give. `damage` says what is wrong with its files. */
export function holdOf(id: string, events: HoldEvent[], damage: string | null = null): Hold {
  const placed = events.find((event) => event.event === 'placed');
  const ends = events.flatMap((event) => (event.event === 'released' ? [] : [event.endsAt]));
  const { matter = '', reason = '', requestedBy = '', approvedBy = '', recordings = [] } = placed ?? {};
  return {
    id,
    matter,
    reason,
    requestedBy,
    approvedBy,
    placedAt: placed?.at ?? '',
    endsAt: ends.at(-1) ?? FOR_EVER,
    ends,
    renewals: events.filter(({ event }) => event === 'renewed').length,
    releasedAt: events.find(({ event }) => event === 'released')?.at ?? null,
    recordings,
    damage,
    everything: placed === undefined,
  };
}

/** Until when it keeps its recordings; null when it does not (any more). */
export function heldUntil({ endsAt, releasedAt, damage }: Hold, at: Date): string | null {
  // A release that is signed ends a damaged hold too: there is no hold for ever.
  if (releasedAt) return null;
  if (damage) return FOR_EVER;
  return endsAt <= at.toISOString() ? null : endsAt;
}

/** Of a damaged hold: fail closed. */
export const FOR_EVER = '9999-12-31T23:59:59.999Z';

/** Throws `bad-hold-end` for an end that is past, or more than a year away (C24). */
export function insistOnEnd(endsAt: string, now: Date): void {
  const latest = addDuration(now, LONGEST).toISOString();
  if (endsAt > now.toISOString() && endsAt <= latest) return;
  throw new GreffierError('bad-hold-end', `a hold cannot end on ${endsAt}`, {
    hint: `choose a moment until ${latest}; it can be renewed before it ends`,
    status: 400,
  });
}
