// Asterisk's own account of its channels, written by cel_custom: that they began, were answered and ended. It holds no
// number and no name; greffier reconcile compares it with the call records.

import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { GreffierError, isMissing } from '../shared/errors.ts';

export interface CelEvent {
  /** CHAN_START, ANSWER, HANGUP or LINKEDID_END. */
  event: string;
  at: Date;
  uniqueId: string;
  /** All channels of one call share it. */
  linkedId: string;
  /** What the channel is: its technology (PJSIP, Local, …) or the dialplan's context in which it began. */
  origin: string;
}

const CELL = /"((?:[^"]|"")*)"|([^,"]*)/y;

/** Parses the events. A line that is not of the form (a write that a crash cut short) is left out. */
export function parseCel(text: string): CelEvent[] {
  return text.split('\n').flatMap((line) => {
    const [event = '', time = '', uniqueId = '', linkedId = '', origin, ...more] = cellsOf(line);
    if (origin === undefined || more.length > 0 || !/^\d+(\.\d+)?$/.test(time)) return [];
    return [{ event, at: new Date(Math.floor(Number(time) * 1000)), uniqueId, linkedId, origin }];
  });
}

/**
 * Reads the file and those that it was rotated into (`.1`, `.2`, …), oldest first. Throws `no-cel` when there is none:
 * then nothing can be said of Asterisk's side; and `bad-cel` when no line of it can be read.
 */
export async function readCel(path: string): Promise<CelEvent[]> {
  const names = await readdir(dirname(path)).catch((cause) => {
    throw missing(path, cause);
  });
  const age = (name: string) => Number(name.slice(basename(path).length + 1) || 0);
  const files = names
    .filter((name) => name === basename(path) || /^\.\d+$/.test(name.replace(basename(path), '')))
    .sort((one, other) => age(other) - age(one));
  if (files.length === 0) throw missing(path);
  const texts = await Promise.all(files.map((name) => readFile(join(dirname(path), name), 'utf8')));
  const events = texts.flatMap(parseCel);
  // Read wrongly, an event log tells of no call, and then nothing would ever drift.
  if (events.length === 0 && texts.some((text) => text.includes('\n')))
    throw new GreffierError('bad-cel', `no line of ${path} is an event as cel_custom is told to write them`);
  return events;
}

function cellsOf(line: string): string[] {
  const cells: string[] = [];
  for (let at = 0; at <= line.length; ) {
    CELL.lastIndex = at;
    const match = CELL.exec(line);
    if (!match) return [];
    cells.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    at = CELL.lastIndex + 1;
    if (at <= line.length && line[at - 1] !== ',') return [];
  }
  return cells;
}

function missing(path: string, cause?: unknown): GreffierError {
  const why = cause === undefined || isMissing(cause) ? 'there is no event log' : 'cannot read the event log';
  return new GreffierError('no-cel', `${why} at ${path}`, {
    hint: 'Asterisk writes it by cel_custom, for the group greffier to read; run the playbook',
    cause,
  });
}
