// One way to speak to every witness: ask what it holds, compare, hand over. That the log has not lost anything is
// checked here, before the witness is told of a new state, whether it checks by itself or is a mere folder.

import { GreffierError } from '../shared/errors.ts';
import {
  type Checkpoint,
  type Format,
  type Log,
  refusalText,
  type SignedCheckpoint,
  whyRefused,
} from './log.ts';

/** A witness while it is being spoken to. */
export interface Session {
  /** Newest checkpoint it holds; its signature was verified. */
  held?: Checkpoint;
  /** What it holds besides and cannot be used, in words. */
  strange: string[];
  /** Hands the present checkpoint over. Throws `witness-refused` when the witness will not have it. */
  give(signed: SignedCheckpoint, checkpoint: Checkpoint, proof: string | undefined): Promise<void>;
  close(): Promise<void>;
}

export interface Witness {
  /** Throws `witness-unreachable`; throws `witness-refused` when what it holds is of another appliance. */
  open(signal: AbortSignal): Promise<Session>;
}

/** What is remembered of the last checkpoint that a witness has accepted. */
export type Accepted = Pick<Checkpoint, 'size' | 'root'>;

export interface Outcome {
  /** The present log. */
  now: Checkpoint;
  /** What the witness held before. */
  held: Checkpoint | undefined;
  strange: string[];
  /** It held less than it had accepted: it was emptied, or set back. */
  forgot: boolean;
}

export interface Parts {
  log: Log;
  format: Format;
  remembered: Accepted | undefined;
}

/** Compares what a witness holds with the present log, and hands nothing over. Throws as `push` does. */
export async function check(witness: Witness, parts: Parts, signal: AbortSignal): Promise<Outcome> {
  return speak(witness, parts, signal, async () => {});
}

/**
 * Hands the present checkpoint to a witness. Throws `witness-refused` when the log is not the one that the witness, or
 * our own memory of it, has seen; `witness-unreachable` when it cannot be told.
 */
export async function push(witness: Witness, parts: Parts, signal: AbortSignal): Promise<Outcome> {
  return speak(witness, parts, signal, (session, signed, now, proof) => session.give(signed, now, proof));
}

async function speak(
  witness: Witness,
  { log, format, remembered }: Parts,
  signal: AbortSignal,
  then: (session: Session, ...given: Parameters<Session['give']>) => Promise<void>,
): Promise<Outcome> {
  const session = await witness.open(signal);
  try {
    const { held, strange } = session;
    // Taken after the witness has said what it holds: a log only grows.
    const signed = await log.checkpoint();
    const now = format.read(signed.text);
    const proof = held && (await compare(held, now, log, format));
    if (remembered && remembered.size !== held?.size)
      await compare({ ...now, ...remembered }, now, log, format);
    await then(session, signed, now, proof);
    return { now, held, strange, forgot: (remembered?.size ?? 0) > (held?.size ?? 0) };
  } finally {
    await session.close();
  }
}

/** Returns the proof that the log has only grown since. */
async function compare(
  held: Checkpoint,
  now: Checkpoint,
  log: Log,
  { isConsistent }: Format,
): Promise<string | undefined> {
  const hasGrown = held.size > 0 && held.size < now.size;
  const proof = hasGrown ? await log.consistency(held.size, now.size) : undefined;
  const refusal = whyRefused(held, now, proof, isConsistent);
  if (refusal) throw refused(refusalText(refusal, held));
  return proof;
}

/** The log is not the one that a witness has seen. */
export function refused(message: string): GreffierError {
  return new GreffierError('witness-refused', message, {
    hint: 'keep the log and what the witness holds as they are: appliance/docs/witnesses.md',
  });
}

/** It could not be told. */
export function unreachable(message: string, cause?: unknown): GreffierError {
  return new GreffierError('witness-unreachable', message, { cause });
}
