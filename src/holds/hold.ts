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
  /** How often its end was moved. */
  renewals: number;
  releasedAt: string | null;
  recordings: Placed['recordings'];
  /** Why it is not what was signed; then it lasts until somebody has mended it. */
  damage: string | null;
}

const LONGEST = 'P1Y';

/** The hold that its events give; the first one has placed it. `damage` says why one of them cannot be believed. */
export function holdOf(events: HoldEvent[], damage: string | null = null): Hold | undefined {
  const [first, ...later] = events;
  if (first?.event !== 'placed') return undefined;
  const { hold: id, matter, reason, requestedBy, approvedBy, at, recordings } = first;
  let endsAt = first.endsAt;
  let releasedAt: string | null = null;
  for (const event of later) {
    if (event.event === 'renewed') endsAt = event.endsAt;
    if (event.event === 'released') releasedAt = event.at;
  }
  const renewals = later.filter(({ event }) => event === 'renewed').length;
  return {
    id,
    matter,
    reason,
    requestedBy,
    approvedBy,
    placedAt: at,
    endsAt,
    renewals,
    releasedAt,
    recordings,
    damage,
  };
}

/** Until when it keeps its recordings; null when it does not (any more). */
export function heldUntil({ endsAt, releasedAt, damage }: Hold, at: Date): string | null {
  if (damage) return FOR_EVER;
  return releasedAt || endsAt <= at.toISOString() ? null : endsAt;
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
