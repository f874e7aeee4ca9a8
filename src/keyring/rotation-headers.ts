// The headers of a rotation: which are to be rewrapped, and taking back those that were. The catalogue says which; the
// header itself is what counts, and the catalogue is put right where it is behind (a kill between two steps).

import type { Appliance } from '../appliance.ts';
import { keyIdsIn } from '../catalogue-rows.ts';
import { whyNotTaken } from '../keys/rewrapped.ts';
import type { Rotation } from '../keys/rotation-file.ts';
import type { PackedHeader } from '../offline/pack.ts';
import { isCallId } from '../shared/call-id.ts';
import { GreffierError, reasonOf } from '../shared/errors.ts';
import { joined, sessionKeyPackets } from '../shared/packets.ts';

type Parts = Pick<Appliance, 'vault' | 'catalogue'>;
const PAGE = 500;

/** How many recordings the rotation is about, and how many of them the new key opens. */
export function progressOf({ catalogue }: Parts, { fromKeyIds, toKeyIds }: Rotation) {
  refuseStale(catalogue);
  const left = catalogue.sealedTo.count(fromKeyIds, toKeyIds);
  const done = catalogue.sealedTo.count(toKeyIds);
  return { total: left + done, done, left };
}

/** Throws `vault-missing`: a recording that cannot be seen is not one that was destroyed. */
export async function insistOnVault({ present }: Parts['vault']): Promise<void> {
  if (await present()) return;
  throw new GreffierError('vault-missing', 'the vault is not there: nothing is said or done of its headers', {
    hint: 'bring its disk back, then try again',
    status: 503,
  });
}

/** Throws `catalogue-stale`: a catalogue that is not filled would say that a key opens nothing. */
export function refuseStale({ stale }: Parts['catalogue']): void {
  if (!stale) return;
  throw new GreffierError('catalogue-stale', 'the catalogue is not filled: it cannot say what a key opens', {
    hint: 'greffier catalogue rebuild, or start the daemon, which does the same',
    status: 503,
  });
}

/** A page of the headers that only the old key opens, by the id of their recording. */
export async function headersLeft(
  { vault, catalogue }: Parts,
  { fromKeyIds, toKeyIds }: Rotation,
  { after = '', limit = PAGE }: { after?: string | undefined; limit?: number | undefined },
): Promise<{ headers: PackedHeader[]; next: string | null }> {
  await insistOnVault(vault);
  const rows = catalogue.sealedTo.list(fromKeyIds, { without: toKeyIds, after, limit });
  const headers: PackedHeader[] = [];
  for (const { id, day } of rows) {
    const header = await vault.read(id, new Date(day), 'header');
    // Destroyed meanwhile.
    if (!header) continue;
    const keyIds = keyIdsIn(header);
    const left =
      keyIds.some((one) => fromKeyIds.includes(one)) && !keyIds.some((one) => toKeyIds.includes(one));
    if (left) headers.push({ id, header });
    else catalogue.sealedTo.put(id, keyIds);
  }
  return { headers, next: rows.length === limit ? (rows.at(-1)?.id ?? null) : null };
}

/** All headers that only the old key opens. */
export async function* allHeadersLeft(parts: Parts, rotation: Rotation): AsyncGenerator<PackedHeader> {
  let after: string | null = '';
  while (after !== null) {
    const page = await headersLeft(parts, rotation, { after });
    yield* page.headers;
    after = page.next;
  }
}

/** Takes one rewrapped header back. Returns why not; undefined when it is in force. Twice does no harm. */
export async function takeHeader(
  { vault, catalogue }: Parts,
  rotation: Rotation,
  { id, header }: PackedHeader,
): Promise<string | undefined> {
  const row = isCallId(id) ? catalogue.recording(id) : undefined;
  if (!row) return 'there is no such recording';
  const day = new Date(row.day);
  const inForce = await vault.read(id, day, 'header');
  if (row.state === 'destroyed' || !inForce) return 'it was destroyed meanwhile';
  try {
    const former = (await vault.read(id, day, 'previous')) ?? inForce;
    const reason = whyNotTaken(former, header, rotation);
    if (reason) return reason;
    if (!inForce.equals(header) && !(await vault.headers.replace(id, day, header)))
      return 'it was destroyed meanwhile';
    catalogue.sealedTo.put(id, keyIdsIn(header));
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

/**
 * Takes the packets of some keys out of the headers that other keys open as well: of recordings that were made while a
 * rotation lasted. Nothing has to be opened for it. Returns how many.
 * @param gone ids of the keys that are to open them no more
 * @param kept ids of the keys of which one must remain
 */
export async function dropPackets(
  { vault, catalogue }: Parts,
  gone: string[],
  kept: string[],
): Promise<number> {
  let count = 0;
  for (let after: string | undefined = ''; after !== undefined; ) {
    const rows = catalogue.sealedTo.list(gone, { after, limit: PAGE });
    for (const { id, day } of rows) {
      const header = await vault.read(id, new Date(day), 'header');
      if (!header || !keyIdsIn(header).some((one) => kept.includes(one))) continue;
      const packets = sessionKeyPackets(header).filter(({ keyId }) => !gone.includes(keyId));
      const next = joined(packets.map(({ bytes }) => bytes));
      if (next.length < header.length && !(await vault.headers.replace(id, new Date(day), next))) continue;
      // Last of all: until then it is found again.
      await vault.headers.forgetPrevious(id, new Date(day));
      catalogue.sealedTo.put(
        id,
        packets.map(({ keyId }) => keyId),
      );
      count += 1;
    }
    after = rows.length === PAGE ? rows.at(-1)?.id : undefined;
  }
  return count;
}
