// The whole vault is looked at, file by file: what is damaged is found before somebody needs it. It may take hours and
// may be ended at any moment; the next run goes on behind the place that is on disk.

import { createHash } from 'node:crypto';
import type { Appliance } from '../appliance.ts';
import { GreffierError } from '../shared/errors.ts';
import { whileLocked } from '../shared/lock.ts';
import { verifier, type WhyBad } from '../signatures.ts';
import {
  type CheckFiles,
  checkFiles,
  type Finding,
  type LastCheck,
  type Position,
} from '../vault/check-files.ts';
import { countVault, isBehind, type VaultItem, walkVault } from '../vault/walk.ts';
import { findingOf, lookAgain } from './check-again.ts';
import { checkItem } from './check-item.ts';

/** After how many the place is written down. */
const KEEP_EVERY = 100;

export type Checked = Pick<Appliance, 'vault' | 'catalogue' | 'signer' | 'alarms' | 'clock' | 'config'>;

export interface CheckOptions {
  /** Begins anew, though an earlier run has not ended. */
  restart?: boolean;
  /** Share of the recordings to look at, in percent; that of the run that goes on, unless given. */
  sample?: number;
  signal?: AbortSignal;
  /** Told when it begins, with how many an earlier run has passed, and then after each. */
  begun?: (total: number, before: number) => void;
  step?: (item: VaultItem, done: number) => void | Promise<void>;
}

export interface CheckReport {
  summary: LastCheck;
  findings: Finding[];
  /** What is being sealed, or was left half sealed by a power cut. */
  incoming: string[];
}

/**
 * Checks the vault. What is bad raises the alarm `vault.damaged`, each recording its own.
 * Throws `check-interrupted` when it was told to stop, `other-sample` when another share is asked for than that of the
 * run that goes on, and `busy` when another check runs.
 */
export async function checkVault(appliance: Checked, options: CheckOptions = {}): Promise<CheckReport> {
  const files = checkFiles(appliance.config.state.checks);
  await files.prepare();
  const work = async () => {
    const position = await begin(files, options, appliance.clock());
    const whyBad = await verifier(appliance.signer.publicKey);
    const incoming = await walk(appliance, files, position, whyBad, options);
    const findings = await lookAgain(appliance, whyBad, await files.findings(), appliance.config.state.vault);
    for (const finding of findings) await alarm(appliance, finding);
    const summary = summaryOf(position, appliance.clock(), incoming.length, findings.length);
    await files.end(summary);
    await files.forget();
    return { summary, findings, incoming };
  };
  return whileLocked(files.lock, 0, work).catch((error) => {
    if (!(error instanceof GreffierError) || error.code !== 'busy') throw error;
    throw new GreffierError('busy', 'another check of the vault is running', {
      hint: 'let it come to its end',
    });
  });
}

async function begin(files: CheckFiles, { restart, sample }: CheckOptions, now: Date): Promise<Position> {
  const found = restart ? undefined : await files.position();
  if (found && sample !== undefined && sample !== found.sample)
    throw new GreffierError(
      'other-sample',
      `the check that goes on looks at ${found.sample} % of the recordings`,
      {
        hint: 'leave --sample out to let it go on, or begin anew with --restart',
      },
    );
  if (found) {
    await files.mend();
    return found;
  }
  await files.forget();
  const done = { recording: 0, tombstone: 0, call: 0, incoming: 0, stranger: 0, checked: 0 };
  const startedAt = now.toISOString();
  return { format: 'greffier-vault-check-1', startedAt, sample: sample ?? 100, after: '', done };
}

async function walk(
  { config, ...parts }: Checked,
  files: CheckFiles,
  position: Position,
  whyBad: WhyBad,
  { signal, begun, step }: CheckOptions,
): Promise<string[]> {
  const root = config.state.vault;
  const { recording, tombstone, call } = await countVault(root);
  begun?.(recording + tombstone + call, passed(position));
  const incoming: string[] = [];
  let unkept = 0;
  for await (const item of walkVault(root)) {
    if (item.kind === 'incoming') incoming.push(item.id);
    if (!isBehind(item.path, position.after)) continue;
    if (signal?.aborted) {
      await files.keep(position);
      throw new GreffierError('check-interrupted', 'the check was interrupted', {
        hint: 'greffier vault check goes on from there',
      });
    }
    if (item.kind !== 'recording' || isDrawn(item.id, position)) {
      const faults = await checkItem(parts, whyBad, item);
      if (faults.length) await files.add(findingOf(item, faults));
      if (item.kind === 'recording') position.done.checked += 1;
    }
    position.done[item.kind] += 1;
    position.after = item.path;
    unkept += 1;
    if (unkept % KEEP_EVERY === 0) await files.keep(position);
    await step?.(item, passed(position));
  }
  await files.keep(position);
  return incoming;
}

/** Whether a recording is among those that are looked at; always the same ones in one run. */
function isDrawn(id: string, { startedAt, sample }: Position): boolean {
  const drawn = createHash('sha256').update(`${startedAt} ${id}`).digest().readUInt32BE(0);
  return drawn < (sample / 100) * 2 ** 32;
}

/** What belongs to nobody is nobody's recording, and stands in the list only. */
async function alarm({ alarms }: Checked, { kind, id, faults }: Finding): Promise<void> {
  if (kind === 'stranger') return;
  await alarms.raise('vault.damaged', `a ${kind} in the vault is damaged: ${faults.join('; ')}`, id);
}

function passed({ done }: Position): number {
  return done.recording + done.tombstone + done.call;
}

function summaryOf(
  { startedAt, sample, done }: Position,
  now: Date,
  incoming: number,
  findings: number,
): LastCheck {
  const { recording: recordings, tombstone: tombstones, call: calls, checked } = done;
  return {
    startedAt,
    endedAt: now.toISOString(),
    sample,
    recordings,
    checked,
    tombstones,
    calls,
    incoming,
    findings,
  };
}
