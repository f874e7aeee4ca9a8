// What may be sealed of a capture, against a naive model that looks at every single byte.

import fc from 'fast-check';
import { test } from 'tap';
import { after, editList, lengthOf, type Piece, upTo, withoutTail } from '../../src/spool/edit-list.ts';
import { gapsOf, segmentsOf } from '../../src/spool/segments.ts';
import { parseSheet, type Sheet } from '../../src/spool/sheet.ts';
import { CALL } from './support/world.ts';

const START = Date.parse('2026-11-22T08:15:00.000Z');

/** A sheet of lines that each say after how many ms they were written. */
function timed(...lines: [ms: number, fact: string][]): Sheet {
  const text = lines.map(([ms, fact]) => `${new Date(START + ms).toISOString()} ${fact}\n`).join('');
  return parseSheet(CALL, text);
}

const audio = (from: number, bytes: number): Piece => ({ kind: 'audio', from, bytes });
const silence = (bytes: number): Piece => ({ kind: 'silence', bytes });
const start = (ms: number, size: number): [number, string] => [ms, `recording.start size=${size} reason=key`];
const stop = (ms: number, size: number, reason = 'pause'): [number, string] => [
  ms,
  `recording.stop size=${size} reason=${reason}`,
];
const cut = (ms: number, size: number): [number, string] => [
  ms,
  `recording.cut size=${size} reason=excluded`,
];

const TABLE: [what: string, sheet: Sheet, size: number, pieces: Piece[]][] = [
  ['nothing is kept that no line speaks of', timed(), 4_000, []],
  ['a stretch that runs reaches to the end of the file', timed(start(0, 0)), 4_000, [audio(0, 4_000)]],
  ['what was there before the start is left out', timed(start(0, 800)), 4_000, [audio(800, 3_200)]],
  ['what came after the stop is left out', timed(start(0, 0), stop(9, 400, 'end')), 4_000, [audio(0, 400)]],
  [
    'a pause of 100 ms is 800 frames of digital zero',
    timed(start(0, 0), stop(10, 320), start(110, 320)),
    640,
    [audio(0, 320), silence(3_200), audio(320, 320)],
  ],
  [
    'bytes that a stop left out are silence too, so nothing that follows shifts',
    timed(start(0, 0), stop(1_000, 16_000, 'joined'), start(1_500, 32_000)),
    32_400,
    [audio(0, 16_000), silence(16_000 + 16_000), audio(32_000, 400)],
  ],
  [
    'nothing follows a stop that no start follows',
    timed(start(0, 0), stop(10, 320), [9_000, 'call.end cause=16']),
    9_999,
    [audio(0, 320)],
  ],
  [
    'after a transfer the silence lasts until the phone that rang has answered',
    timed(start(0, 0), stop(10, 320, 'transfer'), start(12, 320), [110, 'answer extension=202']),
    640,
    [audio(0, 320), silence(3_200), audio(320, 320)],
  ],
  ['half a frame is none', timed(start(0, 0)), 4_003, [audio(0, 4_000)]],
  ['a cut ends it, within a stretch', timed(start(0, 0), cut(90, 400)), 4_000, [audio(0, 400)]],
  [
    'a cut ends it for ever, and takes the silence before it along',
    timed(start(0, 0), stop(10, 320), start(110, 320), cut(120, 320), start(200, 900)),
    4_000,
    [audio(0, 320)],
  ],
  ['a cut that does not say where takes everything', timed(start(0, 0), [9, 'recording.cut']), 4_000, []],
  ['a stop that does not say where takes its stretch', timed(start(0, 0), [9, 'recording.stop']), 400, []],
  ['a start that does not say where is none', timed([0, 'recording.start reason=key']), 4_000, []],
  [
    'a clock that steps back makes no silence',
    timed(start(50, 0), stop(90, 80), start(20, 80)),
    160,
    [audio(0, 80), audio(80, 80)],
  ],
];

test('what is kept of a capture is what the sheet says, to the byte', async (t) => {
  for (const [what, sheet, size, pieces] of TABLE)
    t.same(editList(sheet, size), { destroyed: false, pieces }, what);
});

test('after an objection nothing is kept, whatever else the sheet says (C04)', async (t) => {
  const sheet = timed(
    start(0, 0),
    stop(10, 320),
    [11, 'recording.destroyed reason=objection'],
    start(20, 320),
  );
  t.same(editList(sheet, 640), { destroyed: true, pieces: [] });
});

