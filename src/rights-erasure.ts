// Erasure at a person's request (art. 17): each recording goes at once, unless a hold or a law keeps it, and then that is
// said. What is going to be done is in the register before the first file goes, so that a kill at any moment is made
// good by asking again.

import type { Appliance } from './appliance.ts';
import { readCallRecord, withoutPeople } from './calls/record.ts';
import type { RecordingRow } from './catalogue/catalogue.ts';
import { callRow } from './catalogue-rows.ts';
import { createDestruction, dueRecording } from './destruction.ts';
import { type Destruction, type DueRecording, sweep } from './purge/sweep.ts';
import { openRegister } from './rights/register.ts';
import type { Erasure, Outcome, Request } from './rights/request.ts';
import { insistIdentified, insistKind, insistOpen, noted } from './rights/steps.ts';
import { findFor, placeOf } from './rights-search.ts';
import { dayOf } from './sealing/manifest.ts';
import { canonicalBytes } from './shared/canonical.ts';
import { GreffierError, reasonOf } from './shared/errors.ts';

const REASON = 'erasure';
const KEPT: Record<string, Outcome['outcome']> = { 'recording-held': 'held', 'recording-locked': 'locked' };

/**
 * Destroys what may go of all that a request is about, and takes the person out of the records of the calls that are
 * not kept. Returns what became of each recording. It may be asked again: after a kill, and when a hold has ended.
 * @param by who asked for it and who approved it: two people (C24)
 * @param destruction the steps that destroy; those of the appliance
 * Throws `not-identified`, `wrong-kind`, `request-closed`, `same-person`, `no-such-request`, `audit-unavailable`.
 */
export async function eraseForRequest(
  appliance: Appliance,
  requestId: string,
  by: [string, string],
  destruction: Destruction = createDestruction(appliance),
): Promise<Erasure> {
  const register = openRegister(appliance.config.state.rights);
  const request = await register.read(requestId);
  insistErasable(request);
  if (by[0] === by[1]) throw new GreffierError('same-person', 'an erasure needs two people', { status: 403 });
  await appliance.audit.write({
    actor: by[0],
    action: 'rights-erase',
    subject: requestId,
    reason: `approved by ${by[1]}`,
  });
  const found = await findFor(appliance, request);
  const ids = found.calls.map(({ row }) => row.id);
  const planned = await register.change(requestId, (changed) => {
    insistErasable(changed);
    changed.erasure = plan(changed.erasure, found.recordings, ids, by, appliance.clock());
  });
  const outcomes: Outcome[] = [];
  for (const one of planned.erasure?.recordings ?? [])
    outcomes.push(await destroyOne(appliance, destruction, one));
  const kept = new Set(outcomes.filter(({ outcome }) => outcome !== 'destroyed').map(({ id }) => id));
  const calls = (planned.erasure?.calls ?? []).filter((id) => !kept.has(id));
  const left: string[] = [];
  for (const id of calls) if (!(await takeOut(appliance, id))) left.push(id);
  const ended = await register.change(requestId, (changed) => {
    if (changed.erasure) Object.assign(changed.erasure, settled(outcomes, calls, left, appliance.clock()));
    noted(changed, { by: by[0], now: appliance.clock() }, 'erased', `approved by ${by[1]}`);
  });
  return ended.erasure as Erasure;
}

/**
 * Throws unless what a request is about may be erased. An objection after the calls is a ground, too (art. 17(1)(c)).
 * Throws `not-identified`, `wrong-kind`, `request-closed`.
 */
export function insistErasable(request: Request): void {
  insistOpen(request);
  insistKind(request, 'erasure', 'objection');
  insistIdentified(request);
}

