// lowdb over a file that survives a power cut and is never trusted unread. lowdb's own adapter neither flushes nor
// checks; this one writes durably, keeps the last good copy beside, and falls back on it without overwriting the
// damaged file.

import { createHash } from 'node:crypto';
import { copyFile } from 'node:fs/promises';
import { type Adapter, Low } from 'lowdb';
import { GreffierError, isMissing, reasonOf } from './errors.ts';
import { readIfThere, writeDurably } from './files.ts';
import { createQueue } from './in-order.ts';
import { whileLocked } from './lock.ts';

export interface SettingsFile<T> {
  readonly data: T;
  /** Why the last good copy is in use instead of the file; undefined when the file is sound. */
  readonly damage: string | undefined;
  /**
   * Changes the data once the change is on disk; a change that cannot be written is not in force. Changes that overlap
   * are made one after the other. Throws `settings-damaged` while the file needs a cure.
   */
  update(change: (data: T) => void): Promise<void>;
  /** Reads the file again: another process may have changed it. What cannot be used does not come into force. */
  reload(): Promise<'same' | 'changed' | 'damaged'>;
  /**
   * Does work that ends in replacing all data, while nobody else does. Throws `busy` when somebody else is at it,
   * `settings-changed` when the file is no longer the one that was read, and `settings-damaged`: nothing is lost.
   */
  exclusively<R>(work: (replace: (data: T) => Promise<void>) => Promise<R>): Promise<R>;
}

/**
 * Opens a JSON file of settings.
 * @param check returns the value typed, or throws with every fault; it runs on what is read and on what is written
 * @param initial taken over, and written, when there is no file yet
 * Throws the check's error when neither the file nor its last good copy can be used. The files are left as they are.
 */
export async function openSettings<T>(
  path: string,
  check: (value: unknown) => T,
  initial: () => Promise<T>,
): Promise<SettingsFile<T>> {
  let damage: string | undefined;
  let version = '';
  let inForce: T | undefined;
  const adapter: Adapter<T> = {
    async read() {
      const text = await readIfThere(path);
      // At the first start there is nothing; later on, a file that is gone is a damaged one.
      if (text === undefined && inForce === undefined) return null;
      version = hashOf(text);
      try {
        inForce = check(parse(text ?? '', path));
        damage = undefined;
      } catch (error) {
        damage = reasonOf(error);
        inForce ??= await lastGood(error);
      }
      return inForce;
    },
    async write(data) {
      const checked = check(data);
      await copyFile(path, `${path}.bak`).catch((error) => {
        if (!isMissing(error)) throw error;
      });
      const text = `${JSON.stringify(data, null, 2)}\n`;
      await writeDurably(path, text);
      version = hashOf(text);
      inForce = checked;
    },
  };
  async function lastGood(fault: unknown): Promise<T> {
    const text = await readIfThere(`${path}.bak`);
    if (text === undefined) throw fault;
    return check(parse(text, `${path}.bak`));
  }
  const low = new Low<T | null>(adapter as Adapter<T | null>, null);
  const write = async (data: T) => {
    await adapter.write(data);
    low.data = inForce as T;
  };
  const refuseDamage = () => {
    if (!damage) return;
    throw new GreffierError('settings-damaged', `${path} is damaged: ${damage}`, {
      hint: `correct it, or copy ${path}.bak over it, and start the daemon again`,
      status: 409,
    });
  };
  await low.read();
  if (low.data === null) {
    await write(check(await initial()));
    await copyFile(path, `${path}.bak`);
  }
  const inOrder = createQueue();
  return {
    get data() {
      return low.data as T;
    },
    get damage() {
      return damage;
    },
    async update(change) {
      refuseDamage();
      await inOrder(async () => {
        const changed = structuredClone(low.data) as T;
        change(changed);
        await write(changed);
      });
    },
    reload() {
      return inOrder(async () => {
        const before = version;
        await low.read();
        return damage ? 'damaged' : version === before ? 'same' : 'changed';
      });
    },
    exclusively: (work) =>
      whileLocked(`${path}.lock`, 0, async () => {
        refuseDamage();
        if (hashOf(await readIfThere(path)) !== version) throw changedMeanwhile(path);
        return work((data) => inOrder(() => write(data)));
      }),
  };
}

function hashOf(text: string | undefined): string {
  return text === undefined ? '' : createHash('sha256').update(text).digest('hex');
}

function changedMeanwhile(path: string): GreffierError {
  return new GreffierError('settings-changed', `${path} was changed meanwhile`, {
    hint: 'look at what has changed, then try again',
    status: 409,
  });
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new GreffierError('bad-settings', `${path} is not JSON: ${reasonOf(cause)}`, {
      hint: `correct it, or copy ${path}.bak over it`,
      cause,
    });
  }
}
