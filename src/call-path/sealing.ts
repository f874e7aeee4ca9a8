// A call's recording on its way into the vault: sealed while it is spoken, then signed, then admitted, then closed. The
// stages are named in stages.ts.

import type { Appliance } from '../appliance.ts';
import { outsideParty } from '../arrival/outside-party.ts';
import type { CallFacts } from '../calls/facts.ts';
import { recordingRow } from '../catalogue-rows.ts';
import { dayOf, readManifest } from '../sealing/manifest.ts';
import { encryptionFingerprints, type Sealed } from '../sealing/seal.ts';
import type { Sealer } from '../sealing/sealer.ts';
import { canonicalBytes } from '../shared/canonical.ts';
import { GreffierError, reasonOf } from '../shared/errors.ts';
import type { Sheet } from '../spool/sheet.ts';
import { vaultAlarm } from '../upkeep/vault-faults.ts';
import { insistOnRoom } from '../upkeep/vault-room.ts';
import type { Closing } from './closing.ts';
import { draftBytes, draftOf } from './drafts.ts';
import { howItEnded } from './how-it-ended.ts';
import { buildManifest } from './manifest-of-call.ts';
import { rulesOfCall } from './rules-of-call.ts';
import type { OnStage } from './stages.ts';
import { RETRY_MS, SOON_MS, type Work, type Works } from './work.ts';

/** Armored public keys that a recording under that policy is sealed to; none when no key is fit. */
export type RecipientsFor = (policy: string) => Promise<string[]>;

export interface SealingParts {
  recipientsFor: RecipientsFor;
  closing: Closing;
  reached: OnStage;
}

/** Builds the sealing of calls over an open appliance. */
export function createSealing(appliance: Appliance, works: Works, sealer: Sealer, parts: SealingParts) {
  const { spool, vault, catalogue, alarms, config, clock, log, settings, signer } = appliance;
  const { recipientsFor, closing, reached } = parts;

  async function begin(sheet: Sheet, facts: CallFacts, work: Work): Promise<void> {
    const { id } = facts;
    works.set(id, work);
    const recipients = await recipientsFor(facts.policy);
    if (recipients.length === 0) throw new Error('no recipient key is fit: the recording waits in the spool');
    await insistOnRoom(vault, (await spool.audioBytes(id)) ?? 0);
    const { number } = outsideParty(facts.outsideNumber, config.site.country, config.secrets.hmac);
    const { encoding } = rulesOfCall(settings.data, facts);
    const folder = await vault.incoming(id);
    work.sealedAs = { encoding, recipients: await encryptionFingerprints(recipients) };
    await draft(sheet, facts, work);
    await reached(id, 'sealing');
    const sealing = sealer.begin(id, {
      audio: spool.audioPath(id),
      sheet: spool.sheetPath(id),
      folder,
      recipients,
      encoding,
      details: {
        outsideNumber: number,
        outsideName: facts.outsideName,
        dialled: facts.did || facts.dialled || number,
      },
    });
    work.sealing = sealing;
    sealing.catch((error) => {
      // Once it is being finished, whoever finishes it attends to its failure; once it was given up, nobody has to.
      const ours = works.get(id)?.sealing === sealing && !work.finishing;
      return ours ? startOver(id, error) : undefined;
    });
  }

  /** Keeps the draft in step with the sheet: nothing to do as long as the sheet says nothing new. */
  async function draft(sheet: Sheet, facts: CallFacts, work: Work): Promise<void> {
    const lines = sheet.lines.length;
    if (!work.sealedAs || work.drafted === lines) return;
    await vault.arriving.putDraft(facts.id, draftBytes(draftOf(appliance, sheet, facts, work.sealedAs)));
    work.drafted = lines;
  }

  /** After a crash between sealing and clearing, what is in the vault counts; a tombstone too. */
  async function doneBefore(sheet: Sheet, facts: CallFacts): Promise<boolean> {
    const day = dayOf({ arrivedAt: facts.arrivedAt.toISOString() });
    const bytes = await vault.read(facts.id, day, 'manifest');
    const purged = (await vault.tombstone(facts.id, day)) !== undefined;
    if (bytes && !purged) catalogue.putRecording(recordingRow(readManifest(bytes)));
    if (bytes || purged) await closing.close(sheet, facts, null, purged);
    return Boolean(bytes) || purged;
  }

  async function finish(sheet: Sheet, facts: CallFacts, work: Work, interrupted: boolean): Promise<void> {
    work.finishing = true;
    sealer.complete(facts.id);
    try {
      const sealed = (await work.sealing) as Sealed;
      await reached(facts.id, 'sealed');
      if (sealed.milliseconds > 0) await admit(sheet, facts, work, sealed, interrupted);
      else {
        await vault.discard(facts.id);
        await closing.unrecorded(sheet, facts);
      }
    } catch (error) {
      await startOver(facts.id, error);
    }
  }

  async function admit(sheet: Sheet, facts: CallFacts, work: Work, sealed: Sealed, interrupted: boolean) {
    const { id } = facts;
    const { state, missingMs } = howItEnded(sheet, sealed.milliseconds, interrupted);
    const manifest = buildManifest(sheet, facts, sealed, {
      rules: rulesOfCall(settings.data, facts),
      site: config.site,
      hmacKey: config.secrets.hmac,
      signedBy: signer.fingerprint,
      state,
    });
    const bytes = canonicalBytes(manifest);
    await draft(sheet, facts, work);
    await vault.putManifest(id, bytes, await signer.sign(bytes));
    await reached(id, 'signed');
    const record = await closing.record(sheet, facts, null);
    await reached(id, 'recorded');
    await vault.admit(id, dayOf(manifest));
    await reached(id, 'admitted');
    catalogue.putRecording(recordingRow(manifest));
    if (state === 'truncated') {
      const missing = `${Math.round(missingMs / 1000)} s of its audio are missing`;
      const ended = missingMs < 1_000 ? 'it was ended before its call' : missing;
      await alarms.raise('recording.truncated', `the spool had no room for a recording: ${ended}`, id);
    }
    await closing.end(record);
    await reached(id, 'cleared');
    log.info({ call: id, milliseconds: sealed.milliseconds }, 'recording sealed');
  }

  /**
   * Sealing failed. The clear audio stays in the spool; after a pause it is sealed again from its start. What a party
   * took back is no failure: the next look destroys it, or seals what is left. Anything else is tried again soon; only
   * when that fails too is it something for a person.
   */
  async function startOver(id: string, error: unknown): Promise<void> {
    await vault.discard(id).catch(() => {});
    const code = error instanceof GreffierError ? error.code : '';
    const failures = (works.get(id)?.failures ?? 0) + 1;
    if (code === 'recording-destroyed' || code === 'capture-changed') {
      works.set(id, { destroyed: works.get(id)?.destroyed ?? false });
      return;
    }
    const fault = vaultAlarm(error);
    const first = failures === 1 && code === 'sealing-failed' && !fault;
    works.set(id, { failures, retryAt: clock().getTime() + (first ? SOON_MS : RETRY_MS) });
    if (first) log.warn({ call: id, reason: reasonOf(error) }, 'a sealing failed and is begun again');
    else if (fault) await alarms.raise(fault, `recordings wait in the spool: ${reasonOf(error)}`);
    else await alarms.raise('sealing.failed', `a recording waits in the spool: ${reasonOf(error)}`, id);
  }

  return { begin, draft, doneBefore, finish };
}
