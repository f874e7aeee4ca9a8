// From the vault and the index to the vCon of one call.

import type { Appliance } from './appliance.ts';
import { readCallRecord } from './calls/record.ts';
import { type Vcon, vconOf } from './calls/vcon.ts';
import { dayOf, readManifest, startOf } from './sealing/manifest.ts';
import { isCallId } from './shared/call-id.ts';
import { GreffierError } from './shared/errors.ts';

/** The vCon of a call. Throws `call-not-found`. @param client the only client whose calls are told of; null for all */
export async function vconOfCall(
  { catalogue, vault }: Pick<Appliance, 'catalogue' | 'vault'>,
  id: string,
  client: string | null = null,
): Promise<Vcon> {
  const row = isCallId(id) ? catalogue.call(id) : undefined;
  const day = row && dayOf({ arrivedAt: row.arrived_at });
  const text = row && day && (client === null || row.client === client) && (await vault.calls.read(id, day));
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
