// Training extracts (C20). The box cannot open what it has sealed, so an extract is no copy: it is a way to one recording
// that says nothing of who spoke, when and on which line, and ends with its source.

import { randomUUID } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import Type, { type Static } from 'typebox';
import type { Clock } from '../shared/clock.ts';
import { GreffierError } from '../shared/errors.ts';
import { makeFolder, readIfThere, syncFolder, writeDurably } from '../shared/files.ts';
import { checker } from '../shared/validate.ts';

const extractSchema = Type.Object(
  {
    id: Type.String(),
    /** Never told to whoever plays it. */
    recording: Type.String(),
    title: Type.String(),
    /** Where it begins and ends in the recording, in ms; null for its end. */
    fromMs: Type.Integer({ minimum: 0 }),
    toMs: Type.Union([Type.Integer({ minimum: 1 }), Type.Null()]),
    madeBy: Type.String(),
    madeAt: Type.String(),
    expiresAt: Type.String(),
  },
  { additionalProperties: false },
);
export type Extract = Static<typeof extractSchema>;
export type NewExtract = Omit<Extract, 'id' | 'madeAt'>;

const check = checker(extractSchema, 'bad-extract', 'extract');
const ID = /^[0-9a-f-]{36}$/;

export interface Extracts {
  make(extract: NewExtract): Promise<Extract>;
  /** Throws `no-such-extract` (404), and `extract-expired` (410). */
  one(id: string): Promise<Extract>;
  /** Those that are not over. */
  all(): Promise<Extract[]>;
  remove(id: string): Promise<void>;
  /** Ends all extracts of a recording: with its source an extract goes. */
  forgetOf(recording: string): Promise<void>;
}

/** Opens the extracts in a folder, one file each. */
export async function openExtracts(folder: string, clock: Clock): Promise<Extracts> {
  await makeFolder(folder);
  const path = (id: string) => join(folder, `${id}.json`);

  async function read(id: string): Promise<Extract | undefined> {
    const text = ID.test(id) ? await readIfThere(path(id)) : undefined;
    return text === undefined ? undefined : check(JSON.parse(text));
  }

  async function everyOne(): Promise<Extract[]> {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
    return (await Promise.all(names.map((name) => read(name.slice(0, -5))))).flatMap((one) => one ?? []);
  }

  const isOver = ({ expiresAt }: Extract) => expiresAt <= clock().toISOString();
  const remove = async (id: string) => {
    await rm(path(id), { force: true });
    await syncFolder(folder);
  };

  return {
    remove,
    all: async () => (await everyOne()).filter((one) => !isOver(one)),
    async make(extract) {
      const made = { ...extract, id: randomUUID() as string, madeAt: clock().toISOString() };
      await writeDurably(path(made.id), `${JSON.stringify(made, null, 2)}\n`);
      return made;
    },
    async one(id) {
      const found = await read(id);
      if (!found)
        throw new GreffierError('no-such-extract', `no extract ${id.slice(0, 36)}`, { status: 404 });
      if (isOver(found)) throw new GreffierError('extract-expired', `extract ${id} is over`, { status: 410 });
      return found;
    },
    async forgetOf(recording) {
      for (const { id, recording: of } of await everyOne()) if (of === recording) await remove(id);
    },
  };
}
