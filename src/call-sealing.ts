// A call's recording on its way into the vault: sealed while it is spoken, then signed, then admitted, then closed.

import type { Appliance } from './appliance.ts';
import { outsideParty } from './arrival/outside-party.ts';
import type { Closing } from './call-closing.ts';
import { RETRY_MS, type Work, type Works } from './call-work.ts';
import type { CallFacts } from './calls/facts.ts';
import { recordingRow } from './catalogue-rows.ts';
import { buildManifest } from './manifest-of-call.ts';
import { rulesOfCall } from './rules-of-call.ts';
import { dayOf, readManifest } from './sealing/manifest.ts';
import type { Sealed } from './sealing/seal.ts';
import type { Sealer } from './sealing/sealer.ts';
import { canonicalBytes } from './shared/canonical.ts';
import { GreffierError, reasonOf } from './shared/errors.ts';
import type { Sheet } from './spool/sheet.ts';

/** Armored public keys that a recording under that policy is sealed to; none when no key is fit. */
export type RecipientsFor = (policy: string) => Promise<string[]>;

/** Builds the sealing of calls over an open appliance. */
export function createSealing(
  appliance: Appliance,
  works: Works,
  sealer: Sealer,
  { recipientsFor, closing }: { recipientsFor: RecipientsFor; closing: Closing },
) {
  const { spool, vault, catalogue, alarms, config, clock, log, settings, signer } = appliance;

  async function begin(facts: CallFacts, work: Work): Promise<void> {
    works.set(facts.id, work);
    const recipients = await recipientsFor(facts.policy);
    if (recipients.length === 0) throw new Error('no recipient key is fit: the recording waits in the spool');
    const { number } = outsideParty(facts.outsideNumber, config.site.country, config.secrets.hmac);
    const dialled = facts.did || facts.dialled || number;
    const sealing = sealer.begin(facts.id, {
      audio: spool.audioPath(facts.id),
      sheet: spool.sheetPath(facts.id),
      folder: await vault.incoming(facts.id),
      recipients,
      details: { outsideNumber: number, outsideName: facts.outsideName, dialled },
      encoding: 'flac',
    });
    work.sealing = sealing;
    sealing.catch((error) => {
      // Once it is being finished, whoever finishes it attends to its failure; once it was given up, nobody has to.
      const ours = works.get(facts.id)?.sealing === sealing && !work.finishing;
      return ours ? startOver(facts.id, error) : undefined;
    });
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
      if (sealed.milliseconds > 0) await admit(sheet, facts, sealed, interrupted);
      else {
        await vault.discard(facts.id);
        await closing.unrecorded(sheet, facts);
      }
    } catch (error) {
      await startOver(facts.id, error);
    }
  }

  async function admit(sheet: Sheet, facts: CallFacts, sealed: Sealed, interrupted: boolean): Promise<void> {
    const manifest = buildManifest(sheet, facts, sealed, {
      rules: rulesOfCall(settings.data, facts),
      site: config.site,
      hmacKey: config.secrets.hmac,
      signedBy: signer.fingerprint,
      interrupted,
    });
    const bytes = canonicalBytes(manifest);
    await vault.putManifest(facts.id, bytes, await signer.sign(bytes));
    await vault.admit(facts.id, dayOf(manifest));
    catalogue.putRecording(recordingRow(manifest));
    await closing.close(sheet, facts, null);
    log.info({ call: facts.id, milliseconds: sealed.milliseconds }, 'recording sealed');
  }

  /**
   * Sealing failed. The clear audio stays in the spool; after a pause it is sealed again from its start. What a party
   * took back is no failure: the next look destroys it, or seals what is left.
   */
  async function startOver(id: string, error: unknown): Promise<void> {
    await vault.discard(id).catch(() => {});
    const code = error instanceof GreffierError ? error.code : '';
    if (code === 'recording-destroyed' || code === 'capture-changed') {
      works.set(id, { destroyed: works.get(id)?.destroyed ?? false });
      return;
    }
    works.set(id, { retryAt: clock().getTime() + RETRY_MS });
    await alarms.raise('sealing.failed', `a recording waits in the spool: ${reasonOf(error)}`, id);
  }

  return { begin, doneBefore, finish };
}
