// What the player says of a recording without a word of it: who speaks how long, what may be skipped, and where nothing was
// captured.

import { test } from 'tap';
import { activityOf, beyondSilence } from '../../web/src/playback/activity.ts';
import { marksOf } from '../../web/src/playback/mark.ts';

/** Ten slices a second: how loud, for how many seconds. */
const lane = (...parts: [loud: number, seconds: number][]) =>
  Float32Array.from(parts.flatMap(([loud, seconds]) => Array<number>(seconds * 10).fill(loud)));

test('each party has a share of the time, and a breath belongs to whoever took it', (t) => {
  const outside = lane([0.4, 5], [0.004, 15]);
  const inside = lane([0.004, 4], [0.3, 4], [0.004, 12]);
  const { silences, ...shares } = activityOf(outside, inside, 20);
  t.same(shares, { outside: 0.27, inside: 0.22, neither: 0.58 });
  t.equal(silences.length, 1);
  t.match(silences[0], { from: 8.4, to: 20 });
  t.end();
});

test('a noisy line is no speech, and a voice without a pause is no noise', (t) => {
  t.match(activityOf(lane([0.012, 30]), lane([0.5, 30]), 30), { outside: 0, inside: 1, silences: [] });
  t.end();
});

test('two seconds in which nobody speaks are a silence, less is none', (t) => {
  const spoken = (gap: number) =>
    activityOf(lane([0.4, 2], [0, gap], [0.4, 2]), lane([0, gap + 4]), gap + 4).silences;
  t.same(spoken(2), []);
  t.equal(spoken(3).length, 1, 'a breath of it belongs to the talk');
  t.same(activityOf(new Float32Array(0), new Float32Array(0), 0).silences, []);
  t.end();
});

test('skipping goes on a moment before somebody speaks, and leaves a moment after', (t) => {
  const silences = [{ from: 10, to: 20 }];
  t.equal(beyondSilence(silences, 9), undefined);
  t.equal(beyondSilence(silences, 10.2), undefined, 'a moment is heard');
  t.equal(beyondSilence(silences, 12), 19.7);
  t.equal(beyondSilence(silences, 19.8), undefined, 'it does not skip for ever');
  t.end();
});

test('a pause stands where it was in the audio, whose time is the time of the clock', (t) => {
  const manifest = {
    arrivedAt: '2026-11-22T08:00:00.000Z',
    answeredAt: '2026-11-22T08:00:10.000Z',
    segments: [{ startedAt: '2026-11-22T08:00:05.000Z' }, { startedAt: '2026-11-22T08:00:50.000Z' }],
    pauses: [
      { startedAt: '2026-11-22T08:00:30.000Z', endedAt: '2026-11-22T08:00:50.000Z', reason: 'pause' },
      { startedAt: '2026-11-22T08:01:00.000Z', endedAt: null, reason: 'key' },
    ],
  };
  t.same(marksOf(manifest as never, 60), [
    { from: 20, to: 40, reason: 'pause' },
    { from: 50, to: 60, reason: 'key' },
  ]);
  t.end();
});
