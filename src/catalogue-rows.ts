// From the words of the call's path to the rows of the catalogue. What is sealed in the vault gives the same rows
// again when the catalogue is rebuilt.

import type { CallRow, Catalogue, RecordingRow } from './catalogue/catalogue.ts';
import type { Tombstone } from './purge/tombstone.ts';
import type { CallFacts } from './recording/progress.ts';
import { dayOf, type Manifest, startOf } from './sealing/manifest.ts';
import type { Vault } from './vault/vault.ts';

/** The row of a sealed recording. */
export function recordingRow(manifest: Manifest): RecordingRow {
  return {
    id: manifest.id,
    day: dayOf(manifest).toISOString(),
    started_at: startOf(manifest).toISOString(),
    milliseconds: manifest.audio.milliseconds,
    direction: manifest.direction,
    did: manifest.line.did,
    line_name: manifest.line.name,
    purpose: manifest.purpose,
    last4: manifest.outside.last4,
    fingerprint: manifest.outside.fingerprint,
    extension: manifest.extension,
    consent: manifest.consent,
    state: manifest.state,
    due_at: manifest.dueAt,
    bytes: manifest.body.bytes,
    destroyed_at: null,
    destroyed_reason: null,
  };
}

/** The row of a destroyed recording. */
export function destroyedRow(tombstone: Tombstone): RecordingRow {
  return {
    id: tombstone.id,
    day: dayOf(tombstone).toISOString(),
    started_at: tombstone.arrivedAt,
    milliseconds: 0,
    direction: '',
    did: tombstone.line,
    line_name: '',
    purpose: tombstone.purpose,
    last4: '',
    fingerprint: '',
    extension: '',
    consent: '',
    state: 'destroyed',
    due_at: tombstone.dueAt,
    bytes: 0,
    destroyed_at: tombstone.destroyedAt,
    destroyed_reason: tombstone.reason,
  };
}

/** The row of a call, recorded or not; with the reason when not (promise 6). */
export function callRow(
  facts: CallFacts,
  outside: Manifest['outside'],
  recorded: boolean,
  reason: string | null,
): CallRow {
  return {
    id: facts.id,
    arrived_at: facts.arrivedAt.toISOString(),
    ended_at: facts.endedAt?.toISOString() ?? null,
    direction: facts.direction,
    did: facts.did,
    last4: outside.last4,
    fingerprint: outside.fingerprint,
    extension: facts.extension,
    answered: facts.answeredAt ? 1 : 0,
    recorded: recorded ? 1 : 0,
    reason,
  };
}

/**
 * Fills the catalogue from the vault. Returns how many rows it holds then. A recording that has its tombstone but is
 * still there (a power cut during its destruction) counts as a recording that is due: the next sweep ends it.
 */
export async function rebuildCatalogue(vault: Vault, catalogue: Catalogue): Promise<number> {
  const buried = new Set<string>();
  for await (const text of vault.tombstones()) {
    const tombstone = JSON.parse(text) as Tombstone;
    catalogue.putRecording(destroyedRow(tombstone));
    buried.add(tombstone.id);
  }
  let rows = buried.size;
  for await (const { id, day } of vault.recordings()) {
    const bytes = await vault.read(id, day, 'manifest');
    if (!bytes) continue;
    catalogue.putRecording(recordingRow(JSON.parse(String(bytes)) as Manifest));
    if (!buried.has(id)) rows += 1;
  }
  return rows;
}
