// What is still to be delivered, a file for each event and hook: on disk before anybody is told of it, and gone only after
// the other side has taken it. After a kill an event may be delivered twice, with the same id, and never not at all.

import { createHash } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, readIfThere, syncFolder, writeDurably } from '../shared/files.ts';
import type { WebhookEvent } from './event.ts';

export interface Delivery {
  event: WebhookEvent;
  since: string;
  attempts: number;
  nextAt: string;
  error: string | null;
}

/** A delivery that was given up: what it was about, and nothing of what it said. */
export interface DeadLetter {
  id: string;
  type: string;
  at: string;
  since: string;
  attempts: number;
  error: string;
  diedAt: string;
}

const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 3_600_000;
const GIVEN_UP_AFTER_MS = 24 * 3_600_000;
/** Of each hook; older ones go. */
const MOST_DEAD = 1_000;

/** How long to wait after so many failures: 10 s, 20 s, 40 s … an hour. */
export function pauseAfter(attempts: number): number {
  return Math.min(FIRST_PAUSE_MS * 2 ** (attempts - 1), LONGEST_PAUSE_MS);
}

export type Outbox = Awaited<ReturnType<typeof openOutbox>>;

/** Opens the outbox of one hook below the folder. */
export async function openOutbox(folder: string, hook: string) {
  const [waiting, dead] = [join(folder, 'waiting', hook), join(folder, 'dead', hook)];
  await makeFolder(waiting);
  await makeFolder(dead);
  const nameOf = (id: string) => `${createHash('sha256').update(id).digest('hex').slice(0, 32)}.json`;

  async function readAll<T>(place: string): Promise<T[]> {
    const names = (await readdir(place)).filter((name) => /^[0-9a-f]{32}\.json$/.test(name));
    const texts = await Promise.all(names.map((name) => readIfThere(join(place, name))));
    return texts.flatMap((text) => (text === undefined ? [] : [JSON.parse(text) as T]));
  }

  const keep = (place: string, id: string, what: object) =>
    writeDurably(join(place, nameOf(id)), JSON.stringify(what));
  async function forget(place: string, id: string): Promise<void> {
    await rm(join(place, nameOf(id)), { force: true });
    await syncFolder(place);
  }

  return {
    /** Puts an event in; one that is in already stays as it is. */
    async put(event: WebhookEvent, now: Date): Promise<void> {
      if ((await readIfThere(join(waiting, nameOf(event.id)))) !== undefined) return;
      const at = now.toISOString();
      await keep(waiting, event.id, { event, since: at, attempts: 0, nextAt: at, error: null });
    },
    /** Oldest first. */
    async all(): Promise<Delivery[]> {
      const found = await readAll<Delivery>(waiting);
      return found.sort((one, other) => one.since.localeCompare(other.since));
    },
    delivered: (id: string) => forget(waiting, id),
    /** Notes a failure, and when to try again. True when it was given up: a day has gone by. */
    async failed({ event, since, attempts }: Delivery, error: string, now: Date): Promise<boolean> {
      const tries = attempts + 1;
      const { id, type, at } = event;
      if (now.getTime() - Date.parse(since) >= GIVEN_UP_AFTER_MS) {
        const letter = { id, type, at, since, attempts: tries, error, diedAt: now.toISOString() };
        await keep(dead, id, letter);
        await forget(waiting, id);
        await this.cutDead();
        return true;
      }
      const nextAt = new Date(now.getTime() + pauseAfter(tries)).toISOString();
      await keep(waiting, id, { event, since, attempts: tries, nextAt, error });
      return false;
    },
    async dead(): Promise<DeadLetter[]> {
      const found = await readAll<DeadLetter>(dead);
      return found.sort((one, other) => other.diedAt.localeCompare(one.diedAt));
    },
    async cutDead(): Promise<void> {
      for (const { id } of (await this.dead()).slice(MOST_DEAD)) await forget(dead, id);
    },
    /** Somebody has seen them. */
    async forgetDead(): Promise<number> {
      const letters = await this.dead();
      for (const { id } of letters) await forget(dead, id);
      return letters.length;
    },
  };
}
