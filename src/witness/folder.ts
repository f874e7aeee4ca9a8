// A folder on a share. A share is dumb: it takes what it is given. So the appliance is strict: it reads what lies there,
// adds beside it, and never writes over a file or removes one. Nothing is written unless somebody has marked the folder
// by hand: without its disk, a mount point is an empty folder of the appliance's own.

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { GreffierError, isMissing, reasonOf } from '../shared/errors.ts';
import type { Checkpoint, Format, SignedCheckpoint } from './log.ts';
import { addFile, addFolder, insistOnFolder, isThere, readSmall, syncIfPossible } from './share.ts';
import { refused, unreachable, type Witness } from './witness.ts';

/** An empty file that a person lays into the folder once the share is mounted. */
export const MARKER = 'GREFFIER-WITNESS';

const NAME = /^\d{12}\.txt$/;
const NOT_OURS = 'not signed by this appliance';

/** The witness that is a folder; what is added goes into a folder of the site's name. */
export function folderWitness(root: string, origin: string, format: Format): Witness {
  const folder = join(root, slugOf(origin));
  return {
    open: (signal) =>
      telling(root, async () => {
        await insistOnMarker(root);
        const found = await newest(folder, format, signal);
        return {
          ...found,
          give: (signed, checkpoint) =>
            telling(root, async () => {
              // The log has not grown since.
              if (found.held?.size === checkpoint.size) return;
              signal.throwIfAborted();
              await add(root, folder, signed, checkpoint);
            }),
          async close() {},
        };
      }),
  };
}

/** A site's name as the name of a folder. */
export function slugOf(origin: string): string {
  const plain = origin.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return plain.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '') || 'greffier';
}

async function insistOnMarker(root: string): Promise<void> {
  if (await isThere(join(root, MARKER))) return;
  throw unreachable(`${root} has no file ${MARKER}: the share is not mounted, or nobody has marked it yet`);
}

/** The newest checkpoint of ours, and what had to be passed over on the way to it. */
async function newest(folder: string, format: Format, signal: AbortSignal) {
  const names = (await namesIn(folder)).filter((name) => NAME.test(name)).sort();
  const strange: string[] = [];
  for (let name = names.pop(); name; name = names.pop()) {
    signal.throwIfAborted();
    const found = await readOne(folder, name, format);
    if (typeof found !== 'string') return { held: found, strange };
    strange.push(`${name}: ${found}`);
  }
  if (strange.some((why) => why.includes(NOT_OURS)))
    throw refused(`${folder} holds checkpoints, and none of them was signed by this appliance`);
  return { strange };
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    await insistOnFolder(folder);
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** A checkpoint of ours, or why it is none. */
async function readOne(folder: string, name: string, format: Format): Promise<Checkpoint | string> {
  try {
    const text = await readSmall(join(folder, name));
    const signature = await readSmall(join(folder, signatureOf(name)));
    const checkpoint = format.read(text);
    if (nameOf(checkpoint) !== name) return `it is of ${checkpoint.size} lines, unlike its name`;
    const bad = await format.whyBad(text, signature);
    return bad === undefined ? checkpoint : `${NOT_OURS}: ${bad}`;
  } catch (error) {
    if (isTroubleOfTheShare(error)) throw error;
    return reasonOf(error);
  }
}

async function add(root: string, folder: string, signed: SignedCheckpoint, checkpoint: Checkpoint) {
  await insistOnMarker(root);
  await addFolder(folder);
  await insistOnFolder(folder);
  const name = nameOf(checkpoint);
  const [text, signature] = [join(folder, name), join(folder, signatureOf(name))];
  for (const path of [text, signature]) {
    if (!(await isThere(path))) continue;
    // A power cut between the two, or somebody else's file. The next checkpoint has another name.
    throw unreachable(`${path} is there and is no checkpoint of this log; nothing is written over it`);
  }
  // The signature first: a checkpoint that can be seen is complete.
  await addFile(signature, signed.signature);
  await addFile(text, signed.text);
  await syncIfPossible(folder);
  // The share may have gone in the middle: what was written under its mount point is not witnessed.
  await insistOnMarker(root);
}

function nameOf({ size }: Checkpoint): string {
  return `${String(size).padStart(12, '0')}.txt`;
}

function signatureOf(name: string): string {
  return name.replace(/\.txt$/, '.asc');
}

/** What goes wrong on a share is a witness that cannot be reached; what was found out about the log is not. */
async function telling<T>(root: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof GreffierError) throw error;
    throw unreachable(`${root}: ${reasonOf(error)}`, error);
  }
}

/** Input and output, rights, a handle that has gone stale: everything but a file that is not there or is a link. */
function isTroubleOfTheShare(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^E[A-Z]+$/.test(code) && !['ENOENT', 'ELOOP', 'ENXIO', 'EISDIR'].includes(code);
}
