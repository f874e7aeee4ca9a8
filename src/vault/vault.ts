// The vault: one folder per recording, by UTC day, readable by a stranger with gpg and a text editor.
//
//   2026/11/22/<id>/  manifest.json  manifest.json.asc  header.pgp  body.pgp  details.pgp
//   tombstones/2026/11/<id>.json  <id>.json.asc
//   calls/2026/11/22/<id>.json         the record of each call, recorded or not
//   holds/<hold>.0001.placed.json      legal holds: hold-events.ts
//   incoming/<id>/                     being sealed: incoming.ts
//   vault.json                         which vault this is: presence.ts
//
// A recording appears all at once: its folder is renamed into place when every file in it is on disk. An object store
// can take the place of this folder.

import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, rmdir, stat, statfs, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  makeFolder,
  readIfThere,
  readSmall,
  syncFolder,
  writeAllDurably,
  writeFlushed,
} from '../shared/files.ts';
import { aloneIn } from './alone.ts';
import { type CallRecordStore, callRecordStore } from './call-records.ts';
import { absent, dayParts } from './days.ts';
import { type HeaderStore, headerStore } from './headers.ts';
import { type HoldEventStore, holdEventStore } from './hold-events.ts';
import { type Arriving, arrivingIn, SCAFFOLDING } from './incoming.ts';
import { walkRecordings, walkTombstones } from './listing.ts';
import { watchPresence } from './presence.ts';
import { shredFile } from './shred.ts';

/** Names of the files of a recording. header + body, and header + details, are each one ordinary OpenPGP message. */
export const FILES = {
  header: 'header.pgp',
  /** While a rotation lasts: the header before it, and one that is being written. */
  previous: 'header.previous.pgp',
  next: 'header.next.pgp',
  body: 'body.pgp',
  details: 'details.pgp',
  manifest: 'manifest.json',
  signature: 'manifest.json.asc',
} as const;

export type Part = keyof typeof FILES;

export interface Vault {
  readonly calls: CallRecordStore;
  readonly headers: HeaderStore;
  /** What must not be destroyed for the time being (C24). */
  readonly holds: HoldEventStore;
  /** What is being sealed. */
  readonly arriving: Arriving;
  /** Whether the disk with the vault is there. Everything that writes throws `vault-missing` when it is not. */
  present(): Promise<boolean>;
  /** An empty folder to seal into. What a crash left there before is removed. */
  incoming(id: string): Promise<string>;
  /** Lays the manifest and its signature into the incoming folder. */
  putManifest(id: string, manifest: Uint8Array, signature: string): Promise<void>;
  /** Makes the sealed recording appear, durably. Its place is its day (UTC). */
  admit(id: string, day: Date): Promise<void>;
  discard(id: string): Promise<void>;
  has(id: string, day: Date): Promise<boolean>;
  read(id: string, day: Date, part: Part): Promise<Buffer | undefined>;
  stream(id: string, day: Date, part: Part): NodeJS.ReadableStream;
  sizes(id: string, day: Date): Promise<Record<string, number>>;
  /** Destroys one file: overwritten where it lies, and unlinked. Nothing to do when it is gone. */
  shred(id: string, day: Date, part: Part): Promise<void>;
  /** Removes what is left of a recording's folder. */
  removeFolder(id: string, day: Date): Promise<void>;
  buryTombstone(id: string, day: Date, tombstone: string, signature: string): Promise<void>;
  tombstone(id: string, day: Date): Promise<string | undefined>;
  /** Walks all recordings, oldest day first. */
  recordings(): AsyncGenerator<{ id: string; day: Date }>;
  /** Walks all tombstones. */
  tombstones(): AsyncGenerator<string>;
  /** Walks whose tombstones there are; the day is the first of the month that they lie in. */
  buried(): AsyncGenerator<{ id: string; day: Date }>;
  /** Signature of a tombstone. */
  tombstoneSignature(id: string, day: Date): Promise<string | undefined>;
  /** Does work while no other process destroys or keeps anything in it. Throws `busy` after minutes. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  freeBytes(): Promise<number>;
  /** Room on its disk. */
  space(): Promise<{ freeBytes: number; capacityBytes: number }>;
}

