// After a power cut: what was being sealed has lost its clear audio, its sheet and its session key. What was flushed of
// it becomes a recording that was interrupted, and its call gets its record. What holds no audio is destroyed and
// counted as a call without.

import type { Appliance } from '../appliance.ts';
import type { CallRecord } from '../calls/record.ts';
import { callRow, recordingRow } from '../catalogue-rows.ts';
import { closeBody } from '../sealing/close.ts';
import { dayOf, type Manifest, readManifest } from '../sealing/manifest.ts';
import { canonicalBytes } from '../shared/canonical.ts';
import { reasonOf } from '../shared/errors.ts';
import { draftBytes, readDraft } from './drafts.ts';

export interface Recovery {
  /** Ids of those that became recordings. */
  kept: string[];
  /** Ids of those in which there was no audio yet. */
  empty: string[];
}

/** Takes on what lies in `incoming` and has nothing in the spool. Doing it twice does no harm. */
export async function recoverIncoming(appliance: Appliance): Promise<Recovery> {
  const { vault, spool, alarms, log } = appliance;
  const arriving = await vault.arriving.ids();
  const waiting = new Set(await spool.calls());
  const recovery: Recovery = { kept: [], empty: [] };
  for (const id of arriving.filter((one) => !waiting.has(one))) {
    try {
      recovery[await recoverOne(appliance, id)].push(id);
    } catch (error) {
      await alarms.raise(
        'vault.unreadable',
        `what a power cut left cannot be closed: ${reasonOf(error)}`,
        id,
      );
    }
  }
  for (const id of recovery.kept)
    await alarms.raise(
      'recording.interrupted',
      'a power cut ended a recording; what came before is kept',
      id,
    );
  const counts = { kept: recovery.kept.length, empty: recovery.empty.length };
  if (counts.kept + counts.empty) log.info(counts, 'taken on after a power cut');
  return recovery;
}

async function recoverOne(appliance: Appliance, id: string): Promise<keyof Recovery> {
  const { vault, catalogue, signer } = appliance;
  const { arriving } = vault;
  const signed = await arriving.signed(id);
  const text = await arriving.draft(id);
  const draft = text === undefined ? undefined : readDraft(text);
  let manifest = signed === undefined ? undefined : readManifest(Buffer.from(signed));
  let record = draft?.record;
  if (!manifest) {
    const closed = draft && (await closeBody(arriving.folder(id)));
    if (!draft || !closed) {
      if (record) await keepRecord(appliance, { ...record, recorded: false, reason: 'no-audio' });
      await vault.discard(id);
      return 'empty';
    }
    const { milliseconds, body, details } = closed;
    const endedAt = draft.manifest.endedAt ?? closed.at.toISOString();
    const audio = { ...draft.manifest.audio, milliseconds };
    manifest = { ...draft.manifest, endedAt, audio, body, details } satisfies Manifest;
    record = { ...draft.record, endedAt };
    // The moment of the end is in the file of ends, which goes when the recording is admitted.
    await arriving.putDraft(id, draftBytes({ manifest: draft.manifest, record }));
    const bytes = canonicalBytes(manifest);
    await vault.putManifest(id, bytes, await signer.sign(bytes));
  }
  if (record) await keepRecord(appliance, record);
  await vault.admit(id, dayOf(manifest));
  catalogue.putRecording(recordingRow(manifest));
  return 'kept';
}

async function keepRecord({ vault, catalogue }: Appliance, record: CallRecord): Promise<void> {
  await vault.calls.put(record.id, dayOf(record), canonicalBytes(record));
  catalogue.putCall(callRow(record));
}
