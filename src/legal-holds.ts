// Legal holds: placed, renewed and released by two people, kept as signed events in the vault, and noted in the index.

import { hash, randomUUID } from 'node:crypto';
import type { Appliance } from './appliance.ts';
import type { Placed } from './holds/event.ts';
import { type Hold, heldUntil, insistOnEnd } from './holds/hold.ts';
import { corrected, type HeldRow } from './holds/in-index.ts';
import { recordingNotFound } from './sealed-recording.ts';
import { canonicalBytes } from './shared/canonical.ts';
import { GreffierError } from './shared/errors.ts';

/** More than a litigation ever was about; a hold is no second archive. */
export const MOST_RECORDINGS = 10_000;

/** An event without its place: that is found when it is written. */
type News = ReturnType<typeof common> &
  (
    | Pick<Placed, 'event' | 'matter' | 'endsAt' | 'recordings'>
    | { event: 'renewed'; endsAt: string }
    | { event: 'released' }
  );
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
export async function checkHold(
  { vault, catalogue, clock }: Parts,
  { recordings, endsAt }: HoldWish,
): Promise<void> {
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
    // Destruction begins with the header: without it there is nothing left that a court could hear.
    const there =
      row.state !== 'destroyed' && (await vault.read(id, new Date(row.day), 'header')) !== undefined;
    if (!there)
      throw new GreffierError(
        'recording-destroyed',
        `recording ${id} was destroyed ${row.destroyed_at ?? ''}`,
        {
          hint: 'leave it out',
          status: 410,
        },
      );
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
  if (before) {
    // A kill may have come between the event and the index.
    await noteHolds(parts);
    return before;
  }
  // Not while a sweep is between its last question and the last file that goes: then they are there, or it is refused.
  return parts.vault.alone(async () => {
    await checkHold(parts, wish);
    const recordings = wish.recordings.map((recording) => ({
      id: recording,
      day: parts.catalogue.recording(recording)?.day ?? '',
    }));
    const { matter, endsAt } = wish;
    const placed = { ...common(parts, id, wish.reason, by), event: 'placed' as const };
    return put(parts, { ...placed, matter, endsAt, recordings });
  });
}

/** Moves the end of a hold. Throws `no-such-hold`, `hold-is-over`, `hold-damaged`, `bad-hold-end`. */
export async function renewHold(
  parts: Parts,
  id: string,
  endsAt: string,
  reason: string,
  by: TwoPeople,
): Promise<Hold> {
  return parts.vault.alone(async () => {
    const hold = await activeHold(parts, id);
    if (hold.damage !== null) throw damaged(hold);
    insistOnEnd(endsAt, parts.clock());
    return put(parts, { ...common(parts, id, reason, by), event: 'renewed', endsAt });
  });
}

/**
 * Ends a hold, a damaged one too: what is overdue goes with the next sweep. Throws `no-such-hold`,
 * `hold-is-over`.
 */
export async function releaseHold(parts: Parts, id: string, reason: string, by: TwoPeople): Promise<Hold> {
  await activeHold(parts, id);
  return put(parts, { ...common(parts, id, reason, by), event: 'released' });
}

/** A hold, over or not. Throws `no-such-hold`. */
export async function holdById({ holds }: Pick<Parts, 'holds'>, id: string): Promise<Hold> {
  const hold = (await holds.all()).find((one) => one.id === id);
  if (hold) return hold;
  throw new GreffierError('no-such-hold', `no hold ${id.slice(0, 36)}`, {
    hint: 'greffier holds list shows their ids',
    status: 404,
  });
}

/** A hold that still holds. Throws `no-such-hold`, `hold-is-over`. */
export async function activeHold(parts: Pick<Parts, 'holds' | 'clock'>, id: string): Promise<Hold> {
  const hold = await holdById(parts, id);
  if (heldUntil(hold, parts.clock()) === null)
    throw new GreffierError('hold-is-over', `hold ${id} ended on ${hold.releasedAt ?? hold.endsAt}`, {
      status: 409,
    });
  return hold;
}

/**
 * Notes in the index until when everything is held: after it was made anew, and after a hold has changed. What it says is
 * held and no hold accounts for stays as it is, and is returned.
 */
export async function noteHolds(parts: Pick<Parts, 'holds' | 'catalogue' | 'clock'>): Promise<HeldRow[]> {
  const { holds, catalogue, clock } = parts;
  const { put, unexplained } = corrected(await holds.all(), catalogue.held.rows(), clock());
  for (const { id, until } of put) catalogue.hold(id, until);
  return unexplained;
}

/** Adds what has become of a hold, behind whatever lies there. */
async function put(parts: Parts, event: News): Promise<Hold> {
  const before = (await parts.vault.holds.all()).filter(({ hold }) => hold === event.hold);
  const last = before.sort((a, b) => a.number - b.number).at(-1);
  const [number, previous] = [(last?.number ?? 0) + 1, last ? hash('sha256', last.bytes) : null];
  const bytes = canonicalBytes({ ...event, number, previous });
  await parts.vault.holds.put(event.hold, number, event.event, bytes, await parts.signer.sign(bytes));
  const hold = (await parts.holds.all()).find(({ id }) => id === event.hold);
  if (!hold) throw new Error(`hold ${event.hold} was written and is not there`);
  await noteHolds(parts);
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

function damaged({ id, damage }: Hold): GreffierError {
  return new GreffierError('hold-damaged', `the files of hold ${id} are damaged: ${damage}`, {
    hint: 'bring vault/holds back from a backup, or place another hold and release this one',
    status: 409,
  });
}
