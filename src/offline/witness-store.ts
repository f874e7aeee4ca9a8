// What a witness keeps: the key of the one appliance it watches, pinned once, and every checkpoint it has accepted.
// Nothing is ever removed. Each checkpoint is a folder with a number of its own, made by one rename that fails when the
// number is taken: two sessions at once cannot put two logs side by side.

import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readKey } from 'openpgp';
import { formatOf } from '../log-for-witnesses.ts';
import { GreffierError, reasonOf } from '../shared/errors.ts';
import { makeFolder, readIfThere, syncFolder, writeDurably, writeFlushed } from '../shared/files.ts';
import type { Checkpoint, Format, SignedCheckpoint } from '../witness/log.ts';
import { writeNew } from './key-files.ts';

const KEY = 'appliance.asc';
const NUMBERED = /^\d{8}$/;

export interface Kept extends SignedCheckpoint {
  number: number;
  checkpoint: Checkpoint;
}

export interface WitnessStore {
  format: Format;
  /** Of the pinned key. */
  fingerprint: string;
  /** How many checkpoints it keeps. */
  count(): Promise<number>;
  /** The one accepted last. Throws `damaged-store`. */
  newest(): Promise<Kept | undefined>;
  /** Keeps the next one. Returns false when another session was first: then judge anew. */
  keep(after: Kept | undefined, signed: SignedCheckpoint, proof: string | null): Promise<boolean>;
  /** A small note beside the checkpoints: when somebody called last, what was refused last. */
  note(name: 'contact' | 'refusal', value: object): Promise<void>;
  noted(name: 'contact' | 'refusal'): Promise<Record<string, unknown> | undefined>;
}

/** Begins a store with the key of an appliance. Throws `not-written` when there is one already, `bad-key`. */
export async function beginStore(folder: string, keyFile: string): Promise<string> {
  const armored = await readFile(keyFile, 'utf8');
  const fingerprint = await fingerprintOf(armored, keyFile);
  await makeFolder(join(folder, 'checkpoints'));
  await writeNew(join(folder, KEY), armored);
  await syncFolder(folder);
  return fingerprint;
}

/** Opens a store. Throws `no-store`. */
export async function openStore(folder: string): Promise<WitnessStore> {
  const armored = await readIfThere(join(folder, KEY));
  if (armored === undefined)
    throw new GreffierError('no-store', `${folder} is no store of a witness`, {
      hint: 'greffier-offline witness --store FOLDER init --key appliance.asc',
    });
  const format = await formatOf(armored);
  const checkpoints = join(folder, 'checkpoints');
  const place = (number: number) => join(checkpoints, String(number).padStart(8, '0'));
  const numbers = async () => (await readdir(checkpoints)).filter((name) => NUMBERED.test(name)).sort();
  return {
    format,
    fingerprint: await fingerprintOf(armored, KEY),
    count: async () => (await numbers()).length,
    async newest() {
      const last = (await numbers()).at(-1);
      return last === undefined ? undefined : readKept(place(Number(last)), Number(last), format);
    },
    async keep(after, { text, signature }, proof) {
      const number = (after?.number ?? 0) + 1;
      const beside = join(checkpoints, `.${number}-${process.pid}-${Date.now()}`);
      await mkdir(beside, { mode: 0o700 });
      await writeFlushed(join(beside, 'checkpoint.txt'), text);
      await writeFlushed(join(beside, 'checkpoint.txt.asc'), signature);
      if (proof !== null) await writeFlushed(join(beside, 'consistency.txt'), proof);
      await syncFolder(beside);
      try {
        await rename(beside, place(number));
      } catch (error) {
        await rm(beside, { recursive: true });
        if (['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
        throw error;
      }
      await syncFolder(checkpoints);
      return true;
    },
    note: (name, value) => writeDurably(join(folder, `last-${name}.json`), `${JSON.stringify(value)}\n`),
    async noted(name) {
      const text = await readIfThere(join(folder, `last-${name}.json`));
      return text === undefined ? undefined : JSON.parse(text);
    },
  };
}

/** A store that cannot tell what it has seen accepts nothing: it would accept anything. */
async function readKept(place: string, number: number, format: Format): Promise<Kept> {
  try {
    const [text, signature] = await Promise.all(
      ['checkpoint.txt', 'checkpoint.txt.asc'].map((name) => readFile(join(place, name), 'utf8')),
    );
    const kept = { number, text: text ?? '', signature: signature ?? '' };
    const bad = await format.whyBad(kept.text, kept.signature);
    if (bad !== undefined) throw new Error(bad);
    return { ...kept, checkpoint: format.read(kept.text) };
  } catch (cause) {
    throw new GreffierError('damaged-store', `${place} cannot be used: ${reasonOf(cause)}`, {
      hint: 'bring it back from a backup of this machine; do not remove it',
      cause,
    });
  }
}

async function fingerprintOf(armored: string, name: string): Promise<string> {
  try {
    const key = await readKey({ armoredKey: armored });
    if (key.isPrivate()) throw new Error('it is a private key');
    return key.getFingerprint();
  } catch (cause) {
    throw new GreffierError('bad-key', `cannot use ${name}: ${reasonOf(cause)}`, {
      hint: 'it is appliance.asc of an evidence package, or what the health page of the box offers',
      cause,
    });
  }
}
