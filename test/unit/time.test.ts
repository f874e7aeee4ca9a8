// Whatever becomes of the clock, a recording goes on its day: not before, and not never (C23).

import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Test, test } from 'tap';
import { openAlarms } from '../../src/alarms/alarms.ts';
import type { Appliance } from '../../src/appliance.ts';
import { purgeDue } from '../../src/purging.ts';
import { addDuration } from '../../src/shared/duration.ts';
import { createLogger } from '../../src/shared/logger.ts';
import { openTime } from '../../src/time/effective.ts';
import { keep, openStore } from './support/store.ts';
import { codeOf, ownFolder } from './support/world.ts';

const [HOUR, DAY, YEAR] = [3_600_000, 86_400_000, 365 * 86_400_000];
const START = Date.parse('2026-11-22T08:00:00Z');

/** A machine whose wall clock may be set, and whose time passes. */
async function machine(t: Test, start = START, lastKnown?: Date) {
  const folder = await ownFolder(t);
  const hands = { wall: start, up: 1_000_000, boot: 'one' };
  const clocks = {
    wall: () => new Date(hands.wall),
    up: () => hands.up / 1000,
    boot: async () => hands.boot,
  };
  const open = () => openTime(folder, clocks, async () => lastKnown);
  let time = await open();
  return {
    folder,
    hands,
    now: () => time.now(),
    confirm: (one: string, two: string) => time.confirm([one, two]),
    /** Time passes, for both clocks; asleep or awake. */
    pass(ms: number) {
      hands.wall += ms;
      hands.up += ms;
    },
    /** Somebody, or something, sets the wall clock. */
    set(ms: number) {
      hands.wall += ms;
    },
    /** The machine is off for so long, and shows what it likes when it starts. */
    async restart(offMs: number, shows = offMs) {
      hands.wall += shows;
      hands.up = 60_000;
      hands.boot += "'";
      time = await open();
    },
    async reopen() {
      time = await open();
    },
  };
}

const at = async ({ now }: Awaited<ReturnType<typeof machine>>) => (await now()).at.getTime() - START;

test('a clock that is set back, by an hour or by ten years, keeps nothing from going', async (t) => {
  for (const back of [HOUR, 10 * YEAR]) {
    const m = await machine(t);
    await m.now();
    m.pass(DAY);
    await m.now();
    m.set(-back);
    t.match(await m.now(), { back: true, suspended: null });
    m.pass(3 * DAY);
    t.equal(await at(m), 4 * DAY, 'time goes on as it passes');
    await m.reopen();
    t.equal(await at(m), 4 * DAY, 'a restart of the daemon forgets nothing');
  }
});

test('a time server that sets the clock by minutes is believed, forwards and backwards', async (t) => {
  const m = await machine(t);
  await m.now();
  for (const step of [40_000, -90_000, 4 * 60_000, -30_000]) {
    m.set(step);
    m.pass(HOUR);
    t.match(await m.now(), { at: new Date(m.hands.wall), back: false, suspended: null });
  }
});

test('a clock up to a day ahead counts, and when it is put right again that counts', async (t) => {
  const m = await machine(t);
  await m.now();
  m.set(23 * HOUR);
  t.equal(await at(m), 23 * HOUR);
  m.set(-23 * HOUR);
  m.pass(HOUR);
  t.equal(await at(m), HOUR, 'nothing of it is left');
});

test('a clock that jumps by more than a day destroys nothing until two people confirm it', async (t) => {
  for (const jump of [25 * HOUR, 400 * DAY]) {
    const m = await machine(t);
    await m.now();
    m.set(jump);
    m.pass(HOUR);
    const moment = await m.now();
    t.match(moment.suspended, { expected: new Date(START + HOUR).toISOString() });
    t.equal(await codeOf(() => m.confirm('marie', 'marie')), 'same-person');
    t.ok((await m.now()).suspended);
    await m.confirm('marie', 'diane');
    t.match(await m.now(), { at: new Date(m.hands.wall), suspended: null });
    t.equal(await codeOf(() => m.confirm('marie', 'diane')), 'no-jump');
  }
});

test('two jumps of less than a day each are one of more', async (t) => {
  const m = await machine(t);
  await m.now();
  for (const expected of [null, { expected: String }]) {
    m.set(23 * HOUR);
    m.pass(HOUR);
    t.match((await m.now()).suspended, expected);
  }
  m.set(-46 * HOUR);
  t.equal((await m.now()).suspended, null, 'put right, it goes on by itself');
});

