// Scorecards: what somebody who listened says of a talk to the one who led it. Kept for a year at most, whatever becomes of the
// recording (C22); nothing of the caller is in one, and no word that was said.

import { randomUUID } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import Type, { type Static } from 'typebox';
import type { Clock } from '../shared/clock.ts';
import { addDuration } from '../shared/duration.ts';
import { GreffierError } from '../shared/errors.ts';
import { makeFolder, readIfThere, syncFolder, writeDurably } from '../shared/files.ts';
import { createQueue } from '../shared/in-order.ts';
import { checker } from '../shared/validate.ts';
import { CRITERIA, LEAST, MOST } from './criteria.ts';

const text = Type.String();
const mark = Type.Union([Type.Integer({ minimum: LEAST, maximum: MOST }), Type.Null()]);
export const marksSchema = Type.Object(
  Object.fromEntries(CRITERIA.map((criterion) => [criterion, mark])) as Record<
    (typeof CRITERIA)[number],
    typeof mark
  >,
  { additionalProperties: false },
);

const cardSchema = Type.Object(
  {
    id: text,
    recording: text,
    client: text,
    /** When the talk began, so that the agent knows which one it was. */
    talkedAt: text,
    /** Person of the settings who led it. */
    agent: text,
    marks: marksSchema,
    feedback: text,
    madeBy: text,
    madeAt: text,
    /** When the agent saw it; and what the agent says to it. */
    seenAt: Type.Union([text, Type.Null()]),
    answer: text,
    expiresAt: text,
  },
  { additionalProperties: false },
);
export type Scorecard = Static<typeof cardSchema>;
export type NewScorecard = Omit<Scorecard, 'id' | 'madeAt' | 'seenAt' | 'answer' | 'expiresAt'>;

const check = checker(cardSchema, 'bad-scorecard', 'scorecard');
const ID = /^[0-9a-f-]{36}$/;
/** The ceiling for analyses of listening (C22). */
const KEPT = 'P1Y';

export interface Scorecards {
  make(card: NewScorecard): Promise<Scorecard>;
  /** Throws `no-such-scorecard`: never made, withdrawn, or over. */
  one(id: string): Promise<Scorecard>;
  /** Those that are not over, newest talk first. */
  all(): Promise<Scorecard[]>;
  /** Throws `no-such-scorecard`. */
  change(id: string, change: Partial<Pick<Scorecard, 'seenAt' | 'answer'>>): Promise<Scorecard>;
  remove(id: string): Promise<void>;
  /** Those that are over at that moment. */
  over(now: Date): Promise<Scorecard[]>;
}

/** Never made, withdrawn, over; or not one of whoever asks. */
export function noSuchScorecard(id: string): GreffierError {
  return new GreffierError('no-such-scorecard', `no scorecard ${id.slice(0, 36)}`, { status: 404 });
}

/** Opens the scorecards in a folder, one file each. */
export async function openScorecards(folder: string, clock: Clock): Promise<Scorecards> {
  await makeFolder(folder);
  const path = (id: string) => join(folder, `${id}.json`);
  // The agent's page and the agent's answer may come at once.
  const inOrder = createQueue();

  async function read(id: string): Promise<Scorecard | undefined> {
    const found = ID.test(id) ? await readIfThere(path(id)) : undefined;
    return found === undefined ? undefined : check(JSON.parse(found));
  }
  async function everyOne(): Promise<Scorecard[]> {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
    const found = await Promise.all(names.map((name) => read(name.slice(0, -5))));
    return found.flatMap((one) => one ?? []);
  }
  const isOver = ({ expiresAt }: Scorecard, now: Date) => expiresAt <= now.toISOString();
  const write = (card: Scorecard) => writeDurably(path(card.id), `${JSON.stringify(check(card), null, 2)}\n`);
  async function remove(id: string): Promise<void> {
    await rm(path(id), { force: true });
    await syncFolder(folder);
  }
  async function one(id: string): Promise<Scorecard> {
    const found = await read(id);
    if (found && !isOver(found, clock())) return found;
    throw noSuchScorecard(id);
  }

  return {
    one,
    remove,
    async make(wish) {
      const now = clock();
      const made: Scorecard = {
        ...wish,
        id: randomUUID(),
        madeAt: now.toISOString(),
        seenAt: null,
        answer: '',
        expiresAt: addDuration(now, KEPT).toISOString(),
      };
      await write(made);
      return made;
    },
    async all() {
      const now = clock();
      const found = (await everyOne()).filter((card) => !isOver(card, now));
      return found.sort(
        (one, next) => next.talkedAt.localeCompare(one.talkedAt) || (one.id < next.id ? -1 : 1),
      );
    },
    change: (id, changes) =>
      inOrder(async () => {
        const changed = { ...(await one(id)), ...changes };
        await write(changed);
        return changed;
      }),
    over: async (now) => (await everyOne()).filter((card) => isOver(card, now)),
  };
}
