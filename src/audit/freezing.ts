// While an incident is looked into, the log goes on and nothing of it goes (C33).

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../shared/clock.ts';
import { GreffierError } from '../shared/errors.ts';
import { readIfThere, writeDurably } from '../shared/files.ts';

export interface Freezing {
  /** Keeps the log from being pruned or erased. One that is frozen stays as it is. */
  freeze(reason: string): Promise<void>;
  unfreeze(): Promise<void>;
  frozen(): Promise<{ at: string; reason: string } | undefined>;
  /** Throws `audit-frozen`. */
  insistNotFrozen(): Promise<void>;
}

/** The freezing of the log in that folder. */
export function freezingOf(folder: string, clock: Clock): Freezing {
  const path = join(folder, 'frozen');
  const frozen = async () => {
    const text = await readIfThere(path);
    return text === undefined ? undefined : (JSON.parse(text) as { at: string; reason: string });
  };
  return {
    frozen,
    async freeze(reason) {
      if (await frozen()) return;
      await writeDurably(path, JSON.stringify({ at: clock().toISOString(), reason }));
    },
    unfreeze: () => rm(path, { force: true }),
    async insistNotFrozen() {
      const found = await frozen();
      if (!found) return;
      throw new GreffierError('audit-frozen', `the audit log is frozen since ${found.at}: ${found.reason}`, {
        hint: 'greffier incident close ends it',
        status: 409,
      });
    },
  };
}
