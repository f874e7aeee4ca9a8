// All holds of a vault, read from their signed events. What cannot be believed holds on (fail closed): a damaged hold does
// not end by itself, and when nobody can tell what one holds, nothing is destroyed at all.

import { hash } from 'node:crypto';
import { GreffierError, reasonOf } from '../shared/errors.ts';
import { type HoldEvent, readHoldEvent } from './event.ts';
import { type Hold, heldUntil, holdOf } from './hold.ts';

export interface HoldFile {
  hold: string;
  number: number;
  bytes: Buffer;
  signature: string;
}

/** What the book needs of the vault. */
export interface HoldFiles {
  all(): Promise<HoldFile[]>;
  version(): Promise<string | undefined>;
}

export interface HoldBook {
  /**
   * All holds, those that are over too, oldest first.
   * @param again reads them anew, so that a file which was changed where it lies is found too
   */
  all(again?: boolean): Promise<Hold[]>;
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
}

/** Opens the book. It is read again whenever the files have changed. */
export function openHoldBook(files: HoldFiles, whyBad: () => Promise<WhyBad>): HoldBook {
  let known: { version: string; read: Read } | undefined;

  async function read(again = false): Promise<Read> {
    const version = await files.version();
    if (!again && known && version !== undefined && known.version === version) return known.read;
    const found = await readAll(files, await whyBad());
    known = version === undefined ? undefined : { version, read: found };
    return found;
  }

  return {
    all: async (again) => (await read(again)).holds,
    async until(recording, at) {
      const { byRecording, holds } = await read();
      const unreadable = holds.filter((hold) => hold.everything && heldUntil(hold, at) !== null);
      if (unreadable.length) throw holdsUnreadable(unreadable.map(({ id }) => id));
      const ends = (byRecording.get(recording) ?? []).flatMap((hold) => heldUntil(hold, at) ?? []);
      return ends.sort().at(-1) ?? null;
    },
  };
}

async function readAll(files: HoldFiles, whyBad: WhyBad): Promise<Read> {
  const read: Read = { holds: [], byRecording: new Map() };
  for (const [id, list] of Map.groupBy(await files.all(), ({ hold }) => hold)) {
    const hold = await readOne(
      id,
      list.sort((a, b) => a.number - b.number),
      whyBad,
    );
    read.holds.push(hold);
    for (const recording of hold.recordings)
      read.byRecording.set(recording.id, [...(read.byRecording.get(recording.id) ?? []), hold]);
  }
  read.holds.sort((a, b) => (a.placedAt < b.placedAt ? -1 : 1));
  return read;
}

/** An event counts when it is signed, and of this hold and this place; one that is missing is a damage all the same. */
async function readOne(id: string, list: HoldFile[], whyBad: WhyBad): Promise<Hold> {
  const [events, faults]: [HoldEvent[], string[]] = [[], []];
  let previous: string | null = null;
  for (const [at, { number, bytes, signature }] of list.entries()) {
    try {
      const bad = await whyBad(bytes, signature);
      if (bad) throw new Error(bad);
      const event = readHoldEvent(bytes);
      if (event.hold !== id) throw new Error(`it is of hold ${event.hold}`);
      if (event.number !== number) throw new Error(`it is event ${event.number}`);
      events.push(event);
      if (number !== at + 1 || (event.event === 'placed') !== (at === 0))
        faults.push(`event ${at + 1} is missing`);
      else if (event.previous !== previous) faults.push(`event ${number} follows on another one`);
    } catch (error) {
      faults.push(`event ${number}: ${reasonOf(error)}`);
    }
    previous = hash('sha256', bytes);
  }
  return holdOf(id, events, faults.length ? faults.join('; ') : null);
}

function holdsUnreadable(ids: string[]): GreffierError {
  return new GreffierError(
    'holds-unreadable',
    `nobody can tell what is held by ${ids.join(', ')}: nothing is destroyed`,
    {
      hint: 'bring vault/holds back from a backup, or have two people release it',
      status: 503,
    },
  );
}
