// Where the rights desk meets its neighbours: the list of objections, and the second person's approval.

import type { Appliance } from './appliance.ts';
import { askFor } from './four-eyes.ts';
import type { AddObjection } from './rights-desk.ts';

/** Puts numbers on the appliance's list of objections. */
export function listObjections({ objections }: Appliance): AddObjection {
  return async (number, why) => {
    await objections.add(number, why);
  };
}

/**
 * Asks a second person to approve an erasure; eraseForRequest is what they approve. Throws what insistErasable throws.
 * @param by who asks, known to hold rights:work
 */
export async function requestErasure(
  appliance: Appliance,
  id: string,
  by: string,
): Promise<{ approval: string }> {
  const wish = { kind: 'erase-request' as const, subject: { request: id }, reason: `request ${id}` };
  return { approval: (await askFor(appliance, wish, by)).id };
}
