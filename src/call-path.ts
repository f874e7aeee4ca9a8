// The call's path inside the daemon, from the spool to the catalogue:
//
//   arrival → announcement → consent → recording → sealing → catalogue        (then: playback · purge)
//
// The first half took place in Asterisk; its sheet says how. Files are the queue: whoever calls look() only says that a
// look is due, and looking twice does no harm. Clear audio goes only after the sealed form of it is on disk, signed
// and catalogued.

import type { Appliance } from './appliance.ts';
import { outsideParty } from './arrival/outside-party.ts';
import { callRow, recordingRow } from './catalogue-rows.ts';
import { mayKeep, whyNotRecorded } from './consent/verdict.ts';
import { readRecipients } from './keys/recovery.ts';
import { buildManifest, type LineRules, rulesForLine } from './manifest-of-call.ts';
import { type CallFacts, callFacts, progressOf } from './recording/progress.ts';
import { dayOf, type Manifest } from './sealing/manifest.ts';
import type { Sealed } from './sealing/seal.ts';
import type { Sealer } from './sealing/sealer.ts';
import { canonicalBytes } from './shared/canonical.ts';
import { reasonOf } from './shared/errors.ts';
import { lineOf, type Sheet } from './spool/sheet.ts';

export interface CallPath {
  /** Looks at every call in the spool, or at one. */
  look(id?: string): Promise<void>;
  /** Tells which channels live, so that recordings whose channel is gone can be closed. */
  resync(live: () => Promise<Set<string>>): Promise<void>;
}

interface Work {
  sealing?: Promise<Sealed>;
  line?: LineRules;
  finishing?: boolean;
  retryAt?: number;
}

const RETRY_MS = 30_000;

