// From the words of the call's path to the rows of the catalogue. What is stored in the vault gives the same rows
// again when the catalogue is rebuilt.

import { type CallRecord, readCallRecord } from './calls/record.ts';
import type { CallRow } from './catalogue/calls.ts';
import type { Catalogue, NewRecordingRow, RecordingRow } from './catalogue/catalogue.ts';
import type { Tombstone } from './purge/tombstone.ts';
import { dayOf, type Manifest, readManifest, startOf } from './sealing/manifest.ts';
import { eachAtOnce } from './shared/at-once.ts';
import { inBatches } from './shared/batches.ts';
import { GreffierError, reasonOf } from './shared/errors.ts';
import { sessionKeyPackets } from './shared/packets.ts';
import type { Vault } from './vault/vault.ts';

/** The row of a sealed recording; with its header, when that may be another one than the manifest knows of. */
export function recordingRow(manifest: Manifest, header?: Uint8Array): NewRecordingRow {
  return {
    sealedTo: header
      ? { keyIds: keyIdsIn(header), exact: true }
      : { keyIds: manifest.recipients.map((fingerprint) => fingerprint.slice(-16)), exact: false },
    id: manifest.id,
    day: dayOf(manifest).toISOString(),
    started_at: startOf(manifest).toISOString(),
    milliseconds: manifest.audio.milliseconds,
    direction: manifest.direction,
    client: manifest.client,
    did: manifest.line.did,
    line_name: manifest.line.name,
    policy: manifest.policy.id,
    purpose: manifest.purpose,
    last4: manifest.outside.last4,
    fingerprint: manifest.outside.fingerprint,
    extension: manifest.extensions.join(' '),
    consent: manifest.consent,
    state: manifest.state,
    due_at: manifest.dueAt,
    held_until: null,
    bytes: manifest.body.bytes,
    destroyed_at: null,
    destroyed_reason: null,
  };
}

/** Whom a header is for; nobody, when it cannot be read: the recording is listed and destroyed on its day all the same. */
export function keyIdsIn(header: Uint8Array): string[] {
  try {
    return sessionKeyPackets(header).map(({ keyId }) => keyId);
  } catch {
    return [];
  }
}

/** The row of a destroyed recording: what its tombstone says. */
export function destroyedRow(tombstone: Tombstone): RecordingRow {
  return {
    ...NOTHING,
    id: tombstone.id,
    day: dayOf(tombstone).toISOString(),
    started_at: tombstone.arrivedAt,
    did: tombstone.line,
    purpose: tombstone.purpose,
    due_at: tombstone.dueAt,
    destroyed_at: tombstone.destroyedAt,
    destroyed_reason: tombstone.reason,
  };
}

/** What is left of the row of a recording whose files went before a tombstone could be made of them. */
export function emptiedRow(
  row: RecordingRow | undefined,
  at: string,
  reason: string,
): RecordingRow | undefined {
  if (!row) return undefined;
  const { id, day, started_at, did, purpose, due_at } = row;
  const kept = { id, day, started_at, did, purpose, due_at };
  return { ...NOTHING, ...kept, destroyed_at: at, destroyed_reason: reason };
}

/** Nothing of the person, nor of the audio. */
const NOTHING = {
  milliseconds: 0,
  direction: '',
  client: '',
  line_name: '',
  policy: '',
  last4: '',
  fingerprint: '',
  extension: '',
  consent: '',
  state: 'destroyed',
  held_until: null,
  bytes: 0,
} as const;

