// What comes back besides recordings: tombstones before anything else, holds before what they hold, records of calls.

import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { whyNoTombstone } from './backing-up-graves.ts';
import { filesBelow } from './backup/mirror.ts';
import { untar } from './backup/tar.ts';
import { readCallRecord, withoutPeople } from './calls/record.ts';
import type { Restoring } from './restoring.ts';
import { isCallId } from './shared/call-id.ts';
import { canonicalBytes } from './shared/canonical.ts';
import { GreffierError, reasonOf } from './shared/errors.ts';
import { makeFolder, writeDurably } from './shared/files.ts';
import { absent } from './vault/days.ts';

const TOMBSTONE = /^tombstones\/\d{4}\/\d\d\/([^/]+)\.json$/;
const CALL = /^calls\/(\d{4})\/(\d\d)\/(\d\d)\/([^/]+)\.json$/;
/** No part of it begins with a dot. */
const HOLD = /^holds(\/[\w-][\w.-]*)+$/;

/**
 * Brings the tombstones in a folder into the vault: what they are of does not come back, and is destroyed by the next sweep
 * where it is still there. One that this appliance has not signed destroys nothing, but what it names stays away all the
 * same, and it is reported. Throws `no-tombstones`.
 */
export async function replayTombstones(
  { appliance, whyBad, dryRun, buried, report }: Restoring,
  folder: string,
): Promise<void> {
  const root = appliance.config.state.vault;
  if (!(await stat(folder).catch(absent)))
    throw new GreffierError('no-tombstones', `there is no folder ${folder}`);
  for await (const { id } of appliance.vault.buried()) buried.add(id);
  for await (const { id, name, path } of tombstonesIn(folder)) {
    buried.add(id);
    if (await stat(join(root, name)).catch(absent)) continue;
    const fault = await whyNoTombstone(path, id, whyBad);
    if (fault !== undefined) {
      report.failed.push({ id, reason: `its tombstone is not good: ${fault}` });
      continue;
    }
    report.tombstones += 1;
    if (dryRun) continue;
    await makeFolder(dirname(join(root, name)));
    for (const end of ['.asc', '']) await writeDurably(join(root, name + end), await readFile(path + end));
  }
}

/** The tombstones below the folder of a vault or of a target; `name` is from there. */
export async function* tombstonesIn(
  folder: string,
): AsyncGenerator<{ id: string; name: string; path: string }> {
  for await (const name of filesBelow(folder, 'tombstones')) {
    const [, id = ''] = TOMBSTONE.exec(name) ?? [];
    if (isCallId(id)) yield { id, name, path: join(folder, name) };
  }
}

/** Brings the holds back, before any recording that they keep from being destroyed (C24). */
export async function restoreHolds(
  { appliance, dryRun, report }: Restoring,
  archive: AsyncIterable<Uint8Array>,
): Promise<void> {
  for await (const { name, content } of untar(archive)) {
    const path = join(appliance.config.state.vault, name);
    if (!HOLD.test(name) || (await stat(path).catch(absent))) continue;
    report.holds += 1;
    if (dryRun) continue;
    await makeFolder(dirname(path));
    await writeDurably(path, content);
  }
}

/** Brings the records of calls back; of a recording that was destroyed, without the person (C23). */
export async function restoreCalls(
  { appliance, dryRun, buried, report }: Restoring,
  archive: AsyncIterable<Uint8Array>,
): Promise<void> {
  const { calls } = appliance.vault;
  for await (const { name, content } of untar(archive)) {
    const [, year, month, date, id = ''] = CALL.exec(name) ?? [];
    if (!isCallId(id)) continue;
    const day = new Date(`${year}-${month}-${date}T00:00:00Z`);
    if ((await calls.read(id, day)) !== undefined) continue;
    try {
      const record = buried.has(id)
        ? canonicalBytes(withoutPeople(readCallRecord(Buffer.from(content).toString())))
        : content;
      if (!dryRun) await calls.put(id, day, record);
      report.calls += 1;
    } catch (error) {
      report.failed.push({ id, reason: `the record of its call: ${reasonOf(error)}` });
    }
  }
}