/** Builds the call path over an open appliance. */
export function createCallPath(appliance: Appliance, sealer: Sealer): CallPath {
  const { spool, vault, catalogue, alarms, config, clock, log } = appliance;
  const works = new Map<string, Work>();
  const turns = new Map<string, Promise<void>>();

  /** One look at a call at a time; a second one waits for the first. */
  function inTurn(id: string, live?: Set<string>): Promise<void> {
    const turn = (turns.get(id) ?? Promise.resolve())
      .then(() => attend(id, live))
      .catch((error) => putOff(id, error))
      .finally(() => {
        if (turns.get(id) === turn) turns.delete(id);
      });
    turns.set(id, turn);
    return turn;
  }

  async function attend(id: string, live: Set<string> | undefined): Promise<void> {
    const sheet = await spool.readSheet(id);
    const work = works.get(id) ?? {};
    if (work.finishing || (work.retryAt ?? 0) > clock().getTime()) return;
    const facts = sheet && callFacts(sheet);
    if (!sheet || !facts) return unexplained(id, sheet, live);
    const alarm = lineOf(sheet, 'alarm')?.values.code;
    if (alarm) await alarms.raise(alarm, `a call goes unrecorded: ${alarm}`, id);
    if (!work.sealing && (await sealedBefore(facts))) return;
    const captured = (await spool.audioBytes(id)) ?? 0;
    const verdict = mayKeep(sheet);
    if (captured > 0 && !verdict.keep) {
      await spool.removeAudio(id);
      await alarms.raise('recording.unlawful', `a capture was destroyed: ${verdict.reason}`, id);
    }
    if (captured > 0 && verdict.keep && !work.sealing) await beginSealing(facts, work);
    const progress = progressOf(sheet, live);
    if (progress === 'running') return;
    if (work.sealing) void finish(sheet, facts, work, progress === 'interrupted');
    else await closeUnrecorded(sheet, facts);
  }

  async function beginSealing(facts: CallFacts, work: Work): Promise<void> {
    works.set(facts.id, work);
    const recipients = await readRecipients(config.paths.recoveryKeys, clock());
    const fit = recipients.filter(({ unfit }) => !unfit).map(({ armored }) => armored);
    if (fit.length === 0) throw new Error('no recipient key is fit: the recording waits in the spool');
    work.line = rulesOf(facts.did);
    const { number } = outsideParty(facts.from, config.site.country, config.secrets.hmac);
    const details = { outsideNumber: number, outsideName: facts.name, dialled: facts.did };
    const folder = await vault.incoming(facts.id);
    work.sealing = sealer.begin(facts.id, {
      audio: spool.audioPath(facts.id),
      folder,
      recipients: fit,
      details,
    });
    work.sealing.catch((error) => startOver(facts.id, error));
  }

  /** After a crash between sealing and clearing, what is in the vault counts. */
  async function sealedBefore(facts: CallFacts): Promise<boolean> {
    const bytes = await vault.read(facts.id, dayOf({ arrivedAt: facts.arrivedAt.toISOString() }), 'manifest');
    if (!bytes) return false;
    await record(facts, JSON.parse(String(bytes)) as Manifest);
    return true;
  }

  /** The last two steps: catalogued, then cleared. */
  async function record(facts: CallFacts, manifest: Manifest): Promise<void> {
    catalogue.putRecording(recordingRow(manifest));
    catalogue.putCall(callRow(facts, manifest.outside, true, null));
    await spool.clear(facts.id);
    works.delete(facts.id);
  }

  async function finish(sheet: Sheet, facts: CallFacts, work: Work, interrupted: boolean): Promise<void> {
    work.finishing = true;
    sealer.complete(facts.id);
    try {
      const sealed = (await work.sealing) as Sealed;
      const manifest = buildManifest(sheet, facts, sealed, {
        line: work.line ?? rulesOf(facts.did),
        site: config.site,
        hmacKey: config.secrets.hmac,
        signedBy: appliance.signer.fingerprint,
        interrupted,
      });
      const bytes = canonicalBytes(manifest);
      await vault.putManifest(facts.id, bytes, await appliance.signer.sign(bytes));
      await vault.admit(facts.id, dayOf(manifest));
      await record(facts, manifest);
      log.info({ call: facts.id, milliseconds: sealed.milliseconds }, 'recording sealed');
    } catch (error) {
      await startOver(facts.id, error);
    }
  }

  /** A call that left no audio: its row says why, and nothing of it stays in the spool. */
  async function closeUnrecorded(sheet: Sheet, facts: CallFacts): Promise<void> {
    const { shown } = outsideParty(facts.from, config.site.country, config.secrets.hmac);
    const reason = whyNotRecorded(sheet) ?? 'no-audio';
    catalogue.putCall(callRow(facts, shown, false, reason));
    await spool.clear(facts.id);
    works.delete(facts.id);
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

  /** Sealing failed. The clear audio stays in the spool; after a pause it is sealed again from its start. */
  async function startOver(id: string, error: unknown): Promise<void> {
    await vault.discard(id).catch(() => {});
    works.set(id, { retryAt: clock().getTime() + RETRY_MS });
    await alarms.raise('sealing.failed', `a recording waits in the spool: ${reasonOf(error)}`, id);
  }

  /** A look failed. What runs goes on; the next look comes after a pause. */
  async function putOff(id: string, error: unknown): Promise<void> {
    works.set(id, { ...works.get(id), retryAt: clock().getTime() + RETRY_MS });
    await alarms.raise('call.unattended', `a call could not be attended to: ${reasonOf(error)}`, id);
  }

  function rulesOf(did: string): LineRules {
    return rulesForLine(appliance.settings.data, did);
  }

  return {
    async look(id) {
      await Promise.all((id ? [id] : await spool.calls()).map((one) => inTurn(one)));
    },
    async resync(live) {
      // The sheets first, the channels after: a call that arrives in between is in neither list, and is not closed.
      const open = await spool.calls();
      const channels = await live();
      await Promise.all(open.map((id) => inTurn(id, channels)));
    },
  };
}
