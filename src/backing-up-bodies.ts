// The bodies' part of a run: the copies of what was destroyed go, those of what is new come.

import type { BackupOptions, Run } from './backing-up.ts';
import { readManifest } from './sealing/manifest.ts';
import { GreffierError, reasonOf } from './shared/errors.ts';

/** Rows of the audit log that are flushed at once. */
const BATCH = 200;
/** As in the vault, and for each header of a set what it takes. */
const RESERVE_BYTES = 64 << 20;
const RESERVE_PER_RECORDING = 2_048;

/** The copies of what was destroyed go at once; that they cannot be opened does not depend on it, but on the headers. */
export async function destroyGone({
  vault,
  audit,
  target,
  bodies,
  isBuried,
  options,
  report,
}: Run): Promise<void> {
  let batch: { id: string; day: Date }[] = [];
  const flush = async () => {
    await audit.writeAll(
      batch.map(({ id }) => ({
        actor: 'system',
        action: 'backup-copy-destroyed',
        recording: id,
        subject: target.id,
      })),
    );
    for (const { id, day } of batch) {
      await target.insist();
      options.reached?.('destroy one');
      await bodies.destroy(id, day);
    }
    report.destroyed += batch.length;
    batch = [];
  };
  for await (const { id, day } of bodies.all()) {
    insistOnTime(options);
    if (await isBuried(id, day)) batch.push({ id, day });
    else if (!(await vault.has(id, day))) report.lost.push(id);
    if (batch.length >= BATCH) await flush();
  }
  await flush();
}

/** One that was being encrypted again was away for a moment only. */
export async function stillLost({ vault, bodies, report }: Run): Promise<string[]> {
  const missing = new Set(report.lost);
  if (missing.size === 0) return [];
  for await (const { id, day } of bodies.all())
    if (missing.has(id) && (await vault.has(id, day))) missing.delete(id);
  return [...missing];
}

/** Copies what is not there yet. Returns whether there was no room for all of it. */
export async function copyNew(parts: Run): Promise<boolean> {
  const { vault, options, report } = parts;
  let [total, done, full] = [0, 0, false];
  for await (const _ of vault.recordings()) total += 1;
  options.begun?.(total);
  const reserve = options.reserveBytes ?? RESERVE_BYTES + total * RESERVE_PER_RECORDING;
  for await (const { id, day } of vault.recordings()) {
    insistOnTime(options);
    try {
      const outcome = await copyOne(parts, id, day, reserve);
      if (outcome === 'full') full = true;
      else if (outcome) report[outcome] += 1;
    } catch (error) {
      if (error instanceof GreffierError && error.code === 'backup-missing') throw error;
      report.failed.push({ id, reason: reasonOf(error) });
    }
    done += 1;
    options.step?.(done);
  }
  return full;
}

async function copyOne(
  parts: Run,
  id: string,
  day: Date,
  reserve: number,
): Promise<'copied' | 'kept' | 'full' | undefined> {
  const { vault, target, bodies, options } = parts;
  // What is being destroyed has no header any more, or its tombstone.
  if (await parts.isBuried(id, day)) return undefined;
  const read = (part: 'manifest' | 'signature' | 'details') => vault.read(id, day, part);
  const [manifest, signature, details] = await Promise.all([
    read('manifest'),
    read('signature'),
    read('details'),
  ]);
  if (!manifest || !signature || !details) {
    if (!(await vault.has(id, day))) return undefined;
    throw new GreffierError('incomplete', 'it is not whole in the vault: greffier vault check says more');
  }
  const sums = readManifest(manifest);
  if (await bodies.has(id, day, manifest, sums)) return 'kept';
  if ((await target.freeBytes()) < reserve + sums.body.bytes) return 'full';
  options.reached?.('copy one');
  const body = () => vault.stream(id, day, 'body');
  try {
    await bodies.put(id, day, { body, details, manifest, signature }, sums);
  } catch (error) {
    // Destroyed while it was copied.
    if (!(await vault.has(id, day))) return undefined;
    throw error;
  }
  return 'copied';
}

function insistOnTime({ signal }: BackupOptions): void {
  if (!signal?.aborted) return;
  throw new GreffierError('backup-interrupted', 'the backup was interrupted', {
    hint: 'greffier backup run goes on from there',
  });
}
