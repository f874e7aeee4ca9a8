// The spool: a folder in RAM that Asterisk writes to. Its files are the queue; events only say that a look is due.

import { open, readdir, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { isCallId } from '../shared/call-id.ts';
import { isMissing } from '../shared/errors.ts';
import { readIfThere } from '../shared/files.ts';
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

/** The spool in the given folder. */
export function openSpool(folder: string): Spool {
  const audioPath = (id: string) => join(folder, `${id}.raw`);
  const sheetPath = (id: string) => join(folder, `${id}.sheet`);
  const removeAudio = (id: string) => rm(audioPath(id), { force: true });
  return {
    audioPath,
    sheetPath,
    removeAudio,
    async calls() {
      const ids = (await readdir(folder)).map((name) => name.replace(/\.(sheet|raw)$/, ''));
      return [...new Set(ids)].filter(isCallId);
    },
    async readSheet(id) {
      const text = await readIfThere(sheetPath(id));
      return text === undefined ? undefined : parseSheet(id, text);
    },
    async audioBytes(id) {
      try {
        return (await stat(audioPath(id))).size;
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    async clear(id) {
      await removeAudio(id);
      await rm(sheetPath(id), { force: true });
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
