// A set: all that is small, and that may have to go: the headers, without which no body opens; the holds; the records of
// calls; and the state of the appliance, sealed. Each run writes a whole one. Those of earlier runs are destroyed before
// they are seven days old: then no copy of a header that was destroyed exists any more (C25; RGPD 5(1)(e) and 17).
//
// The set appears all at once, by a rename, and its statement is signed: a set without one was never finished.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { GreffierError, reasonOf } from '../shared/errors.ts';
import { makeFolder, syncFolder, writeFlushed } from '../shared/files.ts';
import { absent } from '../vault/days.ts';
import { type Sum, sumOfFile } from './bodies.ts';
import { shredTree } from './shred.ts';
import { incomingFolder, type Target } from './target.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/**
 * How old a set may be when a run ends: the next run is a day later.
 */
export const SET_AGE_MS = 6 * DAY_MS;
/** The bound itself, at which a person has to be told. */
export const BOUND_MS = 7 * DAY_MS;

const STATEMENT = 'set.json';
const NAME = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

export interface SetStatement {
  format: 'greffier-backup-set-1';
  at: string;
  /** How many of each are in it; of tombstones, how many there were. */
  headers: number;
  holds: number;
  calls: number;
  tombstones: number;
  files: Record<string, Sum>;
  signedBy: string;
}

export interface BackupSet {
  name: string;
  at: Date;
}

/** The sets on a target, the oldest first. */
export async function setsOn(target: Target): Promise<BackupSet[]> {
  const names = ((await readdir(target.at('sets')).catch(absent)) ?? []).filter((name) => NAME.test(name));
  return names.sort().map((name) => ({ name, at: new Date(name.replace(NAME, '$1-$2-$3T$4:$5:$6Z')) }));
}

/** A set in the making. */
export async function beginSet(target: Target, at: Date) {
  const name = nameOf(at);
  const folder = await incomingFolder(target, name);
  const files: Record<string, Sum> = {};
  return {
    name,
    /** Writes one file of it as it comes. */
    async add(file: string, source: AsyncIterable<Uint8Array>): Promise<void> {
      await target.insist();
      try {
        files[file] = await writeSummed(join(folder, file), source);
      } catch (error) {
        await rm(join(folder, file), { force: true });
        throw error;
      }
    },
    files: () => ({ ...files }),
    /** Makes it appear. One of the same second, which an earlier run made, is destroyed. */
    async finish(statement: Uint8Array, signature: string): Promise<void> {
      await writeFlushed(join(folder, STATEMENT), statement);
      await writeFlushed(join(folder, `${STATEMENT}.asc`), signature);
      await syncFolder(folder);
      await target.insist();
      await target.insistInside(target.at('sets', name));
      await makeFolder(target.at('sets'));
      await shredTree(target.at('sets', name));
      await rename(folder, target.at('sets', name));
      await syncFolder(target.at('sets'));
    },
  };
}

/**
 * The sets that go when a run has made a new one: those that are too old, and those that claim to be newer than it: a clock
 * was wrong when they were made, and nothing would ever find them too old.
 */
export function outdatedBy(newest: Date, sets: BackupSet[]): BackupSet[] {
  return sets.filter(({ at }) => {
    const age = newest.getTime() - at.getTime();
    // Names count in whole seconds.
    return age <= -1_000 || age >= SET_AGE_MS;
  });
}

/** The sets that go because the seventh day ends within the hour, whether a run comes or not. The newest stays. */
export function atTheBound(now: Date, sets: BackupSet[]): BackupSet[] {
  return sets.slice(0, -1).filter(({ at }) => now.getTime() - at.getTime() >= BOUND_MS - HOUR_MS);
}

/** Destroys sets, for good. */
export async function destroySets(target: Target, sets: BackupSet[]): Promise<void> {
  for (const { name } of sets) {
    await target.insist();
    await target.insistInside(target.at('sets', name));
    await shredTree(target.at('sets', name));
  }
}

/** What a set says of itself, with its signature. Throws `bad-set`. */
export async function readStatement(target: Target, name: string) {
  const path = target.at('sets', name, STATEMENT);
  try {
    const [bytes, signature] = [await readFile(path), await readFile(`${path}.asc`, 'utf8')];
    const statement = JSON.parse(bytes.toString()) as SetStatement;
    if (statement.format !== 'greffier-backup-set-1') throw new Error(`unknown format ${statement.format}`);
    if (nameOf(new Date(statement.at)) !== name) throw new Error(`it is of ${statement.at}`);
    return { statement, bytes, signature };
  } catch (cause) {
    throw badSet(name, reasonOf(cause));
  }
}

/** Throws `bad-set` unless those files of a set are what its statement says. */
export async function insistOnSums(
  target: Target,
  name: string,
  { files }: SetStatement,
  needed: readonly string[],
): Promise<void> {
  for (const file of needed) {
    const sha256 = files[file]?.sha256;
    if (sha256 === undefined) throw badSet(name, `${file} is not in it`);
    const found = await sumOfFile(target.at('sets', name, file)).catch((cause) => {
      throw badSet(name, reasonOf(cause));
    });
    if (found.sha256 !== sha256) throw badSet(name, `${file} is not the one that was signed`);
  }
}

/** The bytes of one file of a set. */
export function streamOfSet(target: Target, name: string, file: string): AsyncIterable<Buffer> {
  return createReadStream(target.at('sets', name, file), { highWaterMark: 1 << 20 });
}

export function badSet(name: string, reason: string): GreffierError {
  return new GreffierError('bad-set', `the set ${name} cannot be used: ${reason}`, {
    hint: 'greffier backup status shows the others; restore --set NAME takes one of them',
  });
}

function nameOf(at: Date): string {
  return at.toISOString().replaceAll(/[-:]|\.\d+/g, '');
}

async function writeSummed(path: string, source: AsyncIterable<Uint8Array>): Promise<Sum> {
  const hash = createHash('sha256');
  let bytes = 0;
  const handle = await open(path, 'wx', 0o600);
  try {
    for await (const chunk of source) {
      hash.update(chunk);
      bytes += chunk.length;
      await handle.writeFile(chunk);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { bytes, sha256: hash.digest('hex') };
}
