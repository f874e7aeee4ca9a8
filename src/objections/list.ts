// Those who are never to be recorded again (RGPD art. 21; C02 once and for all). The number itself is kept nowhere: only
// marks that the dialplan can compare with whoever calls or is called.

import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import Type, { type Static } from 'typebox';
import type { Clock } from '../shared/clock.ts';
import { GreffierError } from '../shared/errors.ts';
import { makeFolder } from '../shared/files.ts';
import { createQueue } from '../shared/in-order.ts';
import { openSettings } from '../shared/settings-file.ts';
import { checker } from '../shared/validate.ts';
import { makeKey, markOf, readKey } from './marks.ts';
import { publishMarks, withdrawKey } from './published.ts';
import { spellingsOf } from './spellings.ts';

const closed = { additionalProperties: false };
const objection = Type.Object(
  {
    id: Type.String(),
    at: Type.String(),
    /** Request of the rights desk that it follows from. */
    request: Type.Optional(Type.String({ maxLength: 64 })),
    marks: Type.Array(Type.String({ pattern: '^[0-9a-f]{40}$' }), { minItems: 1, maxItems: 8 }),
  },
  closed,
);
const listSchema = Type.Object({ objections: Type.Array(objection) }, closed);
export type Objection = Static<typeof objection>;

export interface Objections {
  /** Puts a number on the list, once. Throws `bad-number`, `objections-damaged`. */
  add(number: string, about?: { request?: string | undefined }): Promise<Objection>;
  /** Takes an entry out, by its id. Throws `no-such-objection`. */
  remove(id: string): Promise<void>;
  /** Whose number it is; undefined when it is not on the list, or is no number. */
  find(number: string): Promise<Objection | undefined>;
  all(): Promise<Objection[]>;
  /** Brings the list to where Asterisk reads it. Throws `objections-damaged`: then nothing is recorded. */
  publish(): Promise<void>;
}

export interface ObjectionsPlace {
  /** Folder of the list and its key. */
  folder: string;
  /** Folder that Asterisk reads. */
  published: string;
  country: string;
}

/** Opens the list. Daemon and command line may both change it: it is read anew whenever it has changed. */
export async function openObjections(place: ObjectionsPlace, clock: Clock): Promise<Objections> {
  const { folder, published, country } = place;
  await makeFolder(folder);
  const file = join(folder, 'list.json');
  const check = checker(listSchema, 'bad-objections', 'objections');
  const open = () => openSettings<Static<typeof listSchema>>(file, check, async () => ({ objections: [] }));
  const inOrder = createQueue();
  let known: { version: string; list: Objection[] } | undefined;

  async function all(): Promise<Objection[]> {
    // It is asked at each look at a call, and the kernel knows without a disk.
    const { ino, mtimeMs } = statSync(file, { throwIfNoEntry: false }) ?? { ino: 0, mtimeMs: 0 };
    const version = `${ino} ${mtimeMs}`;
    if (known?.version !== version || ino === 0) known = { version, list: (await open()).data.objections };
    return known.list;
  }

  async function key(): Promise<string> {
    const found = await readKey(folder);
    if (found) return found;
    // A new key would match nobody who is on the list.
    if ((await all()).length > 0) throw damaged(folder);
    return makeKey(folder);
  }

  async function publish(): Promise<void> {
    try {
      const marks = (await all()).flatMap((one) => one.marks);
      await publishMarks(published, await key(), new Set(marks));
    } catch (error) {
      await withdrawKey(published);
      throw error;
    }
  }

  async function find(number: string): Promise<Objection | undefined> {
    const list = await all();
    const secret = list.length > 0 && (await readKey(folder));
    if (!secret) return undefined;
    const marks = new Set(spellingsIn(number, country).map((digits) => markOf(secret, digits)));
    return list.find((one) => one.marks.some((mark) => marks.has(mark)));
  }

  const change = (work: (list: Objection[]) => Objection[]) =>
    inOrder(async () => {
      const opened = await open();
      await opened.exclusively((replace) => replace({ objections: work(opened.data.objections) }));
      await publish();
    });

  return {
    all,
    find,
    publish,
    async add(number, { request } = {}) {
      const secret = await key();
      const before = await find(number);
      if (before) return before;
      const marks = spellingsOf(number, country).map((digits) => markOf(secret, digits));
      const made = { id: randomUUID(), at: clock().toISOString(), ...(request && { request }), marks };
      await change((list) => [...list, made]);
      return made;
    },
    async remove(id) {
      if (!(await all()).some((one) => one.id === id))
        throw new GreffierError('no-such-objection', `no objection ${id.slice(0, 36)}`, {
          hint: 'greffier objections list shows their ids',
          status: 404,
        });
      await change((list) => list.filter((one) => one.id !== id));
    },
  };
}

/** What cannot be a number is on no list; its digits are compared all the same. */
function spellingsIn(number: string, country: string): string[] {
  try {
    return spellingsOf(number, country);
  } catch {
    const digits = number.replaceAll(/\D/g, '');
    return digits ? [digits] : [];
  }
}

function damaged(folder: string): GreffierError {
  return new GreffierError('objections-damaged', `the key of the objections is missing from ${folder}`, {
    hint: 'bring the file "key" back from a backup; until then nothing is recorded',
  });
}
