// The bodies on a target: what a recording is but its header, and so nothing that opens. Written once, never changed; a
// recording that was encrypted again is another one and takes the place of the former.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, readFile, rename, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isCallId } from '../shared/call-id.ts';
import { GreffierError } from '../shared/errors.ts';
import { makeFolder, syncFolder, writeFlushed } from '../shared/files.ts';
import { absent, dayParts, walkDays } from '../vault/days.ts';
import { FILES } from '../vault/vault.ts';
import { shredWhole } from './shred.ts';
import { incomingFolder, type Target } from './target.ts';

/** Destroyed in this order: what names the person last, so that a run that is killed finds it again. */
const KEPT = ['body', 'details', 'signature', 'manifest'] as const;
export type KeptPart = (typeof KEPT)[number];

export interface Sum {
  bytes: number;
  sha256: string;
}

/** A recording without its header. */
export interface Bodiless {
  /** Opened when it is read: a stream that fails while nobody listens would end the process. */
  body: () => NodeJS.ReadableStream;
  details: Uint8Array;
  manifest: Uint8Array;
  signature: Uint8Array;
}

export type Bodies = ReturnType<typeof bodiesOn>;

/** The bodies on a target. */
export function bodiesOn(target: Target) {
  const place = (id: string, day: Date) => target.at('bodies', ...dayParts(day), id);
  const file = (id: string, day: Date, part: KeptPart) => join(place(id, day), FILES[part]);
  return {
    read: (id: string, day: Date, part: KeptPart) => readFile(file(id, day, part)).catch(absent),
    stream: (id: string, day: Date, part: KeptPart) => createReadStream(file(id, day, part)),
    /** Whether there is a copy by that manifest, as far as names and lengths tell. */
    async has(id: string, day: Date, manifest: Uint8Array, sums: Record<'body' | 'details', Sum>) {
      const there = await readFile(file(id, day, 'manifest')).catch(absent);
      if (!there?.equals(manifest)) return false;
      const [body, details, signature] = await Promise.all(
        (['body', 'details', 'signature'] as const).map((part) => stat(file(id, day, part)).catch(absent)),
      );
      return (
        body?.size === sums.body.bytes && details?.size === sums.details.bytes && Boolean(signature?.size)
      );
    },
    sum: (id: string, day: Date, part: KeptPart) => sumOfFile(file(id, day, part)),
    /** Walks all of them, oldest day first. */
    async *all(): AsyncGenerator<{ id: string; day: Date }> {
      for await (const { name, day } of walkDays(target.at('bodies')))
        if (isCallId(name)) yield { id: name, day };
    },
    /**
     * Writes one durably, all at once, and reads it back. Throws `bad-copy` when it is not what its manifest names: then
     * nothing has changed.
     */
    async put(id: string, day: Date, { body, ...small }: Bodiless, sums: Record<'body' | 'details', Sum>) {
      const beside = await incomingFolder(target, id);
      await writeStream(join(beside, FILES.body), body());
      for (const part of ['details', 'manifest', 'signature'] as const)
        await writeFlushed(join(beside, FILES[part]), small[part]);
      for (const part of ['body', 'details'] as const) {
        const { sha256 } = await sumOfFile(join(beside, FILES[part]));
        if (sha256 !== sums[part].sha256)
          throw new GreffierError('bad-copy', `${FILES[part]} is not the one that the manifest names`, {
            hint: 'greffier vault check tells whether it is damaged in the vault',
          });
      }
      await syncFolder(beside);
      await target.insistInside(place(id, day));
      await makeFolder(dirname(place(id, day)));
      await destroyIn(target, place(id, day));
      await rename(beside, place(id, day));
      await syncFolder(dirname(place(id, day)));
    },
    destroy: (id: string, day: Date) => destroyIn(target, place(id, day)),
  };
}

async function destroyIn(target: Target, folder: string): Promise<void> {
  await target.insistInside(folder);
  if (!(await stat(folder).catch(absent))) return;
  for (const part of KEPT) await shredWhole(join(folder, FILES[part]));
  // What does not belong there is left, and is found by the check.
  if ((await readdir(folder)).length === 0) await rmdir(folder);
  await syncFolder(dirname(folder));
}

/** Writes a stream into a new file, durably. */
export async function writeStream(path: string, source: NodeJS.ReadableStream): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    await handle.writeFile(source as AsyncIterable<Uint8Array>);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Length and SHA-256 of a file. Throws what reading throws. */
export async function sumOfFile(path: string): Promise<Sum> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { bytes, sha256: hash.digest('hex') };
}
