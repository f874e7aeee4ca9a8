// How calls end in the daemon: with a record of each, recorded or not, in the vault before the spool forgets it; and
// how a capture is destroyed that may not be kept.

import type { Appliance } from '../appliance.ts';
import { outsideParty } from '../arrival/outside-party.ts';
import type { CallFacts } from '../calls/facts.ts';
import { type CallRecord, withoutPeople } from '../calls/record.ts';
import { writeRecord } from '../calls/write-record.ts';
import { callRow } from '../catalogue-rows.ts';
import { audioWasExpected, whyNotRecorded } from '../consent/why-not.ts';
import { dayOf } from '../sealing/manifest.ts';
import type { Sealer } from '../sealing/sealer.ts';
import { canonicalBytes } from '../shared/canonical.ts';
import { lineOf, type Sheet } from '../spool/sheet.ts';
import { rulesOfCall } from './rules-of-call.ts';
import { sessionEntry } from './session-entry.ts';
import type { OnStage } from './stages.ts';
import type { Works } from './work.ts';

export type Closing = ReturnType<typeof createClosing>;

/** Builds the closing of calls over an open appliance. */
export function createClosing(appliance: Appliance, works: Works, sealer: Sealer, reached: OnStage) {
  const { spool, vault, catalogue, alarms, audit, config, settings } = appliance;

  /** Writes the call's record into the vault, with the reason when there is no recording. */
  async function record(sheet: Sheet, facts: CallFacts, reason: string | null, purged = false) {
    const { client, lineName } = rulesOfCall(settings.data, facts);
    const { name: site, country } = config.site;
    const outside = outsideParty(facts.outsideNumber, country, config.secrets.hmac).shown;
    const recorded = reason === null;
    const written = writeRecord(sheet, facts, { site, client, lineName, outside, recorded, reason });
    const kept = purged ? withoutPeople(written) : written;
    await vault.calls.put(facts.id, dayOf(kept), canonicalBytes(kept));
    return kept;
  }

  /** The last steps of every call: its record is in the vault, then in the index, and then the spool is cleared. */
  async function close(sheet: Sheet, facts: CallFacts, reason: string | null, purged = false): Promise<void> {
    await end(await record(sheet, facts, reason, purged));
  }

  /** What follows once the record is in the vault. */
  async function end(kept: CallRecord): Promise<void> {
    catalogue.putCall(callRow(kept));
    await reached(kept.id, 'catalogued');
    await spool.clear(kept.id);
    works.delete(kept.id);
  }

  /** A call that left no audio, or none worth a file: its record says why, and nothing stays in the spool. */
  async function unrecorded(sheet: Sheet, facts: CallFacts, verdict?: string): Promise<void> {
    // The list of objections is not on the sheet: an entry that came while the call ran counts too.
    const reason = verdict === 'objected' ? verdict : whyNotRecorded(sheet);
    if (reason === 'no-audio' && audioWasExpected(sheet))
      await alarms.raise('recording.no-audio', 'a recording that should have audio has none', facts.id);
    await tellOfSession(sheet);
    await close(sheet, facts, reason);
  }

  /** A supervisor's session ended: once, for how long and in which modes, or why it was refused (C13). */
  async function tellOfSession(sheet: Sheet): Promise<void> {
    const entry = sessionEntry(sheet, settings.data);
    if (!entry) return;
    const known = (await audit.entries()).some(
      ({ action, subject }) => action === entry.action && subject === sheet.id,
    );
    if (!known) await audit.write(entry);
  }

  /**
   * Destroys what was captured: the sealing is given up, its folder goes, and the clear audio. An objection is in the
   * audit journal (C04); anything else that may not be kept should not have been captured, and is an alarm.
   */
  async function destroyCapture(sheet: Sheet, captured: number, reason: string): Promise<void> {
    const { id } = sheet;
    const work = works.get(id);
    if (work?.destroyed && captured === 0) return;
    if (captured === 0 && !work?.sealing && reason !== 'destroyed') return;
    // From here on the sealing is nobody's: that it fails is no alarm.
    works.set(id, {});
    sealer.abort(id);
    await spool.removeAudio(id);
    await vault.discard(id);
    // The worker may have been writing: once it has ended, what it wrote last goes too.
    await work?.sealing?.catch(() => {});
    await vault.discard(id);
    if (reason === 'destroyed' || reason === 'objected') await auditOnce(sheet, reason);
    else await alarms.raise('recording.unlawful', `a capture was destroyed: ${reason}`, id);
    works.set(id, { destroyed: true });
  }

  async function auditOnce(sheet: Sheet, verdict: string): Promise<void> {
    const { extension, reason = verdict } = lineOf(sheet, 'recording.destroyed')?.values ?? {};
    const known = (await audit.entries()).some(
      ({ action, recording }) => action === 'recording-destroyed' && recording === sheet.id,
    );
    const actor = extension ? `extension ${extension}` : 'system';
    if (!known) await audit.write({ actor, action: 'recording-destroyed', recording: sheet.id, reason });
  }

  /** Audio without a sheet, or a sheet that does not tell of an arrival, explains nothing: it cannot be kept. */
  async function unexplained(
    id: string,
    sheet: Sheet | undefined,
    live: Set<string> | undefined,
  ): Promise<void> {
    if (!live && sheet) return;
    if ((await spool.audioBytes(id)) === undefined && !sheet) return;
    await spool.clear(id);
    await alarms.raise('recording.unexplained', 'audio without a call sheet was destroyed', id);
  }

  return { record, end, close, unrecorded, destroyCapture, unexplained };
}