/**
 * The vault in the given folder, which is made when there never was one.
 * @param memory file, outside the vault, that remembers which vault it is; without it, whatever is there will do
 */
export async function openVault(root: string, memory?: string): Promise<Vault> {
  const incoming = join(root, 'incoming');
  const presence = await watchPresence(root, memory);
  if (await presence.present()) await makeFolder(incoming);
  const calls = callRecordStore(join(root, 'calls'));
  const place = (id: string, day: Date) => join(root, ...dayParts(day), id);
  const graves = (day: Date) => join(root, 'tombstones', ...dayParts(day).slice(0, 2));
  return {
    calls: {
      ...calls,
      async put(id, day, record) {
        await presence.insist();
        await calls.put(id, day, record);
      },
    },
    headers: headerStore(incoming, place),
    holds: guardedHolds(holdEventStore(join(root, 'holds')), presence.insist),
    arriving: arrivingIn(incoming),
    present: presence.present,
    async incoming(id) {
      await presence.insist();
      await makeFolder(incoming);
      const folder = join(incoming, id);
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder, { mode: 0o700 });
      await syncFolder(incoming);
      return folder;
    },
    async putManifest(id, manifest, signature) {
      await writeFlushed(join(incoming, id, FILES.manifest), manifest);
      await writeFlushed(join(incoming, id, FILES.signature), signature);
    },
    async admit(id, day) {
      const [from, to] = [join(incoming, id), place(id, day)];
      await presence.insist();
      for (const name of SCAFFOLDING) await rm(join(from, name), { force: true });
      await syncFolder(from);
      await makeFolder(dirname(to));
      await rename(from, to);
      await syncFolder(dirname(to));
      await syncFolder(incoming);
    },
    discard: (id) => rm(join(incoming, id), { recursive: true, force: true }),
    async has(id, day) {
      return (await readIfThere(join(place(id, day), FILES.manifest))) !== undefined;
    },
    async read(id, day, part) {
      const path = join(place(id, day), FILES[part]);
      return part === 'body' ? readFile(path).catch(absent) : readSmall(path);
    },
    stream: (id, day, part) => createReadStream(join(place(id, day), FILES[part])),
    async sizes(id, day) {
      const names = await readdir(place(id, day)).catch(absent);
      const sizes = (names ?? []).map(
        async (name) => [name, (await stat(join(place(id, day), name))).size] as const,
      );
      return Object.fromEntries(await Promise.all(sizes));
    },
    // The names of body and details are gone for good with their folder: removeFolder() flushes that.
    shred: (id, day, part) =>
      shredFile(join(place(id, day), FILES[part]), part !== 'body' && part !== 'details'),
    async removeFolder(id, day) {
      for (const part of ['signature', 'manifest'] as const)
        await unlink(join(place(id, day), FILES[part])).catch(absent);
      await rmdir(place(id, day)).catch(absent);
      await syncFolder(dirname(place(id, day))).catch(absent);
    },
    async buryTombstone(id, day, tombstone, signature) {
      await presence.insist();
      await makeFolder(graves(day));
      // The signature first: a tombstone that can be seen is complete.
      await writeAllDurably([
        [join(graves(day), `${id}.json.asc`), signature],
        [join(graves(day), `${id}.json`), tombstone],
      ]);
    },
    tombstone: async (id, day) => (await readSmall(join(graves(day), `${id}.json`)))?.toString(),
    tombstoneSignature: (id, day) => readIfThere(join(graves(day), `${id}.json.asc`)),
    recordings: () => walkRecordings(root),
    buried: () => walkTombstones(join(root, 'tombstones')),
    async *tombstones() {
      for await (const { id, day } of walkTombstones(join(root, 'tombstones')))
        yield readFile(join(graves(day), `${id}.json`), 'utf8');
    },
    alone: aloneIn(root),
    freeBytes: async () => (await spaceOf(root)).freeBytes,
    space: () => spaceOf(root),
  };
}

function guardedHolds(holds: HoldEventStore, insist: () => Promise<void>): HoldEventStore {
  return {
    ...holds,
    async put(...event) {
      await insist();
      await holds.put(...event);
    },
  };
}

async function spaceOf(root: string) {
  const { bavail, blocks, bsize } = await statfs(root);
  return { freeBytes: bavail * bsize, capacityBytes: blocks * bsize };
}
