// From the vault and the index to the vCon of one call.

import type { Appliance } from './appliance.ts';
import { readCallRecord } from './calls/record.ts';
import { type Vcon, vconOf } from './calls/vcon.ts';
import { seenBy } from './recording-search.ts';
import { dayOf, readManifest, startOf } from './sealing/manifest.ts';
import type { Asking } from './shared/asking.ts';
import { isCallId } from './shared/call-id.ts';
import { GreffierError } from './shared/errors.ts';

/** The vCon of a call. Throws `call-not-found`. @param asking left out for root, who may see all clients */
export async function vconOfCall(
  { catalogue, vault, audit }: Pick<Appliance, 'catalogue' | 'vault' | 'audit'>,
  id: string,
  asking?: Asking,
): Promise<Vcon> {
  const found = isCallId(id) ? catalogue.call(id) : undefined;
  const row = asking ? await seenBy(asking, found, audit) : found;
  const day = row && dayOf({ arrivedAt: row.arrived_at });
  const text = row && day && (await vault.calls.read(id, day));
  if (!text || !day)
    throw new GreffierError('call-not-found', `no call ${id.slice(0, 36)}`, {
      hint: 'greffier calls list shows their ids',
      status: 404,
    });
  const recording = catalogue.recording(id);
  const bytes =
    recording && recording.state !== 'destroyed' ? await vault.read(id, day, 'manifest') : undefined;
  if (!bytes) return vconOf(readCallRecord(text), undefined);
  const manifest = readManifest(bytes);
  return vconOf(readCallRecord(text), {
    id,
    state: manifest.state,
    milliseconds: manifest.audio.milliseconds,
    startedAt: startOf(manifest).toISOString(),
    dueAt: manifest.dueAt,
    body: manifest.body,
  });
}
