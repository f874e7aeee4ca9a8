// The time that counts, remembered on disk so that neither a restart nor a power cut forgets how late it was. The daemon
// and the command line go by the same memory.

import { readFile } from 'node:fs/promises';
import { uptime } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../shared/clock.ts';
import { GreffierError } from '../shared/errors.ts';
import { makeFolder, readIfThere, writeDurably } from '../shared/files.ts';
import { whileLocked } from '../shared/lock.ts';
import { believe, type Reckoned, type Remembered, reckon, type Shown } from './reckoning.ts';

export interface Moment {
  /** What counts for destruction. */
  at: Date;
  /** The wall clock is more than a day ahead: nothing is destroyed until two people confirm it. */
  suspended: { since: string; wall: string; expected: string } | null;
  /** The wall clock was set back; what is due goes all the same. */
  back: boolean;
}

export interface EffectiveTime {
  /** The time that counts. Throws when it cannot be remembered: then nothing may be destroyed by it. */
  now(): Promise<Moment>;
  /**
   * Takes the wall clock for right. Throws `same-person` unless two people say so, and `no-jump` when it is neither
   * ahead nor behind.
   */
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

/** What has changed since the last look: the clock was set back, is ahead, or shows again what it should. */
export type News = 'set-back' | 'jumped' | 'right-again';

/** Linux counts the time that the machine slept through (CLOCK_BOOTTIME), and names each start. */
export function machineClocks(wall: Clock): Clocks {
  return {
    wall,
    up: uptime,
    boot: async () => (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim(),
  };
}

const KEEP_EVERY_MS = 60_000;
const PATIENCE_SECONDS = 10;

/**
 * Opens the time in a folder.
 * @param lastKnown the latest time that the box has on record, for when the memory is lost or damaged: then a wall clock
 * that does not fit to it is not believed either
 * @param tell is told once of each change, by whichever process sees it first
 */
export async function openTime(
  folder: string,
  clocks: Clocks,
  lastKnown: () => Promise<Date | undefined>,
  tell: (news: News) => void | Promise<void> = () => {},
): Promise<EffectiveTime> {
  await makeFolder(folder);
  const path = join(folder, 'time.json');
  /** Of this process: a file that goes while it runs is written again. */
  let last: Remembered | undefined;

  async function keep(remembered: Remembered): Promise<void> {
    await writeDurably(path, `${JSON.stringify(remembered)}\n`);
    last = remembered;
  }

  async function shown(): Promise<Shown> {
    return { wall: clocks.wall().getTime(), up: clocks.up() * 1000, boot: await clocks.boot() };
  }

  async function glance(): Promise<Reckoned & { before: Remembered | undefined; fresh: boolean }> {
    const onDisk = rememberedIn(await readIfThere(path));
    const before = onDisk ?? last;
    const known = before ? 0 : ((await lastKnown())?.getTime() ?? 0);
    const reckoned = reckon(before, await shown(), known);
    return { ...reckoned, before, fresh: onDisk !== undefined && !isChange(onDisk, reckoned.remembered) };
  }

  /** Durable before anything is destroyed by it. */
  async function look(): Promise<Reckoned> {
    const found = await glance();
    return found.fresh ? found : exclusively(keepLook);
  }

  async function keepLook(): Promise<Reckoned> {
    const { before, ...found } = await glance();
    const news = newsOf(before, found.remembered);
    if (news) await tell(news);
    if (!found.fresh) await keep(found.remembered);
    return found;
  }

  const exclusively = <T>(work: () => Promise<T>) => whileLocked(`${path}.lock`, PATIENCE_SECONDS, work);

  return {
    async now() {
      const { at, expected, remembered } = await look();
      const { suspendedSince, backSince } = remembered;
      const wall = clocks.wall().toISOString();
      return {
        at: new Date(at),
        suspended:
          suspendedSince === null ? null : { since: iso(suspendedSince), wall, expected: iso(expected) },
        back: backSince !== null,
      };
    },
    async confirm([one, two]) {
      if (!one || !two || one === two)
        throw new GreffierError('same-person', `${one || two} cannot confirm alone`, { status: 403 });
      await exclusively(async () => {
        const { remembered } = await keepLook();
        if (remembered.suspendedSince === null && remembered.backSince === null)
          throw new GreffierError('no-jump', 'the clock is believed already: there is nothing to confirm', {
            status: 409,
          });
        await keep(believe(await shown()));
      });
    },
  };
}

function isChange(before: Remembered, after: Remembered): boolean {
  return (
    newsOf(before, after) !== undefined ||
    after.boot !== before.boot ||
    after.lost !== before.lost ||
    Math.abs(after.mark - before.mark) >= KEEP_EVERY_MS
  );
}

function newsOf(before: Remembered | undefined, after: Remembered): News | undefined {
  const [suspended, back] = [before?.suspendedSince ?? null, before?.backSince ?? null];
  if (after.suspendedSince !== null) return suspended === null ? 'jumped' : undefined;
  if (after.backSince !== null) return back === null ? 'set-back' : undefined;
  return suspended === null && back === null ? undefined : 'right-again';
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

/** What is damaged is lost: then what else is on record counts. */
function rememberedIn(text: string | undefined): Remembered | undefined {
  try {
    const found = JSON.parse(text ?? '') as Remembered;
    const { mark, boot, anchor, suspendedSince = null, backSince = null, lost = false } = found;
    const numbers = [mark, anchor.wall, anchor.up, suspendedSince ?? 0, backSince ?? 0];
    if (!numbers.every(Number.isFinite) || typeof boot !== 'string' || typeof lost !== 'boolean')
      return undefined;
    return { mark, boot, anchor, suspendedSince, backSince, lost };
  } catch {
    return undefined;
  }
}
