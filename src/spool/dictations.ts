// Dictations in the spool: what a phone has recorded as an announcement (dialplan/75-dictation.conf). They are no
// calls: nothing of the calls' path looks at them.
//
//   dictation-<id>-<call>.wav   what one call has recorded last
//   dictation-<id>.kept         "<call> <extension>": that call has kept it

import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isCallId } from '../shared/call-id.ts';
import { GreffierError, isMissing, reasonOf } from '../shared/errors.ts';
import { readIfThere } from '../shared/files.ts';

export interface Kept {
  call: string;
  extension: string;
}

export interface Dictation {
  /** Who has kept a recording; undefined as long as nobody has. The first one counts. */
  kept(): Promise<Kept | undefined>;
  /** When something was last recorded; undefined when nothing was. */
  recordedAt(): Promise<Date | undefined>;
  /** The recording that was kept: WAV. */
  audio(kept: Kept): Promise<Buffer>;
  /** Removes all its files. */
  clear(): Promise<void>;
}

/** Nobody speaks for that long after the code has expired. */
const STALE_MS = 10 * 60_000;

/** A dictation of the given name. */
export function openDictation(folder: string, id: string): Dictation {
  const files = async () => (await dictationFiles(folder)).filter((name) => idOf(name) === id);
  return {
    async kept() {
      const text = await readIfThere(join(folder, `dictation-${id}.kept`));
      const [, call = '', extension = ''] = /^(\S+) (\d+)\n/.exec(text ?? '') ?? [];
      return isCallId(call) ? { call, extension } : undefined;
    },
    async recordedAt() {
      const takes = (await files()).filter((name) => name.endsWith('.wav'));
      const times = await Promise.all(takes.map((name) => changeOf(join(folder, name))));
      const latest = Math.max(...times);
      return latest > 0 ? new Date(latest) : undefined;
    },
    audio: ({ call }) => readFile(join(folder, `dictation-${id}-${call}.wav`)),
    async clear() {
      for (const name of await files()) await rm(join(folder, name), { force: true });
    },
  };
}

/**
 * Removes what dictations have left whose program was killed.
 * @param live names of those whose code still holds
 * Throws `no-spool` when the spool cannot be read.
 */
export async function sweepDictations(folder: string, live: string[], now: Date): Promise<void> {
  for (const name of await dictationFiles(folder)) {
    const path = join(folder, name);
    const stale = now.getTime() - (await changeOf(path)) > STALE_MS;
    if (stale && !live.includes(idOf(name) ?? '')) await rm(path, { force: true });
  }
}

async function dictationFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((cause) => {
    throw new GreffierError('no-spool', `the spool ${folder} cannot be read: ${reasonOf(cause)}`, {
      hint: 'systemctl status var-spool-greffier.mount',
      cause,
    });
  });
  return names.filter((name) => idOf(name) !== undefined);
}

function idOf(name: string): string | undefined {
  return /^dictation-([a-z0-9]+)[.-]/.exec(name)?.[1];
}

async function changeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if (isMissing(error)) return 0;
    throw error;
  }
}
