// All that the house has of the person who asks: by the fingerprints of their numbers, by the calls that were found for
// them, and by what the register knows was destroyed at their request (C27).

import type { Appliance } from './appliance.ts';
import { type CallRecord, readCallRecord } from './calls/record.ts';
import type { CallFilter, CallRow } from './catalogue/calls.ts';
import type { Catalogue, RecordingRow } from './catalogue/catalogue.ts';
import { openRegister } from './rights/register.ts';
import type { Request } from './rights/request.ts';
import { insistOpen } from './rights/steps.ts';
import { dayOf } from './sealing/manifest.ts';
import { GreffierError } from './shared/errors.ts';

export interface Found {
  /** Newest first; destroyed ones are what their tombstones say. */
  recordings: RecordingRow[];
  calls: FoundCall[];
}

export interface FoundCall {
  row: CallRow;
  /** Undefined when it cannot be read: an alarm of the vault says so then. */
  record: CallRecord | undefined;
}

/** Searches for a request, and notes in it what was found. The entry in the audit log names the request, and no number. */
export async function searchForRequest(appliance: Appliance, id: string, by: string): Promise<Found> {
  const register = openRegister(appliance.config.state.rights);
  await register.read(id);
  await appliance.audit.write({ actor: by, action: 'rights-search', subject: id });
  const found = await findFor(appliance, await register.read(id));
  await register.change(id, (request) => {
    if (request.closed) return;
    request.found = summaryOf(found, appliance.clock());
  });
  return found;
}

/** What there is for a request at this moment. Throws `catalogue-stale`: an index that is not filled finds too little. */
export async function findFor(appliance: Appliance, request: Request): Promise<Found> {
  const { catalogue } = appliance;
  insistFilled(catalogue);
  const recordings = new Map<string, RecordingRow>();
  const calls = new Map<string, CallRow>();
  for (const { fingerprint } of request.parties) {
    const rows = catalogue.ofParty(fingerprint);
    for (const row of rows.recordings) recordings.set(row.id, row);
    for (const row of rows.calls) calls.set(row.id, row);
  }
  for (const id of [...request.calls, ...(await erasedBefore(appliance, request))]) {
    const [recording, call] = [catalogue.recording(id), catalogue.call(id)];
    if (recording) recordings.set(id, recording);
    if (call && request.calls.includes(id)) calls.set(id, call);
  }
  const rows = [...calls.values()].sort((one, other) => other.arrived_at.localeCompare(one.arrived_at));
  return {
    recordings: [...recordings.values()].sort((one, other) => other.started_at.localeCompare(one.started_at)),
    calls: await Promise.all(rows.map(async (row) => ({ row, record: await recordOf(appliance, row) }))),
  };
}

/** Throws `catalogue-stale`. */
export function insistFilled({ stale }: Pick<Catalogue, 'stale'>): void {
  if (!stale) return;
  throw new GreffierError('catalogue-stale', 'the index is not filled yet: a search would find too little', {
    hint: 'wait for the daemon, or run greffier catalogue rebuild',
    status: 503,
  });
}

/** A tombstone says nothing of a person: that it is one of theirs is known from the request that led to it. */
async function erasedBefore({ config }: Appliance, request: Request): Promise<string[]> {
  const ours = new Set(request.parties.map(({ fingerprint }) => fingerprint));
  const requests = await openRegister(config.state.rights).all(() => {});
  return requests
    .filter(
      ({ id, parties }) => id === request.id || parties.some(({ fingerprint }) => ours.has(fingerprint)),
    )
    .flatMap(({ erasure }) => erasure?.recordings ?? [])
    .filter(({ outcome }) => outcome === 'destroyed' || outcome === 'pending')
    .map(({ id }) => id);
}

async function recordOf({ vault }: Appliance, { id, arrived_at }: CallRow): Promise<CallRecord | undefined> {
  const text = await vault.calls.read(id, dayOf({ arrivedAt: arrived_at }));
  if (text === undefined) return undefined;
  try {
    return readCallRecord(text);
  } catch {
    return undefined;
  }
}

function summaryOf({ recordings, calls }: Found, now: Date): NonNullable<Request['found']> {
  return {
    at: now.toISOString(),
    recordings: recordings.map((row) => ({
      ...placeOf(row),
      state: row.state,
      dueAt: row.due_at,
      heldUntil: row.held_until,
    })),
    calls: calls.length,
  };
}

/** What the register may say of a recording. */
export function placeOf({ id, started_at, did, line_name, purpose }: RecordingRow) {
  return { id, startedAt: started_at, line: line_name || did, purpose };
}

/** Longest list of candidates: more is no search for one person. */
const CANDIDATES = 500;

/**
 * Calls by day, line and extension, for a person whose number was withheld. They are of other people, too: those that are
 * not attached to the request are left alone. Throws `no-such-request`, `request-closed`.
 */
export async function findCalls(
  appliance: Appliance,
  id: string,
  by: string,
  filter: CallFilter,
): Promise<CallRow[]> {
  insistOpen(await openRegister(appliance.config.state.rights).read(id));
  insistFilled(appliance.catalogue);
  await appliance.audit.write({ actor: by, action: 'rights-find', subject: id });
  return appliance.catalogue.calls(CANDIDATES, filter);
}

/** Whom a person may write to: what the settings say, when all clients say the same. */
export function contactOf({ settings }: Pick<Appliance, 'settings'>): string {
  const contacts = new Set(settings.data.clients.map(({ contact }) => contact));
  return contacts.size === 1 ? ([...contacts][0] ?? '') : '';
}
