// Public keys that were offered in the browser, and that root lays where recordings find their recipients. The daemon
// cannot write there, on purpose: files are the queue, and a unit of systemd that sees them runs `greffier keys lay`.

import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { GreffierError, isMissing } from '../shared/errors.ts';
import { makeFolder, readIfThere, syncFolder, writeDurably } from '../shared/files.ts';
import type { Place } from './places.ts';

export interface Offer {
  /** Null for the recovery key. */
  group: string | null;
  fingerprint: string;
  armored: string;
  at: string;
  /** Login of whoever offers it. */
  by: string;
}

/** The offers below the folder of all keys. */
export function offeredKeys(folder: string) {
  const root = join(folder, 'offered');
  const path = ({ group, fingerprint }: Offer) =>
    join(root, `${group === null ? 'recovery' : `group-${group}`}.${fingerprint}.json`);
  return {
    /** Keeps an offer; the same one twice is one. */
    async put(offer: Offer): Promise<void> {
      await makeFolder(root);
      await writeDurably(path(offer), `${JSON.stringify(offer)}\n`);
    },
    async all(): Promise<Offer[]> {
      const files = await readdir(root).catch((error) => {
        if (isMissing(error)) return [];
        throw error;
      });
      const texts = files.filter((file) => file.endsWith('.json')).sort();
      const read = await Promise.all(texts.map((file) => readIfThere(join(root, file))));
      return read.filter((text) => text !== undefined).map((text) => JSON.parse(text) as Offer);
    },
    /** Laid or refused: either way it is dealt with. */
    async take(offer: Offer): Promise<void> {
      await rm(path(offer), { force: true });
      await syncFolder(root);
    },
  };
}

/**
 * Throws `key-in-force` when the place has a key that recordings are sealed to. By the web a key is only ever the first of
 * its place: one beside it or instead of it would let others open what was not meant for them, and is for whoever has the
 * shell (import, rotate).
 */
export function insistOnEmpty(place: Pick<Place, 'group' | 'keys'> | undefined): void {
  const fit = place?.keys.find(({ unfit }) => !unfit);
  if (!fit) return;
  throw new GreffierError(
    'key-in-force',
    `${place?.group === undefined ? 'the recovery' : `group ${place.group}`} has key ${fit.fingerprint} already`,
    { hint: 'replace it by a rotation: greffier keys rotate', status: 409 },
  );
}
