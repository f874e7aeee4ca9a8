// The witnesses of the audit log: each is told by its own clock, and what one of them holds against the log is an alarm.
// Calls and listening go on: a witness that can be made to disagree must not be a way to stop the house.

import { join } from 'node:path';
import type { Appliance } from './appliance.ts';
import { periodOf, type WitnessConfig } from './config/witnesses.ts';
import { formatOf, logOf } from './log-for-witnesses.ts';
import { GreffierError, reasonOf } from './shared/errors.ts';
import { makeFolder } from './shared/files.ts';
import { whileLocked } from './shared/lock.ts';
import { isDue, isSilent, type Memory, recall, remember } from './witness/memory.ts';
import { check, type Outcome, push, unreachable } from './witness/witness.ts';
import { witnessOf } from './witness-of.ts';

const TICK_MS = 60_000;
const PATIENCE_MS = 120_000;

export type WitnessParts = Pick<Appliance, 'config' | 'clock' | 'log' | 'signer' | 'audit' | 'alarms'>;

export interface Witnesses {
  /** Tells one witness of the present log. Throws what has gone wrong; the alarm is raised and it is remembered. */
  push(witness: WitnessConfig, signal?: AbortSignal): Promise<Outcome>;
  /** Compares what one witness holds with the present log, and changes nothing. Throws what does not agree. */
  check(witness: WitnessConfig): Promise<Outcome>;
  /** Tells each witness when it is due, and raises the alarm about those that are silent. */
  tick(signal?: AbortSignal): Promise<void>;
}

/** The witnesses of an open appliance. */
export function createWitnesses(parts: WitnessParts): Witnesses {
  const { config, clock, alarms, log, audit } = parts;
  const folder = config.state.witnesses;
  const unended = new Set<string>();
  const busy = new Set<string>();

  /** A share that hangs keeps a thread of ours until it is back: it is not given a second one. */
  async function inTime<T>(id: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    if (unended.has(id)) throw unreachable('the attempt before this one has not ended yet');
    unended.add(id);
    const running = work().finally(() => unended.delete(id));
    const late = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(unreachable('no answer in time')), { once: true });
    });
    return Promise.race([running, late]);
  }

  async function speak(how: typeof check, witness: WitnessConfig, known: Memory, outer?: AbortSignal) {
    const patience = AbortSignal.timeout(PATIENCE_MS);
    const signal = outer ? AbortSignal.any([outer, patience]) : patience;
    const format = await formatOf(parts.signer.publicKey);
    const place = witnessOf(parts, witness, known, format);
    const about = { log: logOf(parts), format, remembered: known.accepted };
    return inTime(witness.id, signal, () => how(place, about, signal));
  }

  const known = async ({ id }: WitnessConfig): Promise<Memory> =>
    (await recall(folder, id)) ?? { since: clock().toISOString() };

  async function fail({ id }: WitnessConfig, before: Memory, error: unknown): Promise<void> {
    const code = error instanceof GreffierError ? error.code : 'witness-failed';
    const [message, at] = [reasonOf(error), clock().toISOString()];
    const isRefusal = code === 'witness-refused';
    // It has answered, though not what one would like to hear.
    const reached = isRefusal ? { reachedAt: at } : {};
    await remember(folder, id, { ...before, ...reached, attemptedAt: at, error: { code, message } });
    if (!isRefusal) return;
    await alarms.raise('witness.refused', `witness ${id}: ${message}`);
    if (before.error?.code !== code)
      await audit.write({ actor: 'system', action: 'witness-refused', subject: id });
  }

  async function tellWhatIsOdd({ id }: WitnessConfig, { strange: [first, ...others], forgot }: Outcome) {
    const more = others.length ? ` and ${others.length} more` : '';
    if (first) await alarms.raise('witness.strange', `witness ${id} holds what is not ours: ${first}${more}`);
    if (forgot) await alarms.raise('witness.forgot', `witness ${id} holds less than it had accepted`);
  }

  async function pushNow(witness: WitnessConfig, signal?: AbortSignal): Promise<Outcome> {
    const before = await known(witness);
    // Since when it is waited for has to be known even if this attempt never ends.
    if (!before.attemptedAt) await remember(folder, witness.id, before);
    try {
      const outcome = await speak(push, witness, before, signal);
      const at = clock().toISOString();
      const { size, root } = outcome.now;
      const accepted = { size, root, at };
      await remember(folder, witness.id, { since: before.since, attemptedAt: at, reachedAt: at, accepted });
      await tellWhatIsOdd(witness, outcome);
      return outcome;
    } catch (error) {
      if (!signal?.aborted) await fail(witness, before, error);
      throw error;
    }
  }

  async function pushLocked(witness: WitnessConfig, signal?: AbortSignal): Promise<Outcome> {
    await makeFolder(folder);
    return whileLocked(join(folder, `${witness.id}.lock`), 30, () => pushNow(witness, signal));
  }

  async function listen(witness: WitnessConfig): Promise<void> {
    if (!isSilent(await known(witness), periodOf(witness), clock())) return;
    await alarms.raise('witness.silent', `witness ${witness.id}: not reached for three times its period`);
  }

  async function look(witness: WitnessConfig, signal?: AbortSignal): Promise<void> {
    const { id } = witness;
    // What is remembered of it is being written.
    if (busy.has(id)) return listen(witness);
    busy.add(id);
    try {
      if (isDue(await known(witness), periodOf(witness), clock())) await pushLocked(witness, signal);
    } finally {
      busy.delete(id);
      await listen(witness);
    }
  }

  return {
    push: pushLocked,
    check: async (witness) => speak(check, witness, await known(witness)),
    async tick(signal) {
      const looks = (config.witnesses ?? []).map(async (witness) => {
        try {
          await look(witness, signal);
        } catch (error) {
          log.warn({ witness: witness.id, reason: reasonOf(error) }, 'a witness was not told');
          // `busy`: somebody tells it on the command line at this moment.
          const isKnown = error instanceof GreffierError && /^(witness-.*|busy)$/.test(error.code);
          if (!isKnown) await alarms.raise('witness.failed', `witness ${witness.id}: ${reasonOf(error)}`);
        }
      });
      await Promise.all(looks);
    },
  };
}

/** Looks after the witnesses until the signal. One that does not answer holds up no other. */
export function keepWitnesses(parts: WitnessParts, signal: AbortSignal): void {
  const witnesses = createWitnesses(parts);
  const tick = () => void witnesses.tick(signal);
  const timer = setInterval(tick, TICK_MS);
  signal.addEventListener('abort', () => clearInterval(timer));
  tick();
}
