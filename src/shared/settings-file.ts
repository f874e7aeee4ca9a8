// lowdb over a file that survives a power cut and is never trusted unread. lowdb's own adapter neither flushes nor
// checks; this one writes durably, keeps the last good copy beside, and falls back on it without overwriting the
// damaged file.

import { copyFile } from 'node:fs/promises';
import { type Adapter, Low } from 'lowdb';
import { GreffierError, isMissing, reasonOf } from './errors.ts';
import { readIfThere, writeDurably } from './files.ts';
import { createQueue } from './in-order.ts';

export interface SettingsFile<T> {
  readonly data: T;
  /** Why the last good copy is in use instead of the file; undefined when the file is sound. */
  readonly damage: string | undefined;
  /**
   * Changes the data once the change is on disk; a change that cannot be written is not in force. Changes that overlap
   * are made one after the other. Throws `settings-damaged` while the file needs a cure.
   */
  update(change: (data: T) => void): Promise<void>;
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
  const adapter: Adapter<T> = {
    async read() {
      const text = await readIfThere(path);
      if (text === undefined) return null;
      try {
        return check(parse(text, path));
      } catch (error) {
        damage = reasonOf(error);
        const lastGood = await readIfThere(`${path}.bak`);
        if (lastGood === undefined) throw error;
        return check(parse(lastGood, `${path}.bak`));
      }
    },
    async write(data) {
      check(data);
      await copyFile(path, `${path}.bak`).catch((error) => {
        if (!isMissing(error)) throw error;
      });
      await writeDurably(path, `${JSON.stringify(data, null, 2)}\n`);
    },
  };
  const low = new Low<T | null>(adapter as Adapter<T | null>, null);
  await low.read();
  if (low.data === null) {
    low.data = check(await initial());
    await low.write();
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
      if (damage) {
        throw new GreffierError('settings-damaged', `${path} is damaged: ${damage}`, {
          hint: `correct it, or copy ${path}.bak over it, and start the daemon again`,
          status: 409,
        });
      }
      await inOrder(async () => {
        const changed = structuredClone(low.data) as T;
        change(changed);
        await adapter.write(changed);
        low.data = changed;
      });
    },
  };
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
