// The time that counts, remembered on disk so that neither a restart nor a power cut forgets how late it was.

import { readFile } from 'node:fs/promises';
import { uptime } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../shared/clock.ts';
import { GreffierError } from '../shared/errors.ts';
import { makeFolder, readIfThere, writeDurably } from '../shared/files.ts';
import { believe, isBack, type Remembered, reckon, type Shown } from './reckoning.ts';

export interface Moment {
  /** What counts for destruction. */
  at: Date;
  /** The wall clock is more than a day ahead: nothing is destroyed until two people confirm it. */
  suspended: { since: string; wall: string; expected: string } | null;
  /** The wall clock was set back; what is due goes all the same. */
  back: boolean;
}

export interface EffectiveTime {
  now(): Promise<Moment>;
  /** Takes the wall clock for right. Throws `no-jump`, and `same-person` unless two people say so. */
  confirm(by: [string, string]): Promise<void>;
}

/** The clocks of the machine. */
export interface Clocks {
  wall: Clock;
  /** Seconds since the machine was started. */
  up(): number;
  /** Another one after each start. */
  boot(): Promise<string>;
}

/** Linux counts the time that the machine slept through (CLOCK_BOOTTIME), and names each start. */
export function machineClocks(wall: Clock): Clocks {
  return {
    wall,
    up: uptime,
    boot: async () => (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim(),
  };
}

const KEEP_EVERY_MS = 60_000;

/**
 * Opens the time in a folder.
 * @param lastKnown the latest time that the box has on record, for when the memory is lost or damaged: then a wall clock
 * far ahead of it is not believed either
 */
export async function openTime(
  folder: string,
  clocks: Clocks,
  lastKnown: () => Promise<Date | undefined>,
): Promise<EffectiveTime> {
  await makeFolder(folder);
  const path = join(folder, 'time.json');
  const keep = (remembered: Remembered) => writeDurably(path, `${JSON.stringify(remembered)}\n`);

  async function shown(): Promise<Shown> {
    return { wall: clocks.wall().getTime(), up: clocks.up() * 1000, boot: await clocks.boot() };
  }

  async function look() {
    const before = rememberedIn(await readIfThere(path));
    const known = before ? 0 : ((await lastKnown())?.getTime() ?? 0);
    const reckoned = reckon(before, await shown(), known);
    const { remembered } = reckoned;
    // Durable before anything is destroyed by it.
    const changed =
      remembered.boot !== before?.boot ||
      remembered.suspendedSince !== before.suspendedSince ||
      remembered.mark - before.mark >= KEEP_EVERY_MS;
    if (changed) await keep(remembered);
    return reckoned;
  }

  return {
    async now() {
      const reckoned = await look();
      const { suspendedSince } = reckoned.remembered;
      const iso = (ms: number) => new Date(ms).toISOString();
      const expected = iso(reckoned.at);
      const wall = iso(reckoned.at + reckoned.ahead);
      return {
        at: new Date(reckoned.at),
        suspended: suspendedSince === null ? null : { since: iso(suspendedSince), wall, expected },
        back: isBack(reckoned),
      };
    },
    async confirm([one, two]) {
      if (one === two) throw new GreffierError('same-person', `${one} cannot confirm alone`, { status: 403 });
      const { remembered } = await look();
      if (remembered.suspendedSince === null)
        throw new GreffierError('no-jump', 'the clock is believed already: there is nothing to confirm', {
          status: 409,
        });
      await keep(believe(remembered, await shown()));
    },
  };
}

/** What is damaged is lost: then what else is on record counts. */
function rememberedIn(text: string | undefined): Remembered | undefined {
  try {
    const { mark, boot, anchor, suspendedSince } = JSON.parse(text ?? '') as Remembered;
    const numbers = [mark, anchor.wall, anchor.up, suspendedSince ?? 0];
    if (!numbers.every(Number.isFinite) || typeof boot !== 'string') return undefined;
    return { mark, boot, anchor, suspendedSince };
  } catch {
    return undefined;
  }
}
