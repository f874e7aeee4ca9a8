// What is remembered of each witness: what it accepted last, when it was last reached, what went wrong. It is a witness
// of its own, though the weakest: it lies where the log lies.

import { join } from 'node:path';
import Type, { type Static } from 'typebox';
import { reasonOf } from '../shared/errors.ts';
import { makeFolder, readIfThere, writeDurably } from '../shared/files.ts';
import { checker } from '../shared/validate.ts';

const text = Type.String();
const memory = Type.Object({
  /** When it was first heard of. */
  since: text,
  accepted: Type.Optional(Type.Object({ size: Type.Integer({ minimum: 0 }), root: text, at: text })),
  attemptedAt: Type.Optional(text),
  /** When it last answered, whether it accepted or not. */
  reachedAt: Type.Optional(text),
  /** Of the last attempt, when that has failed. */
  error: Type.Optional(Type.Object({ code: text, message: text })),
});

export type Memory = Static<typeof memory>;

const check = checker(memory, 'bad-witness-memory', 'memory of a witness');

/** Reads what is remembered. Throws `bad-witness-memory`: what it said is then no longer known. */
export async function recall(folder: string, id: string): Promise<Memory | undefined> {
  const content = await readIfThere(fileOf(folder, id));
  if (content === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (error) {
    value = `${fileOf(folder, id)}: ${reasonOf(error)}`;
  }
  return check(value);
}

/** Remembers durably. */
export async function remember(folder: string, id: string, value: Memory): Promise<void> {
  await makeFolder(folder);
  await writeDurably(fileOf(folder, id), `${JSON.stringify(value, null, 2)}\n`);
}

/**
 * Whether the witness is to be told. After a failure it is tried again sooner than its period says, but not at the cost
 * of those who were told.
 */
export function isDue(known: Memory | undefined, periodMs: number, now: Date): boolean {
  if (!known?.attemptedAt) return true;
  const isPartly = known.error?.code === 'witness-partly';
  const wait = known.error && !isPartly ? Math.min(periodMs, RETRY_MS) : periodMs;
  const since = now.getTime() - Date.parse(known.attemptedAt);
  // Before: the clock was set back.
  return since >= wait || since < 0;
}

/** Whether it has not answered for three times its period. */
export function isSilent(known: Memory, periodMs: number, now: Date): boolean {
  return now.getTime() - Date.parse(known.reachedAt ?? known.since) > 3 * periodMs;
}

const RETRY_MS = 15 * 60_000;

function fileOf(folder: string, id: string): string {
  return join(folder, `${id}.json`);
}
