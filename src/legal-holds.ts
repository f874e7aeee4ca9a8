// Legal holds: placed, renewed and released by two people, kept as signed events in the vault, and noted in the index.

import { randomUUID } from 'node:crypto';
import type { Appliance } from './appliance.ts';
import type { HoldEvent } from './holds/event.ts';
import { type Hold, heldUntil, insistOnEnd } from './holds/hold.ts';
import { recordingNotFound } from './sealed-recording.ts';
import { canonicalBytes } from './shared/canonical.ts';
import { GreffierError } from './shared/errors.ts';

/** More than a litigation ever was about; a hold is no second archive. */
const MOST_RECORDINGS = 10_000;

type Parts = Pick<Appliance, 'vault' | 'catalogue' | 'signer' | 'config' | 'clock' | 'holds'>;
export type TwoPeople = [requestedBy: string, approvedBy: string];

export interface HoldWish {
  recordings: string[];
  matter: string;
  reason: string;
  /** UTC ISO 8601, at most a year away. */
  endsAt: string;
}

/**
 * Checks a hold before it is asked for. Throws `bad-hold-end`, `no-recordings`, `too-many-recordings`,
 * `recording-not-found`, `recording-destroyed`.
 */
export function checkHold({ catalogue, clock }: Parts, { recordings, endsAt }: HoldWish): void {
  insistOnEnd(endsAt, clock());
  if (recordings.length === 0)
    throw new GreffierError('no-recordings', 'a hold is about recordings, and none was named', {
      status: 400,
    });
  if (recordings.length > MOST_RECORDINGS)
    throw new GreffierError(
      'too-many-recordings',
      `${recordings.length} recordings are more than ${MOST_RECORDINGS}`,
      {
        hint: 'narrow the choice',
        status: 400,
      },
    );
  for (const id of recordings) {
    const row = catalogue.recording(id);
    if (!row) throw recordingNotFound(id);
    if (row.state === 'destroyed')
      throw new GreffierError('recording-destroyed', `recording ${id} was destroyed on ${row.destroyed_at}`, {
        status: 410,
      });
  }
}

/** Places a hold. Its id is given, so that the same order given twice places one. */
export async function placeHold(
  parts: Parts,
  wish: HoldWish,
  by: TwoPeople,
  id = randomUUID() as string,
): Promise<Hold> {
  const before = (await parts.holds.all()).find((hold) => hold.id === id);
  if (before) return before;
  // Not while a sweep is between its last question and the last file that goes: then they are there, or it is refused.
  return parts.vault.alone(() => {
    checkHold(parts, wish);
    const recordings = wish.recordings.map((recording) => ({
      id: recording,
      day: parts.catalogue.recording(recording)?.day ?? '',
    }));
    const { matter, endsAt } = wish;
    const placed = { ...common(parts, id, wish.reason, by), event: 'placed' as const };
    return put(parts, { ...placed, matter, endsAt, recordings }, 1);
  });
}

/** Moves the end of a hold. Throws `no-such-hold`, `hold-is-over`, `bad-hold-end`. */
export async function renewHold(
  parts: Parts,
  id: string,
  endsAt: string,
  reason: string,
  by: TwoPeople,
): Promise<Hold> {
  return parts.vault.alone(async () => {
    const hold = await activeHold(parts, id);
    insistOnEnd(endsAt, parts.clock());
    return put(parts, { ...common(parts, id, reason, by), event: 'renewed', endsAt }, hold.renewals + 2);
  });
}

/** Ends a hold: what is overdue goes with the next sweep. Throws `no-such-hold`, `hold-is-over`. */
export async function releaseHold(parts: Parts, id: string, reason: string, by: TwoPeople): Promise<Hold> {
  const hold = await activeHold(parts, id);
  return put(parts, { ...common(parts, id, reason, by), event: 'released' }, hold.renewals + 2);
}

/** A hold that still holds. Throws `no-such-hold`, `hold-is-over`. */
export async function activeHold({ holds, clock }: Parts, id: string): Promise<Hold> {
  const hold = (await holds.all()).find((one) => one.id === id);
  if (!hold)
    throw new GreffierError('no-such-hold', `no hold ${id.slice(0, 36)}`, {
      hint: 'greffier holds list shows their ids',
      status: 404,
    });
  if (heldUntil(hold, clock()) === null)
    throw new GreffierError('hold-is-over', `hold ${id} ended on ${hold.releasedAt ?? hold.endsAt}`, {
      status: 409,
    });
  return hold;
}

/** Notes in the index until when everything is held: after it was made anew, and after a hold has changed. */
export async function noteHolds(parts: Parts, recordings?: Iterable<string>): Promise<void> {
  const all = recordings ?? (await parts.holds.all()).flatMap((hold) => hold.recordings.map(({ id }) => id));
  for (const id of new Set(all)) parts.catalogue.hold(id, await parts.holds.until(id, parts.clock()));
}

async function put(parts: Parts, event: HoldEvent, number: number): Promise<Hold> {
  const bytes = canonicalBytes(event);
  await parts.vault.holds.put(event.hold, number, event.event, bytes, await parts.signer.sign(bytes));
  const hold = (await parts.holds.all()).find(({ id }) => id === event.hold);
  if (!hold) throw new Error(`hold ${event.hold} was written and is not there`);
  await noteHolds(
    parts,
    hold.recordings.map(({ id }) => id),
  );
  return hold;
}

function common(
  { clock, config, signer }: Parts,
  hold: string,
  reason: string,
  [requestedBy, approvedBy]: TwoPeople,
) {
  return {
    format: 'greffier-hold-1' as const,
    hold,
    at: clock().toISOString(),
    site: config.site.name,
    reason,
    requestedBy,
    approvedBy,
    signedBy: signer.fingerprint,
  };
}
