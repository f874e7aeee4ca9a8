// Who did what, when and why. The entry is on disk before the effect takes place; when it cannot be written, the effect
// does not take place (C30). It names recordings by id and people by their login, never a caller.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../shared/clock.ts';
import { GreffierError, isMissing } from '../shared/errors.ts';
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
  /** Reason code, where there is a list of them (why somebody listens). */
  code?: string;
  /** Id of what the action is about besides a recording: an approval, a hold, a request of the rights desk, an extract. */
  subject?: string;
}

export interface AuditJournal {
  /** Returns once the entry is on disk. Throws `audit-unavailable`. */
  write(entry: Omit<AuditEntry, 'at'>): Promise<void>;
  /** Several entries, all on disk by one flush. Throws `audit-unavailable`: then none of their effects may take place. */
  writeAll(entries: Omit<AuditEntry, 'at'>[]): Promise<void>;
  entries(): Promise<AuditEntry[]>;
  /** The lines as they are on disk, without their ends. One that is not ended yet is none. */
  lines(): Promise<Buffer[]>;
}

/** Opens the journal in the given folder. */
export async function openAudit(folder: string, clock: Clock): Promise<AuditJournal> {
  await makeFolder(folder);
  const file = join(folder, 'audit.jsonl');
  async function writeAll(entries: Omit<AuditEntry, 'at'>[]): Promise<void> {
    const at = clock().toISOString();
    const lines = entries.map((entry) => JSON.stringify({ at, ...entry }));
    try {
      if (lines.length) await appendDurably(file, lines.join('\n'));
    } catch (cause) {
      throw new GreffierError('audit-unavailable', 'the audit log cannot be written, so nothing is played', {
        hint: 'free space on the disk of the audit log',
        status: 503,
        cause,
      });
    }
  }
  return {
    write: (entry) => writeAll([entry]),
    writeAll,
    entries: () => readJsonLines<AuditEntry>(file),
    async lines() {
      try {
        return splitLines(await readFile(file));
      } catch (error) {
        if (isMissing(error)) return [];
        throw error;
      }
    },
  };
}

function splitLines(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let from = 0, end = bytes.indexOf(10); end >= 0; from = end + 1, end = bytes.indexOf(10, from))
    lines.push(bytes.subarray(from, end));
  return lines;
}
