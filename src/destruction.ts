// What the purge needs of the vault and the catalogue. Used by the daemon's sweep and by the command line alike.

import { createHash } from 'node:crypto';
import type { Appliance } from './appliance.ts';
import type { NewEntry } from './audit/journal.ts';
import { readCallRecord, withoutPeople } from './calls/record.ts';
import type { RecordingRow } from './catalogue/catalogue.ts';
import { destroyedRow, emptiedRow } from './catalogue-rows.ts';
import { insistMayGo, isKept } from './destruction-guard.ts';
import type { Destruction, DueRecording } from './purge/sweep.ts';
import type { Tombstone } from './purge/tombstone.ts';
import { readManifest } from './sealing/manifest.ts';
import { canonicalBytes } from './shared/canonical.ts';

/** A row that is to go. */
export function dueRecording({ id, day, due_at, goes_at }: RecordingRow & { goes_at: string }): DueRecording {
  return { id, day: new Date(day), dueAt: due_at, goesAt: goes_at };
}

/** Destroys what was made of a recording, and does nothing when it was done before. When it throws, it is tried again. */
export type Forget = (appliance: Appliance, recording: DueRecording) => Promise<void>;

/** Whatever outlives nothing but its recording: each joiner that makes something of recordings adds itself here. */
export const FORGETTING: Forget[] = [
  ({ extracts }, { id }) => extracts.forgetOf(id),
  ({ comments }, { id }) => comments.forgetOf(id),
];

/** The steps of destruction over an open appliance. */
export function createDestruction(appliance: Appliance, forgetting: Forget[] = FORGETTING): Destruction {
  const { vault, catalogue, signer, audit, config } = appliance;
  return {
    permit: (recording, at) => insistMayGo(appliance, recording, at),
    isKept,
    due: (now, limit, after) =>
      catalogue
        .due(now.toISOString(), limit, after && { goes_at: after.goesAt, id: after.id })
        .map(dueRecording),
    alone: (work) => vault.alone(work),
    announce: async (recordings, reason) =>
      audit.writeAll(await Promise.all(recordings.map(entryOf(reason)))),
    shred: ({ id, day }, part) => vault.shred(id, day, part),
    async forget(recording) {
      for (const forget of forgetting) await forget(appliance, recording);
    },
    async bury(recording, at, reason) {
      // Both, or it is written again: a power cut may leave one of them.
      const grave = await vault.tombstone(recording.id, recording.day);
      if (grave && (await vault.tombstoneSignature(recording.id, recording.day))) return;
      const manifest = await vault.read(recording.id, recording.day, 'manifest');
      if (!manifest) return;
      const tombstone = tombstoneOf(recording, manifest, at, reason);
      const bytes = canonicalBytes(tombstone);
      const signature = await signer.sign(bytes);
      await vault.buryTombstone(recording.id, recording.day, new TextDecoder().decode(bytes), signature);
    },
    removeFolder: ({ id, day }) => vault.removeFolder(id, day),
    // The file first, which the index is made from.
    async unname({ id, day }) {
      const text = await vault.calls.read(id, day);
      if (text) await vault.calls.put(id, day, canonicalBytes(withoutPeople(readCallRecord(text))));
    },
    async markDestroyed(recordings, at, reason) {
      const row = async ({ id, day }: DueRecording) => {
        const text = await vault.tombstone(id, day);
        // The tombstone counts: it may be of an earlier attempt, which had another reason.
        return text
          ? destroyedRow(JSON.parse(text) as Tombstone)
          : emptiedRow(catalogue.recording(id), at.toISOString(), reason);
      };
      const rows = await Promise.all(recordings.map(row));
      catalogue.markAllDestroyed(rows.filter((one) => one !== undefined));
    },
  };

  /** A second attempt, after a crash, says that it is one, and keeps to the reason of the first. */
  function entryOf(reason: string) {
    return async (recording: DueRecording): Promise<NewEntry> => {
      const entry = { actor: 'system', action: 'purge', recording: recording.id };
      // What cannot be read of one must not keep the others of its page: it fails by itself, in its own turn.
      const before = await attemptBefore(recording).catch(() => ({ begun: false, reason: undefined }));
      return { ...entry, reason: before.reason ?? reason, ...(before.begun && { code: 'again' }) };
    };
  }

  async function attemptBefore({ id, day }: DueRecording) {
    const grave = await vault.tombstone(id, day);
    return {
      begun: !(await vault.read(id, day, 'header')),
      reason: grave ? (JSON.parse(grave) as Tombstone).reason : undefined,
    };
  }

  function tombstoneOf(recording: DueRecording, bytes: Buffer, at: Date, reason: string): Tombstone {
    const manifest = readManifest(bytes);
    return {
      format: 'greffier-tombstone-1',
      id: recording.id,
      site: config.site.name,
      line: manifest.line.did,
      purpose: manifest.purpose,
      arrivedAt: manifest.arrivedAt,
      dueAt: manifest.dueAt,
      destroyedAt: at.toISOString(),
      reason,
      bodySha256: manifest.body.sha256,
      manifestSha256: createHash('sha256').update(bytes).digest('hex'),
      signedBy: signer.fingerprint,
    };
  }
}
