// From a call's sheet to its record.

import { gapsOf, segmentsOf } from '../spool/segments.ts';
import { lineOf, type Sheet, type SheetLine } from '../spool/sheet.ts';
import { dispositionOf } from './disposition.ts';
import type { CallFacts, Told } from './facts.ts';
import type { CallRecord } from './record.ts';

/** What the sheet does not know: who the rules were for, and what became of the recording. */
export interface RecordContext {
  site: string;
  client: string;
  lineName: string;
  /** What may be shown of the party outside (C19). */
  outside: { last4: string; fingerprint: string };
  recorded: boolean;
  /** Why not; null when it was recorded. */
  reason: string | null;
}

/** Writes the record of a call that has ended. */
export function writeRecord(sheet: Sheet, facts: CallFacts, context: RecordContext): CallRecord {
  const { site, client, lineName, outside, recorded, reason } = context;
  const cause = lineOf(sheet, 'call.end')?.values.cause;
  return {
    format: 'greffier-call-1',
    id: facts.id,
    site,
    direction: facts.direction,
    client,
    line: { did: facts.did, name: lineName },
    policy: { id: facts.policy, generation: facts.generation },
    outside,
    dialled: facts.dialled,
    extensions: facts.extensions.map(({ extension, at }) => ({ extension, at: at.toISOString() })),
    arrivedAt: facts.arrivedAt.toISOString(),
    answeredAt: iso(facts.answeredAt),
    endedAt: iso(facts.endedAt),
    waitingMs: between(facts.arrivedAt, facts.answeredAt),
    queue: queueOf(sheet),
    announcements: facts.announcements.map(toldIn),
    information: facts.information.map(toldIn),
    draw: drawOf(sheet),
    consent: sheet.lines.findLast(({ event }) => event === 'consent')?.values.choice ?? null,
    pauses: gapsOf(segmentsOf(sheet)).map((gap) => ({ ...timesOf(gap), reason: gap.reason })),
    parks: parksOf(sheet),
    transfers: all(sheet, 'transfer', ({ kind = '', to = '' }) => ({ kind, to: insideOnly(to) })),
    conferences: all(sheet, 'conference', ({ id = '' }) => ({ id })),
    keys: all(sheet, 'key', ({ code = '', extension = '', result = '' }) => ({ code, extension, result })),
    disposition: dispositionOf(sheet),
    cause: cause && /^\d+$/.test(cause) ? Number(cause) : null,
    recorded,
    reason,
    channelId: facts.channelId,
    linkedId: facts.linkedId,
  };
}

/** The draw that chose the call, or did not (C11). */
export function drawOf(sheet: Sheet): CallRecord['draw'] {
  const draw = lineOf(sheet, 'draw')?.values;
  if (!draw) return null;
  const { value = '', threshold = '', share = '', chosen } = draw;
  return { value, threshold, share: Number.parseInt(share, 10) || 0, chosen: chosen === 'yes' };
}

function queueOf(sheet: Sheet): CallRecord['queue'] {
  const joined = lineOf(sheet, 'queue.join');
  if (!joined) return null;
  // Who waits is let out by whoever answers first; Queue itself goes on until they have spoken.
  const left = sheet.lines.find(
    ({ event, at }) => at >= joined.at && /^(answer|joined|queue\.leave|call\.end)$/.test(event),
  );
  return {
    id: joined.values.queue ?? '',
    joinedAt: joined.at.toISOString(),
    leftAt: iso(left?.at ?? null),
    waitMs: between(joined.at, left?.at ?? null),
  };
}

function parksOf(sheet: Sheet): CallRecord['parks'] {
  return sheet.lines.flatMap(({ event, at }, index) => {
    if (event !== 'parked') return [];
    const end = sheet.lines
      .slice(index)
      .find((line) => /^(unparked|returned|answer|joined|call\.end)$/.test(line.event));
    return [timesOf({ startedAt: at, endedAt: end?.at ?? null })];
  });
}

function all<T extends object>(
  sheet: Sheet,
  event: string,
  read: (values: SheetLine['values']) => T,
): ({ at: string } & T)[] {
  return sheet.lines
    .filter((line) => line.event === event)
    .map(({ at, values }) => ({ at: at.toISOString(), ...read(values) }));
}

/** Of a transfer out of the house only that it was one; a number of ours has six digits at most (C19). */
function insideOnly(to: string): string {
  return /^\d{0,6}$/.test(to) ? to : 'outside';
}

function toldIn({ id, sha256, startedAt, heardToTheEndAt }: Told): CallRecord['announcements'][number] {
  return { id, sha256, startedAt: startedAt.toISOString(), heardToTheEndAt: iso(heardToTheEndAt) };
}

function timesOf({ startedAt, endedAt }: { startedAt: Date; endedAt: Date | null }) {
  return { startedAt: startedAt.toISOString(), endedAt: iso(endedAt) };
}

function between(from: Date, to: Date | null): number | null {
  return to && to.getTime() - from.getTime();
}

function iso(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}
