// What a person has to mend. Alarms are on disk, in the journal at level error and on the health page; the same alarm
// for the same cause is raised once in ten minutes, so that a broken announcement does not bury the rest.

import { randomUUID } from 'node:crypto';
import { appendFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../shared/clock.ts';
import { appendDurably, makeFolder, readJsonLines } from '../shared/files.ts';
import type { Logger } from '../shared/logger.ts';

export interface Alarm {
  id: string;
  at: string;
  /** Stable: announcement.failed, recording.no-recipient, sealing.failed, settings.damaged, … */
  code: string;
  message: string;
  call?: string;
}

export interface Alarms {
  /** Never throws: a disk that is full is no reason for a call to suffer. */
  raise(code: string, message: string, call?: string): Promise<void>;
  /** Newest first. */
  latest(count: number): Promise<Alarm[]>;
}

const QUIET_MS = 10 * 60_000;

/**
 * Opens the alarms in the given folder.
 * @param memory folder in RAM: an alarm that the disk is full has to be seen although the disk is full
 */
export async function openAlarms(
  folder: string,
  clock: Clock,
  log: Logger,
  memory?: string,
): Promise<Alarms> {
  await makeFolder(folder);
  const file = join(folder, 'alarms.jsonl');
  const beside = memory && join(memory, 'alarms.jsonl');
  const raised = new Map<string, number>();

  async function keep(line: string): Promise<void> {
    try {
      // What had to wait in memory goes first.
      for (const earlier of await waiting()) await appendDurably(file, JSON.stringify(earlier));
      if (beside) await rm(beside, { force: true });
      await appendDurably(file, line);
    } catch (error) {
      log.error({ error }, 'an alarm is not on disk');
      if (beside) await appendFile(beside, `${line}\n`, { mode: 0o640 }).catch(() => {});
    }
  }

  const waiting = async () => (beside ? readJsonLines<Alarm>(beside) : []);
  return {
    async raise(code, message, call) {
      // An alarm of a call is a fact of that call and stands by itself.
      const cause = `${code} ${call ?? message}`;
      const now = clock().getTime();
      if (now - (raised.get(cause) ?? -QUIET_MS) < QUIET_MS) return;
      raised.set(cause, now);
      const alarm: Alarm = {
        id: randomUUID(),
        at: clock().toISOString(),
        code,
        message,
        ...(call && { call }),
      };
      log.error({ alarm: code, call }, message);
      await keep(JSON.stringify(alarm));
    },
    async latest(count) {
      return [...(await readJsonLines<Alarm>(file)), ...(await waiting())].slice(-count).reverse();
    },
  };
}
