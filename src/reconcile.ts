// Gathers all accounts of the calls, for their comparison. In an order that lets calls go on meanwhile: what is on its
// way is looked for before and after; a tombstone is there before its recording goes.

import { stat } from 'node:fs/promises';
import type { Appliance } from './appliance.ts';
import { createAri } from './asterisk/ari.ts';
import { readCel } from './asterisk/cel.ts';
import { type Accounts, type Drift, driftsOf, type Waiting } from './calls/drift.ts';
import { callFacts } from './calls/facts.ts';
import { type CallRecord, readCallRecord } from './calls/record.ts';
import type { Tombstone } from './purge/tombstone.ts';
import { progressOf } from './recording/progress.ts';
import { dayOf } from './sealing/manifest.ts';
import { isMissing, reasonOf } from './shared/errors.ts';

const EVERYTHING = 1_000_000_000;
const DEFAULT_CEL = '/var/log/asterisk/cel-custom/greffier.csv';

export interface Reconciliation {
  drifts: Drift[];
  /** How many of each were compared. */
  compared: Record<string, number>;
}

/**
 * Compares everything. Drifts before `since` are left out.
 * Throws `no-cel` when Asterisk's events cannot be read, and `bad-call-record` for a record that cannot be.
 */
export async function reconcile(appliance: Appliance, since: Date | undefined): Promise<Reconciliation> {
  const { vault, catalogue, clock, config } = appliance;
  const before = await waitingIn(appliance);
  const recordings = new Map<string, Date>();
  for await (const { id, day } of vault.recordings()) recordings.set(id, day);
  const tombstones = new Map<string, Date>();
  for await (const text of vault.tombstones()) {
    const tombstone = JSON.parse(text) as Tombstone;
    tombstones.set(tombstone.id, dayOf(tombstone));
  }
  const callRows = new Map(catalogue.calls(EVERYTHING).map(({ id, arrived_at }) => [id, arrived_at]));
  const recordingRows = new Map(catalogue.recordings(EVERYTHING).map(({ id, day }) => [id, day]));
  const records: CallRecord[] = [];
  for await (const { text } of vault.calls.all()) records.push(readCallRecord(text));
  const cel = await readCel(config.paths.cel ?? DEFAULT_CEL);
  const spool = [...before, ...(await waitingIn(appliance))];
  const accounts: Accounts = {
    now: clock(),
    records,
    recordings,
    tombstones,
    callRows,
    recordingRows,
    spool: [...new Map(spool.map((waiting) => [waiting.id, waiting])).values()],
    cel,
  };
  const drifts = driftsOf(accounts).filter(({ at }) => !since || new Date(at) >= since);
  return { drifts, compared: compared(accounts) };
}

async function waitingIn({ spool, config, log }: Appliance): Promise<Waiting[]> {
  const { url, user } = config.asterisk.ari;
  const ids = await spool.calls();
  if (ids.length === 0) return [];
  const live = await createAri({ url, user, secret: config.secrets.ari })
    .liveChannels()
    .catch((error) => {
      // Asterisk is down: no channel lives.
      log.warn({ reason: reasonOf(error) }, 'no list of channels');
      return new Set<string>();
    });
  const waiting = ids.map(async (id): Promise<Waiting[]> => {
    const sheet = await spool.readSheet(id);
    const facts = sheet && callFacts(sheet);
    const changedAt = await changeOf(spool.sheetPath(id), spool.audioPath(id));
    if (!changedAt) return [];
    const running = sheet !== undefined && progressOf(sheet, live) === 'running';
    return [{ id, linkedId: facts?.linkedId ?? '', changedAt, live: running }];
  });
  return (await Promise.all(waiting)).flat();
}

/** Last change of the files that are there. */
async function changeOf(...paths: string[]): Promise<Date | undefined> {
  const times = paths.map(async (path) => {
    try {
      return [(await stat(path)).mtime];
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  });
  const known = (await Promise.all(times)).flat();
  return known.length ? new Date(Math.max(...known.map(Number))) : undefined;
}

function compared({ records, recordings, tombstones, spool, cel }: Accounts): Reconciliation['compared'] {
  return {
    calls: records.length,
    recordings: recordings.size,
    tombstones: tombstones.size,
    inSpool: spool.length,
    inAsterisk: new Set(cel.map(({ linkedId }) => linkedId)).size,
  };
}
