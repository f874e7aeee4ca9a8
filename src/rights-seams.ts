// Where the rights desk and the incident command meet parts that stand beside them: the list of objections, the second
// person's approval, and the freezing of the log. Each is used as soon as the appliance has it; without it what needs it
// is refused by name, and nothing is done by halves.

import { openPeople } from './access/people.ts';
import { may } from './access/roles.ts';
import type { Appliance } from './appliance.ts';
import { type AddObjection, registerOf } from './rights-desk.ts';
import { insistErasable } from './rights-erasure.ts';
import { GreffierError } from './shared/errors.ts';

interface Beside {
  objections?: { add: AddObjection };
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

/** Asks a second person to approve an erasure. Throws `no-such-user`, `forbidden`, and what insistErasable throws. */
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
  throw missing('no-approvals', 'this appliance has no approvals by a second person');
}

function missing(code: string, message: string): GreffierError {
  return new GreffierError(code, message, { status: 501 });
}
