// How long the disk lasts, told early enough to do something about it.

import { test } from 'tap';
import type { Appliance } from '../../src/appliance.ts';
import { recordingRow } from '../../src/catalogue-rows.ts';
import {
  alarmAboutForecast,
  alarmAboutRoom,
  daysLeft,
  forecastDisk,
} from '../../src/upkeep/disk-forecast.ts';
import { RESERVE_BYTES } from '../../src/upkeep/vault-room.ts';
import { manifestOf, openStore, type Store } from './support/store.ts';

const GB = 1e9;

/** A store in which each of the last days has sealed so many bytes, on a disk with so many free. */
function filled(
  store: Store,
  days: number,
  bytes: number,
  freeBytes: number,
  dueAt = '2027-11-22T08:00:00.000Z',
) {
  for (let day = 0; day < days; day += 1) {
    const at = new Date(store.clock().getTime() - day * 86_400_000);
    const row = recordingRow(manifestOf(`${day}`.padStart(8, '0'), dueAt));
    store.catalogue.putRecording({ ...row, started_at: at.toISOString(), bytes });
  }
  const raised: [string, string][] = [];
  const vault = {
    ...store.vault,
    space: async () => ({ freeBytes, capacityBytes: 100 * GB }),
    freeBytes: async () => freeBytes,
  };
  const alarms = { raise: async (code: string, message: string) => void raised.push([code, message]) };
  return { appliance: { ...store, vault, alarms } as unknown as Appliance, raised };
}

test('what is due gives room back: the forecast counts it on its day', async (t) => {
  t.equal(daysLeft(10 * GB, GB, []), 10);
  t.equal(daysLeft(10 * GB, GB, [0, 0, 3 * GB]), 13);
  t.equal(
    daysLeft(
      10 * GB,
      GB,
      Array.from({ length: 365 }, () => GB),
    ),
    null,
    'as much goes as comes',
  );
  t.equal(daysLeft(0, GB, []), 0);
  t.equal(daysLeft(0, 0, []), null, 'nothing is recorded');
});

test('the rate is that of the last week, or of the days since the first recording', async (t) => {
  const young = filled(await openStore(t), 3, GB, 50 * GB);
  t.match(await forecastDisk(young.appliance), { bytesPerDay: GB, daysLeft: 49, freeBytes: 50 * GB });
  const old = filled(await openStore(t), 30, 2 * GB, 50 * GB);
  const { bytesPerDay, days } = await forecastDisk(old.appliance);
  t.equal(bytesPerDay, 2 * GB);
  t.equal(days.length, 30);
  t.same(days.at(-1), { day: '2026-11-22', bytes: 2 * GB });
  const empty = filled(await openStore(t), 0, 0, 50 * GB);
  t.match(await forecastDisk(empty.appliance), { bytesPerDay: 0, daysLeft: null });
});

test('the alarm comes a month, a fortnight and three days before the disk is full', async (t) => {
  for (const [free, days] of [
    [32 * GB, 31],
    [25 * GB, 30],
    [13 * GB, 14],
    [2 * GB, 3],
  ] as const) {
    const { appliance, raised } = filled(await openStore(t), 10, GB, free);
    await alarmAboutForecast(appliance);
    if (days > 30) t.same(raised, []);
    else t.match(raised, [['disk.low', `less than ${days} days`]]);
  }
});

test('a disk that something else has filled is told of at once', async (t) => {
  const { appliance, raised } = filled(await openStore(t), 0, 0, RESERVE_BYTES);
  await alarmAboutRoom(appliance);
  t.match(raised, [['disk.low', 'almost full']]);
});