test('the stretches and what lies between them are told by the clock', async (t) => {
  const sheet = timed(start(0, 0), stop(10, 320), start(110, 320), stop(400, 640, 'park'));
  const at = (ms: number) => new Date(START + ms);
  t.match(segmentsOf(sheet), [
    { startedAt: at(0), endedAt: at(10), reason: 'pause' },
    { startedAt: at(110), endedAt: at(400), reason: 'park' },
  ]);
  t.same(gapsOf(segmentsOf(sheet)), [
    { startedAt: at(10), endedAt: at(110), reason: 'pause' },
    { startedAt: at(400), endedAt: null, reason: 'park' },
  ]);
});

interface Step {
  captured: number;
  ms: number;
  kind: 'start' | 'stop' | 'cut';
}

const steps = fc.array(
  fc.record({
    captured: fc.integer({ min: 0, max: 30 }).map((frames) => frames * 4),
    ms: fc.integer({ min: 0, max: 12 }),
    kind: fc.constantFrom<Step['kind'][]>('start', 'stop', 'start', 'stop', 'cut'),
  }),
  { maxLength: 12 },
);

/** The sheet of some steps, and for each ms and byte what a reader with all the time of the world would keep. */
function naive(all: Step[]): { sheet: Sheet; size: number; kept: number[] } {
  let [size, ms, open, stoppedAt, stoppedSize] = [0, 0, false, -1, 0];
  const lines: [number, string][] = [];
  let kept: number[] = [];
  let limit = Number.POSITIVE_INFINITY;
  for (const step of [...all, { captured: 0, ms: 0, kind: 'none' as const }]) {
    for (let byte = 0; byte < step.captured; byte += 1, size += 1) if (open) kept.push(size);
    ms += step.ms;
    if (step.kind === 'start' && !open) {
      if (stoppedAt >= 0)
        for (let zero = 0; zero < (ms - stoppedAt) * 32 + (size - stoppedSize); zero += 1) kept.push(-1);
      open = true;
      lines.push(start(ms, size));
    } else if (step.kind === 'stop' && open) {
      [open, stoppedAt, stoppedSize] = [false, ms, size];
      lines.push(stop(ms, size));
    } else if (step.kind === 'cut') {
      limit = Math.min(limit, size);
      lines.push(cut(ms, size));
    }
  }
  const first = kept.findIndex((byte) => byte >= limit);
  if (first >= 0) kept = kept.slice(0, first);
  const last = kept.findLastIndex((byte) => byte >= 0);
  return { sheet: timed(...lines), size, kept: kept.slice(0, last + 1) };
}

function spelled(pieces: Piece[]): number[] {
  const all = pieces.flatMap((piece) =>
    Array.from({ length: piece.bytes }, (_, byte) => (piece.kind === 'audio' ? piece.from + byte : -1)),
  );
  return all.slice(0, all.findLastIndex((byte) => byte >= 0) + 1);
}

test('whatever is started, paused and cut, the list keeps what a look at each byte keeps', async (t) => {
  fc.assert(
    fc.property(steps, (all) => {
      const { sheet, size, kept } = naive(all);
      t.same(spelled(editList(sheet, size).pieces), kept);
    }),
    { seed: 20261122, numRuns: 300 },
  );
});

test('a list taken in two parts is the list', async (t) => {
  const pieces = [audio(0, 40), silence(80), audio(60, 20)];
  for (let bytes = 0; bytes <= 140; bytes += 4) {
    t.same(spelled([...upTo(pieces, bytes), ...after(pieces, bytes)]), spelled(pieces), `${bytes}`);
    t.equal(lengthOf(upTo(pieces, bytes)) + lengthOf(after(pieces, bytes)), 140);
  }
});

test('while the call lasts the end is uncertain, and a gap is as uncertain as what follows it', async (t) => {
  const pieces = [audio(0, 40), silence(80), audio(60, 20)];
  t.same(withoutTail(pieces, 10), [audio(0, 40), silence(80), audio(60, 10)]);
  for (const tail of [20, 60, 100]) t.same(withoutTail(pieces, tail), [audio(0, 40)], `${tail}`);
  t.same(withoutTail(pieces, 400), []);
});