/** What an earlier attempt did stays; what it could not do, and what has come since, is to be done. */
function plan(
  before: Request['erasure'],
  found: RecordingRow[],
  calls: string[],
  by: [string, string],
  now: Date,
): Erasure {
  const done = before?.recordings ?? [];
  const fresh = found.filter(({ id, state }) => state !== 'destroyed' && !done.some((one) => one.id === id));
  return {
    at: now.toISOString(),
    by,
    recordings: [
      ...done.map(
        (one): Outcome => (one.outcome === 'destroyed' ? one : { ...one, outcome: 'pending', at: null }),
      ),
      ...fresh.map((row): Outcome => ({ ...placeOf(row), outcome: 'pending', at: null })),
    ],
    calls: [...new Set([...(before?.calls ?? []), ...calls])],
    doneAt: null,
  };
}

async function destroyOne(appliance: Appliance, destruction: Destruction, one: Outcome): Promise<Outcome> {
  if (one.outcome === 'destroyed') return one;
  const row = appliance.catalogue.recording(one.id);
  // The index does not know it any more: that is no proof that it is gone.
  if (!row) return { ...one, outcome: 'failed', at: null };
  // By an earlier attempt, or on its own day meanwhile.
  if (row.state === 'destroyed') return { ...one, outcome: 'destroyed', at: row.destroyed_at };
  const recording = dueRecording({ ...row, goes_at: row.due_at });
  const { at: now } = await appliance.time.now();
  const kept = await whyKept(destruction, recording, now);
  if (kept) return { ...one, outcome: kept, at: kept === 'held' ? endOfHold(row) : row.due_at };
  const fault = await sweepOne(destruction, recording, now);
  if (fault === undefined) return { ...one, outcome: 'destroyed', at: now.toISOString() };
  await appliance.alarms.raise('purge.failed', `could not be erased: ${fault}`, one.id);
  return { ...one, outcome: 'failed', at: null };
}

/** Unknown when the index does not have it, and when a damaged hold keeps until it is mended: till the end of time. */
function endOfHold({ held_until }: RecordingRow): string | null {
  return held_until?.startsWith('9999-') ? null : held_until;
}

/** Returns why it could not be destroyed; undefined when it was. */
async function sweepOne(
  destruction: Destruction,
  recording: DueRecording,
  now: Date,
): Promise<string | undefined> {
  const left = [recording];
  const due = () => left.splice(0);
  const { failed, kept } = await sweep({ ...destruction, due }, now, { reason: REASON });
  return failed[0]?.reason ?? (kept ? 'it is kept since a moment ago: ask again' : undefined);
}

async function whyKept(
  destruction: Destruction,
  recording: DueRecording,
  now: Date,
): Promise<Outcome['outcome'] | undefined> {
  try {
    await destruction.permit(recording, now);
    return undefined;
  } catch (error) {
    const kept = error instanceof GreffierError ? KEPT[error.code] : undefined;
    // A hold that cannot be read keeps the recording as well: nothing is destroyed in doubt. The sweep names the fault.
    return kept;
  }
}

/** Takes the person out of a call's record and its row (C23). Returns whether nothing of them is left there. */
async function takeOut({ vault, catalogue, alarms }: Appliance, id: string): Promise<boolean> {
  const row = catalogue.call(id);
  if (!row) return true;
  const day = dayOf({ arrivedAt: row.arrived_at });
  try {
    const text = await vault.calls.read(id, day);
    if (text === undefined) return true;
    const record = withoutPeople(readCallRecord(text));
    await vault.calls.put(id, day, canonicalBytes(record));
    catalogue.putCall(callRow(record));
    return true;
  } catch (error) {
    await alarms.raise('purge.failed', `a call record could not be cleared: ${reasonOf(error)}`, id);
    return false;
  }
}

/** Done when nothing failed: what is held or locked is not to be done. */
function settled(recordings: Outcome[], calls: string[], left: string[], now: Date): Partial<Erasure> {
  const failed = left.length > 0 || recordings.some(({ outcome }) => outcome === 'failed');
  return { recordings, calls, doneAt: failed ? null : now.toISOString() };
}
