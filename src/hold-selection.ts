// What a hold is to be about, resolved at the moment of the request to ids that stay as they are then: a recording that
// comes later is not held by it.

import type { Appliance } from './appliance.ts';
import type { RecordingFilter } from './catalogue/held.ts';
import { MOST_RECORDINGS } from './legal-holds.ts';
import { openRegister } from './rights/register.ts';
import { findFor } from './rights-search.ts';
import { GreffierError } from './shared/errors.ts';

export interface Selection extends RecordingFilter {
  /** Ids, when they are known. */
  recordings?: string[] | undefined;
  /** Number of a request of the rights desk: all that there is of that person. */
  request?: string | undefined;
}

/**
 * Ids of the living recordings that are meant. Throws `no-recordings`, `too-many-recordings`, `no-such-request`,
 * `catalogue-stale`.
 */
export async function resolveSelection(
  appliance: Appliance,
  { recordings = [], request, ...filter }: Selection,
): Promise<string[]> {
  const filtered = Object.values(filter).some((value) => value !== undefined);
  const found = filtered ? appliance.catalogue.held.select(filter, MOST_RECORDINGS + 1) : [];
  const ofPerson = request === undefined ? [] : await ofRequest(appliance, request);
  const ids = [...new Set([...recordings, ...found, ...ofPerson])];
  if (ids.length === 0)
    throw new GreffierError('no-recordings', 'no recording is meant by that', { status: 400 });
  if (ids.length > MOST_RECORDINGS)
    throw new GreffierError('too-many-recordings', `more than ${MOST_RECORDINGS} recordings are meant`, {
      hint: 'narrow it by client, line, extension or period, or place several holds',
      status: 400,
    });
  return ids;
}

async function ofRequest(appliance: Appliance, id: string): Promise<string[]> {
  const { recordings } = await findFor(appliance, await openRegister(appliance.config.state.rights).read(id));
  return recordings.flatMap((row) => (row.state === 'destroyed' ? [] : [row.id]));
}
