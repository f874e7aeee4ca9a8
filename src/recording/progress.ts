// Where does a recording stand? Decided from its sheet and, when the sheet stays open, from whether its channel lives.

import { lineOf, type Sheet } from '../spool/sheet.ts';

export type Progress = 'running' | 'complete' | 'interrupted';

/**
 * Complete: the dialplan closed the audio and said so. Interrupted: it never could, since the channel is gone
 * (Asterisk was killed). Without knowledge of the channels (Asterisk is not reachable) an open sheet is running.
 */
export function progressOf(sheet: Sheet, live: Set<string> | undefined): Progress {
  if (lineOf(sheet, 'call.end')) return 'complete';
  const channel = lineOf(sheet, 'arrival')?.values.channel;
  if (!live || (channel !== undefined && live.has(channel))) return 'running';
  return 'interrupted';
}

/** What the sheet says of the call, for the manifest and the catalogue. Times are null when the fact is missing. */
export interface CallFacts {
  id: string;
  direction: string;
  did: string;
  from: string;
  name: string;
  extension: string;
  arrivedAt: Date;
  announcement: { id: string; sha256: string; startedAt: Date; endedAt: Date } | null;
  recordedFrom: Date | null;
  answeredAt: Date | null;
  endedAt: Date | null;
}

/** Gathers the facts of a sheet. Undefined when the sheet does not even tell of the arrival. */
export function callFacts(sheet: Sheet): CallFacts | undefined {
  const arrival = lineOf(sheet, 'arrival');
  if (!arrival) return undefined;
  const { direction = '', did = '', from = '', name = '' } = arrival.values;
  const [start, end] = [lineOf(sheet, 'announcement.start'), lineOf(sheet, 'announcement.end')];
  return {
    id: sheet.id,
    direction,
    did: `+${did}`,
    from,
    name,
    extension: lineOf(sheet, 'answer')?.values.extension ?? '',
    arrivedAt: arrival.at,
    announcement:
      start && end
        ? {
            id: start.values.id ?? '',
            sha256: start.values.sha256 ?? '',
            startedAt: start.at,
            endedAt: end.at,
          }
        : null,
    recordedFrom: lineOf(sheet, 'recording.start')?.at ?? null,
    answeredAt: lineOf(sheet, 'answer')?.at ?? null,
    endedAt: lineOf(sheet, 'call.end')?.at ?? sheet.lines.at(-1)?.at ?? null,
  };
}
