// The spool: a folder in RAM that Asterisk writes to. Its files are the queue; events only say that a look is due.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { open, readdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { isCallId } from '../shared/call-id.ts';
import { isMissing } from '../shared/errors.ts';
import { parseSheet, type Sheet } from './sheet.ts';

export interface Spool {
  /** Path of the clear audio of a call; nobody but the sealing reads it. */
  audioPath(id: string): string;
  sheetPath(id: string): string;
  /** Ids of all calls that have left something in the spool. */
  calls(): Promise<string[]>;
  readSheet(id: string): Promise<Sheet | undefined>;
  /** Bytes of clear audio captured so far; undefined when no capture was begun. */
  audioBytes(id: string): Promise<number | undefined>;
  /** Removes the audio first, then the sheet: after a crash in between, the sheet still says what became of it. */
  clear(id: string): Promise<void>;
  removeAudio(id: string): Promise<void>;
  usage(): Promise<{ files: number; bytes: number; capacityBytes: number }>;
  /** Says to the dialplan that there is no room for a capture, or that there is again. */
  setFull(full: boolean): Promise<void>;
}

/** In memory: to look there and to read waits for no disk, and to hand it to a thread would cost ten times as much. */
function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** The spool in the given folder. */
export function openSpool(folder: string): Spool {
  const audioPath = (id: string) => join(folder, `${id}.raw`);
  const sheetPath = (id: string) => join(folder, `${id}.sheet`);
  // A call is looked at every few seconds; its sheet says something new a few times.
  const sheets = new Map<string, { version: string; sheet: Sheet }>();
  const look = (path: string) => statSync(path, { throwIfNoEntry: false });
  const removeAudio = (id: string) => rm(audioPath(id), { force: true });
  return {
    audioPath,
    sheetPath,
    removeAudio,
    async calls() {
      const ids = new Set(readdirSync(folder).map((name) => name.replace(/\.(sheet|raw)$/, '')));
      // A sheet names who called: it is not remembered longer than it is there.
      for (const id of sheets.keys()) if (!ids.has(id)) sheets.delete(id);
      return [...ids].filter(isCallId);
    },
    async readSheet(id) {
      const found = look(sheetPath(id));
      const version = found && `${found.ino} ${found.size} ${found.mtimeMs}`;
      const known = sheets.get(id);
      if (known && known.version === version) return known.sheet;
      sheets.delete(id);
      const text = found && textOf(sheetPath(id));
      if (version === undefined || text === undefined) return undefined;
      const sheet = parseSheet(id, text);
      // Read after the look: it may be of a later version, and is then read once more.
      sheets.set(id, { version, sheet });
      return sheet;
    },
    audioBytes: async (id) => look(audioPath(id))?.size,
    async clear(id) {
      await removeAudio(id);
      await rm(sheetPath(id), { force: true });
      sheets.delete(id);
    },
    async setFull(full) {
      if (full) await (await open(join(folder, 'full'), 'a', 0o640)).close();
      else await rm(join(folder, 'full'), { force: true });
    },
    async usage() {
      const [names, space] = await Promise.all([readdir(folder), statfs(folder)]);
      return {
        files: names.length,
        bytes: (space.blocks - space.bfree) * space.bsize,
        capacityBytes: space.blocks * space.bsize,
      };
    },
  };
}
