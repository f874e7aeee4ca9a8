// Is the vault there? A disk that was not mounted leaves an empty folder; recordings written there would fill the wrong
// disk and vanish with the next mount. So a vault carries its own id, and the daemon's state remembers it.

import { randomUUID } from 'node:crypto';
import { link, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { GreffierError, reasonOf } from '../shared/errors.ts';
import {
  makeFolder,
  readIfThere,
  readSmall,
  syncFolder,
  writeDurably,
  writeFlushed,
} from '../shared/files.ts';

export interface Presence {
  present(): Promise<boolean>;
  /** Throws `vault-missing` unless it is present. */
  insist(): Promise<void>;
}

/**
 * Watches over the vault in a folder. Where there never was one, it is begun.
 * @param memory file that remembers the id; without it, any vault will do
 */
export async function watchPresence(root: string, memory?: string): Promise<Presence> {
  const remembered = memory && (await readIfThere(memory))?.trim();
  const known = remembered || (await idOf(root)) || (await begin(root));
  if (memory && !remembered) await writeDurably(memory, `${known}\n`);
  const present = async () => (await idOf(root).catch(() => undefined)) === known;
  return {
    present,
    async insist() {
      if (await present()) return;
      throw new GreffierError('vault-missing', `the vault ${root} is not there, or is another one`, {
        hint: `mount its disk: findmnt ${root}; recordings wait in memory meanwhile`,
        status: 503,
      });
    },
  };
}

async function idOf(root: string): Promise<string | undefined> {
  const text = (await readSmall(join(root, 'vault.json')))?.toString();
  if (text === undefined) return undefined;
  try {
    return String(JSON.parse(text).id);
  } catch (cause) {
    throw new GreffierError('bad-vault', `${join(root, 'vault.json')} is not JSON: ${reasonOf(cause)}`, {
      cause,
    });
  }
}

/** Two processes may begin it at the same moment: the first one's id is the vault's. */
async function begin(root: string): Promise<string | undefined> {
  await makeFolder(root);
  const file = join(root, 'vault.json');
  const own = join(root, `vault.json.${randomUUID()}`);
  await writeFlushed(own, `${JSON.stringify({ format: 'greffier-vault-1', id: randomUUID() })}\n`);
  try {
    await link(own, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await rm(own);
  }
  await syncFolder(root);
  return idOf(root);
}
