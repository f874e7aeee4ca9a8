// Is the vault there? A disk that was not mounted leaves an empty folder; recordings written there would fill the wrong
// disk and vanish with the next mount. So a vault carries its own id, and the daemon's state remembers it.

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { GreffierError, reasonOf } from '../shared/errors.ts';
import { makeFolder, readIfThere, writeDurably } from '../shared/files.ts';

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
  const text = await readIfThere(join(root, 'vault.json'));
  if (text === undefined) return undefined;
  try {
    return String(JSON.parse(text).id);
  } catch (cause) {
    throw new GreffierError('bad-vault', `${join(root, 'vault.json')} is not JSON: ${reasonOf(cause)}`, {
      cause,
    });
  }
}

async function begin(root: string): Promise<string> {
  const id = randomUUID();
  await makeFolder(root);
  await writeDurably(join(root, 'vault.json'), `${JSON.stringify({ format: 'greffier-vault-1', id })}\n`);
  return id;
}
