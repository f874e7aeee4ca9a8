// The call's path inside the daemon, from the spool to the catalogue:
//
//   arrival → announcement → consent → recording → sealing → catalogue        (then: playback · purge)
//
// The first half took place in Asterisk; its sheet says how. Files are the queue: whoever calls look() only says that a
// look is due, and looking twice does no harm. Clear audio goes only after the sealed form of it is on disk, signed
// and catalogued. This file says what is done when; what is done stands in call-path/.

import type { Appliance } from './appliance.ts';
import { createClosing } from './call-path/closing.ts';
import { createSealing, type RecipientsFor } from './call-path/sealing.ts';
import type { OnStage } from './call-path/stages.ts';
import { RETRY_MS, type Work } from './call-path/work.ts';
import { callFacts } from './calls/facts.ts';
import { mayKeep, type Verdict } from './consent/verdict.ts';
import { progressOf } from './recording/progress.ts';
import type { Sealer } from './sealing/sealer.ts';
import { reasonOf } from './shared/errors.ts';
import { FRAME_BYTES } from './spool/edit-list.ts';
import type { Sheet } from './spool/sheet.ts';
import { vaultAlarm } from './upkeep/vault-faults.ts';

export interface CallPath {
  /** Looks at every call in the spool, or at one. */
  look(id?: string): Promise<void>;
  /** Tells which channels live, so that recordings whose channel is gone can be closed. */
  resync(live: () => Promise<Set<string>>): Promise<void>;
}

/** Builds the call path over an open appliance. Whoever wants to know of stages is told of each. */
export function createCallPath(
  appliance: Appliance,
  sealer: Sealer,
  recipientsFor: RecipientsFor,
  reached: OnStage = () => {},
): CallPath {
  const { spool, alarms, clock, objections } = appliance;
  const works = new Map<string, Work>();
  const turns = new Map<string, Promise<void>>();
  const closing = createClosing(appliance, works, sealer, reached);
  const sealing = createSealing(appliance, works, sealer, { recipientsFor, closing, reached });

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
    if (works.get(id)?.finishing) return;
    // The size first, the sheet after: what was captured until then, the sheet knows of.
    const captured = (await spool.audioBytes(id)) ?? 0;
    const sheet = await spool.readSheet(id);
    const facts = sheet && callFacts(sheet);
    if (!sheet || !facts) return closing.unexplained(id, sheet, live);
    await raiseAlarms(sheet);
    const objected = await objections.find(facts.outsideNumber);
    const verdict: Verdict = objected ? { keep: false, reason: 'objected' } : mayKeep(sheet);
    // Whoever objects does not wait for anything, and the call goes on (C04).
    if (!verdict.keep) await closing.destroyCapture(sheet, captured, verdict.reason);
    const work = works.get(id) ?? {};
    if ((work.retryAt ?? 0) > clock().getTime()) return;
    if (!work.sealing && !work.isNew) {
      if (await sealing.doneBefore(sheet, facts)) return;
      works.set(id, Object.assign(work, { isNew: true }));
    }
    if (verdict.keep && captured >= FRAME_BYTES && !work.sealing) {
      await reached(id, 'spooled');
      await sealing.begin(sheet, facts, work);
    } else if (verdict.keep) await sealing.draft(sheet, facts, work);
    const progress = progressOf(sheet, live);
    if (progress === 'running') return;
    if (work.sealing) void sealing.finish(sheet, facts, work, progress === 'interrupted');
    else await closing.unrecorded(sheet, facts, verdict.keep ? undefined : verdict.reason);
  }

  async function raiseAlarms({ id, lines }: Sheet): Promise<void> {
    const codes = new Set(lines.flatMap(({ event, values }) => (event === 'alarm' ? values.code : [])));
    for (const code of codes) if (code) await alarms.raise(code, `the dialplan raised ${code}`, id);
  }

  /** A look failed. What runs goes on; the next look comes after a pause. */
  async function putOff(id: string, error: unknown): Promise<void> {
    works.set(id, { ...works.get(id), retryAt: clock().getTime() + RETRY_MS });
    const fault = vaultAlarm(error);
    if (fault) return alarms.raise(fault, `recordings wait in the spool: ${reasonOf(error)}`);
    await alarms.raise('call.unattended', `a call could not be attended to: ${reasonOf(error)}`, id);
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
