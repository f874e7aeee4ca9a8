// Who did what, when and why. The entry is on disk before the effect takes place; when it cannot be written, the effect
// does not take place (C30). It names recordings by id and people by their login, never a caller.

import { join } from 'node:path';
import type { Clock } from '../shared/clock.ts';
import { GreffierError } from '../shared/errors.ts';
import { appendDurably, makeFolder, readJsonLines } from '../shared/files.ts';

export interface AuditEntry {
  at: string;
  /** Login, or `system`. */
  actor: string;
  /** log-in, log-in-refused, log-out, play, export, purge, … */
  action: string;
  recording?: string;
  reason?: string;
  from?: string;
}

export interface AuditJournal {
  /** Returns once the entry is on disk. Throws `audit-unavailable`. */
  write(entry: Omit<AuditEntry, 'at'>): Promise<void>;
  entries(): Promise<AuditEntry[]>;
}

/** Opens the journal in the given folder. */
export async function openAudit(folder: string, clock: Clock): Promise<AuditJournal> {
  await makeFolder(folder);
  const file = join(folder, 'audit.jsonl');
  return {
    async write(entry) {
      try {
        await appendDurably(file, JSON.stringify({ at: clock().toISOString(), ...entry }));
      } catch (cause) {
        throw new GreffierError(
          'audit-unavailable',
          'the audit log cannot be written, so nothing is played',
          {
            hint: 'free space on the disk of the audit log',
            status: 503,
            cause,
          },
        );
      }
    },
    entries: () => readJsonLines<AuditEntry>(file),
  };
}
