// Where the rights desk and the incident command meet parts that stand beside them: the list of objections, the second
// person's approval, and the freezing of the log. Each is used as soon as the appliance has it; without it what needs it
// is refused by name, and nothing is done by halves.

import { openPeople } from './access/people.ts';
import { may } from './access/roles.ts';
import type { Appliance } from './appliance.ts';
import { type AddObjection, registerOf } from './rights-desk.ts';
import { insistErasable } from './rights-erasure.ts';
import { GreffierError } from './shared/errors.ts';

/** Enters what a second person is to approve; when they do, eraseForRequest is what is done. Returns the approval's id. */
export type AskApproval = (asked: {
  kind: 'erase-request';
  /** Number of the request. */
  subject: string;
  by: string;
  reason: string;
}) => Promise<{ id: string }>;

interface Beside {
  objections?: { add: AddObjection };
  approvals?: { ask: AskApproval };
}

interface Freezing {
  freeze?(reason: string): Promise<void>;
  unfreeze?(): Promise<void>;
}

/** Puts numbers on the appliance's list of objections. Throws `no-objections` when it has none. */
export function listObjections(appliance: Appliance): AddObjection {
  const { objections } = appliance as Appliance & Beside;
  if (objections) return (number, why) => objections.add(number, why);
  throw missing('no-objections', 'this appliance keeps no list of objections');
}

/** Keeps the audit log from being pruned. Returns whether it is kept now. */
export async function freezeLog(appliance: Appliance, reason: string): Promise<boolean> {
  const log = appliance.audit as Appliance['audit'] & Freezing;
  await log.freeze?.(reason);
  return log.freeze !== undefined;
}

/** Lets the audit log be pruned again. */
export async function unfreezeLog(appliance: Appliance): Promise<void> {
  await (appliance.audit as Appliance['audit'] & Freezing).unfreeze?.();
}

/**
 * Asks a second person to approve an erasure. Throws `no-such-user`, `forbidden`, `no-approvals`, and what insistErasable
 * throws.
 */
export async function requestErasure(
  appliance: Appliance,
  id: string,
  by: string,
): Promise<{ approval: string }> {
  const person = await (await openPeople(appliance.config.state.access, appliance.clock)).find(by);
  if (!person) throw new GreffierError('no-such-user', `no user ${by.slice(0, 32)}`, { status: 404 });
  if (!may(person.roles, 'rights:work'))
    throw new GreffierError('forbidden', `${by} may not work at the rights desk`, { status: 403 });
  insistErasable(await registerOf(appliance).read(id));
  const { approvals } = appliance as Appliance & Beside;
  if (!approvals) throw missing('no-approvals', 'this appliance has no approvals by a second person');
  const { id: approval } = await approvals.ask({
    kind: 'erase-request',
    subject: id,
    by,
    reason: `request ${id}`,
  });
  return { approval };
}

function missing(code: string, message: string): GreffierError {
  return new GreffierError(code, message, { status: 501 });
}
