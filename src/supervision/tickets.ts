// A ticket carries what was asked for on the web page to the supervisor's phone: a number to be dialled, good once, for
// that phone, for half a minute. The dialplan reads it from a file in the spool, which holds extensions and words of
// ours; what the supervisor wrote as a reason stays here, in memory, until it is in the audit log.

import { randomInt } from 'node:crypto';
import { chmod, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mode } from './rules.ts';

export interface Wish {
  /** Login of the supervisor, and the phone that is to ring. */
  by: string;
  extension: string;
  agent: string;
  mode: Mode;
  code: string;
  words: string;
}

export interface SupervisionTickets {
  issue(wish: Wish): Promise<string>;
  /** What a ticket stands for; undefined for one that is not known, or has had its time. */
  find(ticket: string): Wish | undefined;
  /** It was used, or is of no use any more. */
  forget(ticket: string): Promise<void>;
}

const GOOD_MS = 45_000;
const PREFIX = 'supervision-';

/** Opens the tickets; those of an earlier daemon are removed: nobody knows any more what was asked for. */
export async function openTickets(folder: string, now: () => Date): Promise<SupervisionTickets> {
  const wishes = new Map<string, { wish: Wish; until: number }>();
  const path = (ticket: string) => join(folder, PREFIX + ticket);
  const remove = (ticket: string) => rm(path(ticket), { force: true });
  const names = await readdir(folder).catch(() => []);
  for (const name of names) if (name.startsWith(PREFIX)) await rm(join(folder, name), { force: true });

  async function sweep(): Promise<void> {
    for (const [ticket, { until }] of wishes)
      if (until <= now().getTime()) {
        wishes.delete(ticket);
        await remove(ticket);
      }
  }
  return {
    async issue(wish) {
      await sweep();
      let ticket: string;
      do ticket = String(randomInt(100_000_000, 999_999_999));
      while (wishes.has(ticket));
      await writeFile(path(ticket), `${wish.extension} ${wish.agent} ${wish.mode} ${wish.code}`);
      // Asterisk is not of our group; nobody but the two of us enters the spool.
      await chmod(path(ticket), 0o644);
      wishes.set(ticket, { wish, until: now().getTime() + GOOD_MS });
      return ticket;
    },
    find(ticket) {
      const found = wishes.get(ticket);
      return found && found.until > now().getTime() ? found.wish : undefined;
    },
    async forget(ticket) {
      await remove(ticket);
    },
  };
}
