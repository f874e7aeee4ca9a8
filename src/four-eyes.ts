// What takes effect only when a second person has said so (C17, C24). In this order, each step on disk before the next one:
//
//   audit: asked → request ⋯ audit: given or refused → decision → effect, with its own entries → what came of it
//
// What was agreed to and is not done yet is taken up again at the start, each minute, and by `greffier approvals list`.

import { isSamePerson } from './access/same-person.ts';
import type { Appliance } from './appliance.ts';
import { type Approval, stateOf } from './approvals/approval.ts';
import type { Wish } from './approvals/desk.ts';
import { EFFECTS } from './four-eyes-effects.ts';
import type { TwoPeople } from './legal-holds.ts';
import { GreffierError, reasonOf } from './shared/errors.ts';

export { DECIDED_BY } from './four-eyes-effects.ts';

/** What was agreed to and could not be done within that time, nobody means any more. */
const GOOD_FOR_MS = 7 * 86_400_000;
const CONFLICTS = ['recording-held', 'recording-locked'];

/**
 * Asks for something. Throws `no-reason`, and what stands in the way of it already; that a hold or a law does is in the
 * audit log (C17).
 */
export async function askFor(appliance: Appliance, wish: Wish, by: string): Promise<Approval> {
  if (!wish.reason.trim())
    throw new GreffierError('no-reason', 'the reason is empty', { hint: 'write why', status: 400 });
  const told = { actor: by, code: wish.kind, ...recordingIn(wish.subject) };
  try {
    await EFFECTS[wish.kind].check(appliance, wish);
  } catch (error) {
    const code = error instanceof GreffierError ? error.code : '';
    if (CONFLICTS.includes(code))
      await appliance.audit.write({ ...told, action: 'destruction-refused', reason: code });
    throw error;
  }
  await appliance.audit.write({ ...told, action: 'approval-asked', reason: wish.reason });
  return appliance.approvals.ask(wish, by);
}

/**
 * Decides, as another person, and does what was approved. Throws `same-person`, `already-decided`, `approval-expired`,
 * `no-such-approval`, `approvals-busy`; that the effect fails is the outcome, and no error.
 */
export function decide(
  appliance: Appliance,
  id: string,
  verdict: 'approved' | 'refused',
  by: string,
  note?: string,
): Promise<Approval> {
  const { approvals, audit, config } = appliance;
  return approvals.alone(async () => {
    const { kind, subject, requestedBy } = await approvals.insistMayDecide(id, by);
    if (await isSamePerson(config.state.access, requestedBy, by)) {
      await audit.write({ actor: by, action: 'refused', subject: id, reason: 'one second factor for both' });
      throw new GreffierError('same-person', `${by} and ${requestedBy} have one telephone between them`, {
        hint: 'two people have a second factor each',
        status: 403,
      });
    }
    const action = verdict === 'approved' ? 'approval-given' : 'approval-refused';
    const told = { actor: by, action, subject: id, code: kind, ...recordingIn(subject) };
    await audit.write({ ...told, ...(note && { reason: note }) });
    const decided = await approvals.decide(id, verdict, by, note);
    return verdict === 'approved' ? carryOut(appliance, decided) : decided;
  });
}

/**
 * Takes up what was approved and has no outcome yet. What cannot be done is an alarm and is tried again: it keeps neither
 * the others waiting nor the daemon from its calls.
 */
export async function resumeApproved(appliance: Appliance): Promise<void> {
  const { approvals, alarms } = appliance;
  const [first] = await waiting(appliance);
  if (!first) return;
  try {
    await approvals.alone(async () => {
      // Read again: whoever had the lock may have done it.
      for (const approval of await waiting(appliance))
        await takeUp(appliance, approval).catch((error) =>
          alarms.raise('approval.outstanding', `${approval.id} (${approval.kind}): ${reasonOf(error)}`),
        );
    });
  } catch (error) {
    await alarms.raise('approval.outstanding', `${first.id} (${first.kind}): ${reasonOf(error)}`);
  }
}

async function waiting({ approvals, alarms, clock }: Appliance): Promise<Approval[]> {
  const all = await approvals.all(
    (id, reason) => void alarms.raise('approval.damaged', `request ${id} cannot be read: ${reason}`),
  );
  return all.filter((approval) => stateOf(approval, clock()) === 'approved');
}

async function takeUp(appliance: Appliance, approval: Approval): Promise<void> {
  const { approvals, audit, alarms, clock } = appliance;
  const { id, decision } = approval;
  const since = clock().getTime() - new Date(decision?.at ?? '').getTime();
  // A file that somebody has written moves nothing: the log must know who agreed.
  const inLog = (await audit.entries()).some(
    ({ action, subject, actor }) => action === 'approval-given' && subject === id && actor === decision?.by,
  );
  if (inLog && since < GOOD_FOR_MS) return void (await carryOut(appliance, approval));
  const says = inLog
    ? 'it could not be done for a week: it has to be asked for again'
    : 'the audit log knows nothing of that decision';
  if (!inLog) await alarms.raise('approval.forged', `${id}: ${says}`);
  await audit.write({ actor: 'system', action: `${approval.kind}-void`, subject: id, reason: says });
  await approvals.ended(id, { says, failed: true });
}

async function carryOut(appliance: Appliance, approval: Approval): Promise<Approval> {
  const { id, kind, requestedBy, decision, subject } = approval;
  const by: TwoPeople = [requestedBy, decision?.by ?? ''];
  const told = { actor: by[1], subject: id, ...recordingIn(subject) };
  try {
    const says = await EFFECTS[kind].run(appliance, approval, by);
    await appliance.audit.write({ ...told, action: `${kind}-done` });
    return await appliance.approvals.ended(id, { says, failed: false });
  } catch (error) {
    if (!isFinal(error)) throw error;
    await appliance.audit.write({ ...told, action: `${kind}-void`, reason: error.code });
    return appliance.approvals.ended(id, { says: reasonOf(error), failed: true });
  }
}

/** What was refused for a reason of ours will not mend itself; anything else (a full disk, say) is tried again. */
function isFinal(error: unknown): error is GreffierError {
  return error instanceof GreffierError && error.status < 500 && error.code !== 'busy';
}

function recordingIn(subject: Record<string, unknown>): { recording?: string } {
  return typeof subject.recording === 'string' ? { recording: subject.recording } : {};
}
