// A power cut ended the sealing: the clear audio and the session key are gone with the machine's memory. What had been
// flushed of the body is closed by the end that lies beside it. Doing it twice does no harm.

import { createHash } from 'node:crypto';
import { type FileHandle, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from '../shared/errors.ts';
import { readIfThere } from '../shared/files.ts';
import { RATE } from '../spool/edit-list.ts';
import { type End, parseEnds } from './ends.ts';
import { checkProfile } from './packets.ts';

const CHUNK_BYTES = 1 << 20;

export interface ClosedBody {
  milliseconds: number;
  body: { bytes: number; sha256: string };
  details: { bytes: number; sha256: string };
  /** When the last of it was flushed. */
  at: Date;
}

/**
 * Closes the body in a folder that was being sealed into. Undefined when nothing that opens is there: no end fits, or
 * no whole frame of audio came before it. Throws `bad-profile` when header and body are not of our making.
 */
export async function closeBody(folder: string): Promise<ClosedBody | undefined> {
  const ends = parseEnds((await readIfThere(join(folder, 'ends'))) ?? '');
  const [header, details] = await Promise.all(
    ['header.pgp', 'details.pgp'].map((name) => partOf(folder, name)),
  );
  if (!header || !details) return undefined;
  const body = await open(join(folder, 'body.pgp'), 'r+').catch((error) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  if (!body) return undefined;
  try {
    const end = await fittingEnd(body, ends);
    if (!end || end.frames === 0) return undefined;
    await body.truncate(end.bytes);
    await body.write(end.ending, 0, end.ending.length, end.bytes);
    await body.sync();
    checkProfile(header, await read(body, 0, 16));
    return {
      milliseconds: Math.round((end.frames / RATE) * 1000),
      body: await sumOf(body),
      details: { bytes: details.length, sha256: createHash('sha256').update(details).digest('hex') },
      at: new Date(end.at),
    };
  } finally {
    await body.close();
  }
}

/** The latest end that the body really reaches to, byte by byte. */
async function fittingEnd(body: FileHandle, ends: End[]): Promise<End | undefined> {
  for (const end of ends) {
    const { bytes, sha256 } = await sumOf(body, end.bytes);
    if (bytes === end.bytes && sha256 === end.sha256) return end;
  }
  return undefined;
}

async function sumOf(file: FileHandle, upTo = Number.POSITIVE_INFINITY) {
  const hash = createHash('sha256');
  let bytes = 0;
  for (;;) {
    const chunk = await read(file, bytes, Math.min(CHUNK_BYTES, upTo - bytes));
    if (chunk.length === 0) return { bytes, sha256: hash.digest('hex') };
    hash.update(chunk);
    bytes += chunk.length;
  }
}

async function read(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

async function partOf(folder: string, name: string): Promise<Buffer | undefined> {
  try {
    return await readFile(join(folder, name));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