test('a machine that slept through the night counts the night', async (t) => {
  const m = await machine(t);
  await m.now();
  m.pass(70 * HOUR);
  t.match(await m.now(), { at: new Date(START + 70 * HOUR), suspended: null });
});

test('after a start a night is believed; a longer absence, or a dead battery, is asked about', async (t) => {
  const m = await machine(t);
  await m.now();
  await m.restart(14 * HOUR);
  t.match(await m.now(), { at: new Date(m.hands.wall), suspended: null });
  await m.restart(72 * HOUR);
  t.ok((await m.now()).suspended, 'a long weekend, or a clock that is wrong: nobody can tell');
  await m.confirm('marie', 'igor');
  await m.restart(HOUR, -50 * YEAR);
  t.match(await m.now(), { back: true, suspended: null }, '1976, says the battery');
  t.ok((await m.now()).at.getTime() > START + 80 * HOUR, 'it is later than it ever was');
});

test('without its memory the box goes by the latest time that it has on record', async (t) => {
  const m = await machine(t, START, new Date(START - 400 * DAY));
  t.ok((await m.now()).suspended, 'a wall clock a year ahead of all that is known');
  const other = await machine(t, START, new Date(START - HOUR));
  t.equal((await other.now()).suspended, null);
  await writeFile(join(other.folder, 'time.json'), '{"mark":');
  await other.reopen();
  t.equal((await other.now()).suspended, null, 'a damaged memory is no memory');
  await rm(join(other.folder, 'time.json'));
  t.equal((await other.now()).suspended, null);
  t.match(JSON.parse(await readFile(join(other.folder, 'time.json'), 'utf8')), { mark: START });
});

test('in nights of summer time, on 29 February and at the year’s end each goes once, never early', async (t) => {
  for (const [arrived, retention, due] of [
    ['2026-09-28T00:30:00Z', 'P27D', '2026-10-25T00:30:00.000Z'],
    ['2027-02-28T01:30:00Z', 'P28D', '2027-03-28T01:30:00.000Z'],
    ['2028-02-29T12:00:00Z', 'P1Y', '2029-02-28T12:00:00.000Z'],
    ['2027-08-31T23:59:59Z', 'P6M', '2028-02-29T23:59:59.000Z'],
    ['2026-12-31T23:30:00Z', 'P1D', '2027-01-01T23:30:00.000Z'],
  ] as const) {
    t.equal(addDuration(new Date(arrived), retention).toISOString(), due);
    const store = await openStore(t);
    const log = createLogger('silent');
    const m = await machine(t, Date.parse(due) - 6 * HOUR);
    const time = { now: m.now, confirm: async () => {} };
    const alarms = await openAlarms(join(store.root, 'alarms'), store.clock, log);
    const appliance = { ...store, time, alarms, log } as unknown as Appliance;
    const { id } = await keep(store, due);
    const gone: string[] = [];
    for (let minutes = 0; minutes < 12 * 60; minutes += 10, m.pass(600_000)) {
      const late = m.hands.wall >= Date.parse(due);
      await purgeDue(appliance, { destroyed: (one) => void gone.push(one) });
      if (!late) t.same(gone, [], `${new Date(m.hands.wall).toISOString()} is too early`);
    }
    t.same(gone, [id], `${due}: once`);
  }
});

test('while the clock is in doubt nothing goes, and an alarm says whom to ask', async (t) => {
  const store = await openStore(t);
  const log = createLogger('silent');
  const m = await machine(t, Date.parse('2026-11-01T00:00:00Z'));
  await m.now();
  const alarms = await openAlarms(join(store.root, 'alarms'), store.clock, log);
  const time = { now: m.now, confirm: async () => {} };
  const appliance = { ...store, time, alarms, log } as unknown as Appliance;
  await keep(store, '2026-11-20T00:00:00.000Z');
  m.set(60 * DAY);
  t.match(await purgeDue(appliance), { destroyed: 0 });
  t.match(await alarms.latest(1), [{ code: 'clock.jumped' }]);
  await m.confirm('marie', 'diane');
  t.match(await purgeDue(appliance), { destroyed: 1 });
});
