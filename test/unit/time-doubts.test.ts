// Where the clock, or the memory of it, is in doubt in less obvious ways. No doubt destroys anything early, and none lasts
// for ever (C23).

import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Test, test } from 'tap';
import { type EffectiveTime, type News, openTime } from '../../src/time/effective.ts';
import { reckon } from '../../src/time/reckoning.ts';
import { codeOf, ownFolder } from './support/world.ts';

const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];
const START = Date.parse('2026-11-22T08:00:00Z');

/** A machine that has been up for a month. */
async function machine(t: Test, { known, folder }: { known?: number; folder?: string } = {}) {
  const place = folder ?? (await ownFolder(t));
  const hands = { wall: START, up: 30 * DAY, boot: 'one' };
  const clocks = {
    wall: () => new Date(hands.wall),
    up: () => hands.up / 1000,
    boot: async () => hands.boot,
  };
  const news: News[] = [];
  const lastKnown = async () => (known === undefined ? undefined : new Date(known));
  const open = () => openTime(place, clocks, lastKnown, (one) => void news.push(one));
  return {
    hands,
    news,
    file: join(place, 'time.json'),
    open,
    time: await open(),
    pass(ms: number) {
      hands.wall += ms;
      hands.up += ms;
    },
    restart(offMs: number) {
      hands.wall += offMs;
      hands.up = MINUTE;
      hands.boot += "'";
      return open();
    },
  };
}

const msOf = async (time: EffectiveTime) => (await time.now()).at.getTime();

test('without its memory it is never later than the wall clock says, however long the machine has been up', async (t) => {
  const m = await machine(t, { known: START - 3 * DAY });
  t.equal(await msOf(m.time), START - 3 * DAY);
  t.ok((await m.time.now()).suspended, 'three days without an entry, or a wrong clock');
  m.pass(HOUR);
  t.equal(await msOf(m.time), START - 3 * DAY + HOUR);
  await m.time.confirm(['marie', 'diane']);
  t.match(await m.time.now(), { at: new Date(m.hands.wall), suspended: null });
});

test('an entry of a year to come, and no memory: neither of the two is believed', async (t) => {
  const m = await machine(t, { known: Date.parse('2040-01-01T00:00:00Z') });
  t.ok((await m.time.now()).suspended);
  t.equal(await msOf(m.time), START, 'nothing is due that the wall clock does not say is due');
  const again = await m.restart(HOUR);
  t.ok((await again.now()).suspended, 'a restart of the machine is no confirmation');
  t.equal(await msOf(again), START + HOUR);
  await again.confirm(['marie', 'diane']);
  t.match(await again.now(), { at: new Date(m.hands.wall), suspended: null, back: false });
});

test('a memory that somebody takes away while the daemon runs is not missed', async (t) => {
  const m = await machine(t, { known: START });
  await m.time.now();
  for (const spoil of [() => rm(m.file), () => writeFile(m.file, '{"mark":1}')]) {
    await spoil();
    m.hands.wall += 23 * HOUR;
    await m.time.now();
  }
  t.ok((await m.time.now()).suspended, 'twice 23 hours are 46');
});

test('a clock of the mainboard that is hours off at the start is forgotten once it is set right', async (t) => {
  const m = await machine(t);
  await m.time.now();
  const time = await m.restart(2 * HOUR);
  t.equal(await msOf(time), m.hands.wall, 'the local time, taken for UTC');
  m.hands.wall -= 2 * HOUR - MINUTE;
  t.match(await time.now(), { at: new Date(m.hands.wall), back: false, suspended: null });
  const later = await m.restart(MINUTE);
  t.match(await later.now(), { at: new Date(m.hands.wall), back: false, suspended: null });
});

test('a clock that is wrong by less than a day leaves nothing behind over a restart either', async (t) => {
  const m = await machine(t);
  await m.time.now();
  m.hands.wall += 23 * HOUR;
  await m.time.now();
  m.hands.wall -= 23 * HOUR;
  m.pass(2 * MINUTE);
  await m.time.now();
  const time = await m.restart(MINUTE);
  t.match(await time.now(), { at: new Date(m.hands.wall), back: false });
});

test('two clocks that part as slowly as a time server sets them are both right, for a year', async (t) => {
  for (const ppm of [500, -500]) {
    const m = await machine(t);
    for (let day = 0; day < 365; day += 28, m.pass(28 * DAY)) {
      m.hands.wall += (28 * DAY * ppm) / 1e6;
      t.match(await m.time.now(), { at: new Date(m.hands.wall), suspended: null, back: false });
    }
  }
});

test('an hour a day is no time server: it adds up', async (t) => {
  const m = await machine(t);
  let days = 0;
  for (; !(await m.time.now()).suspended && days < 60; days += 1, m.pass(DAY)) m.hands.wall += HOUR;
  t.ok(days >= 24 && days <= 26, `suspended after ${days} days`);
});

test('a clock that was confirmed by mistake can be confirmed to be right again', async (t) => {
  const m = await machine(t);
  await m.time.now();
  m.hands.wall += 400 * DAY;
  await m.time.confirm(['marie', 'diane']);
  m.hands.wall -= 400 * DAY;
  t.equal((await m.time.now()).back, true);
  t.equal(await codeOf(() => m.time.confirm(['marie', 'marie'])), 'same-person');
  t.equal(await codeOf(() => m.time.confirm(['marie', ''])), 'same-person');
  await m.time.confirm(['marie', 'diane']);
  t.match(await m.time.now(), { at: new Date(m.hands.wall), back: false, suspended: null });
});

test('each change is told once, whoever looks and however often', async (t) => {
  const m = await machine(t);
  const other = await m.open();
  await other.now();
  for (const [move, told] of [
    [-2 * HOUR, 'set-back'],
    [2 * HOUR, 'right-again'],
    [50 * HOUR, 'jumped'],
    [-50 * HOUR, 'right-again'],
  ] as const) {
    m.hands.wall += move;
    for (let looks = 0; looks < 3; looks += 1, m.pass(MINUTE)) {
      await m.time.now();
      await other.now();
    }
    t.same(m.news.splice(0), [told]);
  }
});

test('a confirmation is not undone by another process that looks at the same moment', async (t) => {
  const m = await machine(t);
  await m.time.now();
  m.hands.wall += 30 * DAY;
  const other = await m.open();
  t.ok((await other.now()).suspended);
  const looks = async () => {
    for (let count = 0; count < 10; count += 1) {
      m.pass(MINUTE);
      await other.now();
    }
  };
  await Promise.all([looks(), m.time.confirm(['marie', 'diane']), looks()]);
  for (const time of [m.time, other]) t.equal((await time.now()).suspended, null);
});

test('in a container, whose clock counts from the start of its host, a restart is no jump and no step back', async (t) => {
  const up = 90 * DAY;
  const { remembered } = reckon(undefined, { wall: START, up, boot: 'one' });
  const again = reckon(remembered, { wall: START + 60_000, up: up + 60_000, boot: 'two' });
  t.match(again, { at: START + 60_000, remembered: { backSince: null, suspendedSince: null } });
});
