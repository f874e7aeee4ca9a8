// A store with one recording that is held, and the files of its hold.

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Test } from 'tap';
import { openAlarms } from '../../../src/alarms/alarms.ts';
import type { Appliance } from '../../../src/appliance.ts';
import { placeHold, type TwoPeople } from '../../../src/legal-holds.ts';
import { createLogger } from '../../../src/shared/logger.ts';
import { keep, openStore, type Store } from './store.ts';

export const DAY_MS = 86_400_000;
export const BY: TwoPeople = ['marie', 'diane'];
export const DUE = '2026-11-22T08:00:00.000Z';

/** A moment so many days from now, by the clock of the store. */
export const inDays = ({ clock }: Store, days: number) =>
  new Date(clock().getTime() + days * DAY_MS).toISOString();

/** Holds recordings for so many days. */
export function holdFor(store: Store, recordings: string[], days: number) {
  const wish = { recordings, matter: '26/1234', reason: 'a lawyer wrote', endsAt: inDays(store, days) };
  return placeHold(store as unknown as Appliance, wish, BY);
}

/** Opens a store with alarms and one held recording in it. */
export async function openHeld(t: Test, { days = 100, dueAt = DUE } = {}) {
  const opened = await openStore(t);
  const alarms = await openAlarms(join(opened.root, 'alarms'), opened.clock, createLogger('silent'));
  const store = { ...opened, alarms };
  const kept = await keep(store, dueAt);
  const hold = await holdFor(store, [kept.id], days);
  const folder = join(store.root, 'vault', 'holds');
  return {
    store,
    appliance: store as unknown as Appliance,
    hold,
    recording: kept,
    /** Path of an event's file, by its number; without an ending it is the JSON. */
    async event(number: number, id = hold.id): Promise<string> {
      const start = `${id}.000${number}.`;
      const name = (await readdir(folder)).find((one) => one.startsWith(start) && one.endsWith('.json'));
      return join(folder, name ?? `${start}missing.json`);
    },
    codes: async () => (await alarms.latest(50)).map(({ code }) => code),
  };
}
