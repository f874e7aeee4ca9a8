// Asterisk's events against the call records: each call that Asterisk had is explained, and each that is explained
// took place.

import type { CelEvent } from '../asterisk/cel.ts';
import type { Accounts, Drift } from './drift.ts';

/** A call that ended this long ago has had the time to be closed. */
const CLOSED_MS = 30_000;

/** Drifts between events and records, as far back as the events reach. */
export function celDrifts(accounts: Accounts): Drift[] {
  return [...withoutRecord(accounts), ...withoutCall(accounts)];
}

function withoutRecord({ cel, records, spool, now }: Accounts): Drift[] {
  const told = new Set([...records, ...spool].map(({ linkedId }) => linkedId));
  const channels = Map.groupBy(cel, ({ uniqueId }) => uniqueId);
  return [...Map.groupBy(cel, ({ linkedId }) => linkedId)].flatMap(([linkedId, events]) => {
    const end = events.findLast(({ event }) => event === 'LINKEDID_END');
    if (!end || now.getTime() - end.at.getTime() <= CLOSED_MS) return [];
    if (!events.some(isCallOfOurs) || namesOf(events, channels).some((name) => told.has(name))) return [];
    const what = 'Asterisk had this call, and no call record tells of it';
    return [{ kind: 'call-without-record', id: linkedId, at: end.at.toISOString(), what }];
  });
}

/** Names of the call: a channel that is bridged with an older one goes on under the older one's name. */
function namesOf(events: CelEvent[], channels: Map<string, CelEvent[]>): string[] {
  return events.flatMap(({ uniqueId }) => (channels.get(uniqueId) ?? []).map(({ linkedId }) => linkedId));
}

/** How a channel is named that came or went by SIP: by its technology, or by where such channels begin. */
const SIP = ['PJSIP', 'arrival', 'phones'];

/** Local channels are Asterisk's own: only what came or went by SIP is a call. */
function isCallOfOurs({ event, origin }: CelEvent): boolean {
  return event === 'CHAN_START' && SIP.includes(origin);
}

function withoutCall({ cel, records }: Accounts): Drift[] {
  const begin = cel[0]?.at.getTime() ?? Number.POSITIVE_INFINITY;
  const known = new Set(cel.flatMap(({ uniqueId, linkedId }) => [uniqueId, linkedId]));
  return records.flatMap(({ id, arrivedAt: at, linkedId, cause }) => {
    // A channel begins a moment before its call does: what the first events would tell may be in a file that is gone.
    if (new Date(at).getTime() < begin + 1_000 || known.has(linkedId)) return [];
    // Asterisk never hung it up: it was killed or the power went, and its events went with it.
    if (cause === null) return [];
    return [{ kind: 'record-without-call', id, at, what: `Asterisk knows nothing of ${linkedId}` }];
  });
}