/** The row of a call, recorded or not; with the reason when not (promise 6). */
export function callRow(record: CallRecord): CallRow {
  return {
    id: record.id,
    arrived_at: record.arrivedAt,
    answered_at: record.answeredAt,
    ended_at: record.endedAt,
    direction: record.direction,
    client: record.client,
    did: record.line.did,
    line_name: record.line.name,
    policy: record.policy.id,
    queue: record.queue?.id ?? '',
    last4: record.outside.last4,
    fingerprint: record.outside.fingerprint,
    extension: [...new Set(record.extensions.map(({ extension }) => extension))].join(' '),
    waiting_ms: record.waitingMs,
    disposition: record.disposition,
    consent: record.consent ?? '',
    announced: record.announcements.some(({ heardToTheEndAt }) => heardToTheEndAt !== null) ? 1 : 0,
    recorded: record.recorded ? 1 : 0,
    reason: record.reason,
  };
}

/** So many are read at once, and so many rows are written at once. */
const [AT_ONCE, BATCH] = [16, 200];

/** Told of what lies in the vault and cannot be read; the rest is filled in all the same. */
export type Unreadable = (id: string, reason: string) => void | Promise<void>;

/**
 * Fills the catalogue from the vault, and takes out what the vault does not know. Returns how many recordings it knows
 * then. A recording that has its tombstone but is still there (a power cut during its destruction) counts as a
 * recording that is due: the next sweep ends it. Calls may go on meanwhile. Throws `vault-missing`.
 * @param step told after each file that was read
 */
export async function rebuildCatalogue(
  vault: Vault,
  catalogue: Catalogue,
  unreadable: Unreadable,
  step: () => void = () => {},
): Promise<number> {
  if (!(await vault.present()))
    throw new GreffierError('vault-missing', 'the vault is not there: the catalogue is left as it is');
  const listed = catalogue.ids();
  const [known, calls] = [new Set<string>(), new Set<string>()];
  const attempt = async (id: string, put: () => Promise<void>) => {
    try {
      await put();
    } catch (error) {
      await unreadable(id, reasonOf(error));
    }
    step();
  };
  const notKept = ({ id }: { id: string }, error: unknown) => unreadable(id, reasonOf(error));
  const rows = inBatches<NewRecordingRow>(BATCH, catalogue.putRecordings, notKept);
  const callRows = inBatches<CallRow>(BATCH, catalogue.putCalls, notKept);
  catalogue.filling();
  // Listed before the tombstones are: a recording that is destroyed meanwhile is among one of them.
  const recordings = await Array.fromAsync(vault.recordings());
  await eachAtOnce(AT_ONCE, vault.buried(), async ({ id, day }) => {
    known.add(id);
    await attempt(id, async () => {
      const text = await vault.tombstone(id, day);
      if (text) await rows.add(destroyedRow(JSON.parse(text) as Tombstone));
    });
  });
  await eachAtOnce(AT_ONCE, recordings, async ({ id, day }) => {
    await attempt(id, async () => {
      const grave = known.has(id) ? await vault.tombstone(id, day) : undefined;
      const bytes = await vault.read(id, day, 'manifest');
      if (bytes) known.add(id); // It may be unreadable: then its row stays, if there is one.
      const header = bytes && (await vault.read(id, day, 'header'));
      if (bytes) await rows.add(rowOnDisk(readManifest(bytes), header, grave));
    });
  });
  await rows.flush();
  await eachAtOnce(AT_ONCE, vault.calls.ids(), async ({ id, day }) => {
    calls.add(id);
    await attempt(id, async () => {
      const text = await vault.calls.read(id, day);
      if (text) await callRows.add(callRow(readCallRecord(text)));
    });
  });
  await callRows.flush();
  catalogue.remove({
    recordings: listed.recordings.filter((id) => !known.has(id)),
    calls: listed.calls.filter((id) => !calls.has(id)),
  });
  await catalogue.filled();
  return known.size;
}

/** One that was to be destroyed before its day is due since then. */
function rowOnDisk(
  manifest: Manifest,
  header: Uint8Array | undefined,
  grave: string | undefined,
): NewRecordingRow {
  const row = recordingRow(manifest, header);
  if (grave === undefined) return row;
  const { destroyedAt } = JSON.parse(grave) as Tombstone;
  return destroyedAt < row.due_at ? { ...row, due_at: destroyedAt } : row;
}
