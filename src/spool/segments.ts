// The stretches of a call that were captured, as its sheet tells. A pause is no capture (ADR 0008): the dialplan closes
// the file and says how long it was, and opens it again for more. What the sheet does not say in digits is not kept.

import type { Sheet, SheetLine } from './sheet.ts';

/** One stretch, from a byte of the capture to another. */
export interface Segment {
  startedAt: Date;
  /** Null while it runs, and when Asterisk was killed in the middle of it. */
  endedAt: Date | null;
  /** First byte. */
  from: number;
  /** The byte after the last; null while it runs. */
  to: number | null;
  /** Why it ended; empty while it runs. */
  reason: string;
}

/** What lies between two stretches, or after the last one when nothing followed. */
export interface Gap {
  startedAt: Date;
  endedAt: Date | null;
  reason: string;
}

/** The stretches that may be kept, in order. After `recording.destroyed` there is none. */
export function segmentsOf(sheet: Sheet): Segment[] {
  if (sheet.lines.some(({ event }) => event === 'recording.destroyed')) return [];
  const segments: Segment[] = [];
  for (const line of sheet.lines) {
    const open = segments.findLast(({ endedAt }) => endedAt === null);
    if (line.event === 'recording.start') {
      const from = sizeIn(line);
      if (from === undefined) continue;
      // Two starts in a row: what ended the first was not said, but it ended before the second began.
      if (open) close(open, line, from, 'unknown');
      segments.push({ startedAt: line.at, endedAt: null, from, to: null, reason: '' });
    }
    // Begun while the phone rang: nothing was captured before it answered, and the time of the audio counts from there.
    if (line.event === 'answer' && open) open.startedAt = line.at;
    if (line.event === 'recording.stop' && open)
      close(open, line, sizeIn(line) ?? open.from, line.values.reason ?? '');
  }
  const cuts = sheet.lines.filter(({ event }) => event === 'recording.cut');
  return cuts.reduce(cutAt, segments);
}

/** What lies between the stretches: pauses, parking, transfers. */
export function gapsOf(segments: Segment[]): Gap[] {
  return segments.flatMap(({ endedAt, reason }, index) => {
    const next = segments[index + 1];
    if (!endedAt || (!next && reason === 'end')) return [];
    return [{ startedAt: endedAt, endedAt: next?.startedAt ?? null, reason }];
  });
}

function close(segment: Segment, line: SheetLine, to: number, reason: string): void {
  Object.assign(segment, { endedAt: line.at, to: Math.max(to, segment.from), reason });
}

/** From that byte on nothing may be kept, ever: neither of the stretch it lies in nor of any later one. */
function cutAt(segments: Segment[], cut: SheetLine): Segment[] {
  const size = sizeIn(cut) ?? 0;
  return segments
    .filter(({ from }) => from < size)
    .map((segment) => {
      if (segment.to !== null && segment.to <= size) return segment;
      const endedAt = segment.endedAt && segment.endedAt < cut.at ? segment.endedAt : cut.at;
      return { ...segment, endedAt, to: size, reason: cut.values.reason ?? '' };
    });
}

function sizeIn({ values }: SheetLine): number | undefined {
  return /^\d{1,15}$/.test(values.size ?? '') ? Number(values.size) : undefined;
}
