// All holds of a vault, read from their signed events. What cannot be believed holds on (fail closed): a damaged hold does
// not end, and when nobody can tell what one holds, nothing is destroyed at all.

import { GreffierError, reasonOf } from '../shared/errors.ts';
import { type HoldEvent, readHoldEvent } from './event.ts';
import { type Hold, heldUntil, holdOf } from './hold.ts';

/** What the book needs of the vault. */
export interface HoldFiles {
  all(): Promise<{ hold: string; number: number; bytes: Buffer; signature: string }[]>;
  version(): Promise<string | undefined>;
}

export interface HoldBook {
  /** All holds, those that are over too, oldest first. */
  all(): Promise<Hold[]>;
  /**
   * Until when a recording is held: the end of the hold that lasts longest; null when none does.
   * Throws `holds-unreadable` when it cannot be told what a hold is about.
   */
  until(recording: string, at: Date): Promise<string | null>;
}

export type WhyBad = (content: Uint8Array, signature: string) => Promise<string | undefined>;

interface Read {
  holds: Hold[];
  byRecording: Map<string, Hold[]>;
  /** Holds of which nobody can tell what they are about. */
  unreadable: string[];
}

/** Opens the book. It is read again whenever the files have changed. */
export function openHoldBook(files: HoldFiles, whyBad: () => Promise<WhyBad>): HoldBook {
  let known: { version: string; read: Read } | undefined;

  async function read(): Promise<Read> {
    const version = await files.version();
    if (known && version !== undefined && known.version === version) return known.read;
    const found = await readAll(files, await whyBad());
    known = version === undefined ? undefined : { version, read: found };
    return found;
  }

  return {
    all: async () => (await read()).holds,
    async until(recording, at) {
      const { byRecording, unreadable } = await read();
      if (unreadable.length) throw holdsUnreadable(unreadable);
      const ends = (byRecording.get(recording) ?? []).flatMap((hold) => heldUntil(hold, at) ?? []);
      return ends.sort().at(-1) ?? null;
    },
  };
}

async function readAll(files: HoldFiles, whyBad: WhyBad): Promise<Read> {
  const events = Map.groupBy(await files.all(), ({ hold }) => hold);
  const result: Read = { holds: [], byRecording: new Map(), unreadable: [] };
  for (const [id, list] of events) {
    const believed: HoldEvent[] = [];
    let damage: string | null = null;
    for (const { number, bytes, signature } of list.sort((a, b) => a.number - b.number)) {
      try {
        const bad = await whyBad(bytes, signature);
        if (bad) throw new Error(bad);
        if (number !== believed.length + 1) throw new Error(`event ${believed.length + 1} is missing`);
        believed.push(readHoldEvent(bytes));
      } catch (error) {
        damage ??= `event ${number}: ${reasonOf(error)}`;
      }
    }
    const hold = holdOf(believed, damage);
    if (!hold) result.unreadable.push(id);
    else {
      result.holds.push(hold);
      for (const recording of hold.recordings)
        result.byRecording.set(recording.id, [...(result.byRecording.get(recording.id) ?? []), hold]);
    }
  }
  result.holds.sort((a, b) => (a.placedAt < b.placedAt ? -1 : 1));
  return result;
}

function holdsUnreadable(ids: string[]): GreffierError {
  return new GreffierError(
    'holds-unreadable',
    `nobody can tell what is held by ${ids.join(', ')}: nothing is destroyed`,
    {
      hint: 'bring vault/holds back from a backup',
      status: 503,
    },
  );
}
