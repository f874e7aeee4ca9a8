// All that the board goes by: calls from their sheets, and of Asterisk the state of each phone and of each member of a
// queue. Nothing is derived here. Taking the same fact twice does no harm, and after an outage everything is taken anew.

import type { Sheet } from '../spool/sheet.ts';
import { type LiveCall, liveCall } from './call.ts';

/** An event of Asterisk's manager interface, its keys in lower case. */
export type Fields = Record<string, string>;

export interface Device {
  /** Asterisk's word, in capitals: NOT_INUSE, INUSE, RINGING, RINGINUSE, ONHOLD, BUSY, UNAVAILABLE, … */
  state: string;
  /** UTC ISO 8601. */
  since: string;
}

export interface Member {
  queue: string;
  extension: string;
  /** Since when; null when not paused. */
  pausedSince: string | null;
  /** End of the last call of the queue; null when there was none. */
  lastCall: string | null;
}

export interface Facts {
  calls: Map<string, LiveCall>;
  /** Calls that are over, while their sheets wait to be worked off. */
  over: Set<string>;
  /** By extension. */
  devices: Map<string, Device>;
  /** By queue and extension, as in `desk 201`. */
  members: Map<string, Member>;
  /** When somebody was last done with a call of a queue, by queue and extension. */
  served: Map<string, string>;
  /** Since when Asterisk is not heard; null while it is. */
  staleSince: string | null;
}

/** What Asterisk holds at one moment. */
export interface AsteriskFacts {
  devices: Fields[];
  members: Fields[];
  /** Unique ids of the channels that live. */
  channels: Set<string>;
}

const PHONE = /^PJSIP\/(\d+)$/;

/** Nothing is known yet: Asterisk has not been heard since that moment. */
export function noFacts(now: Date): Facts {
  return {
    calls: new Map(),
    over: new Set(),
    devices: new Map(),
    members: new Map(),
    served: new Map(),
    staleSince: now.toISOString(),
  };
}

/** Takes a sheet as it is now; undefined when it was worked off and is gone. */
export function takeSheet(facts: Facts, id: string, sheet: Sheet | undefined): void {
  if (facts.over.has(id)) return;
  const call = sheet && liveCall(sheet);
  for (const { extension, queue, at } of call?.left ?? []) facts.served.set(`${queue} ${extension}`, at);
  if (call && !call.ended) facts.calls.set(id, call);
  else facts.calls.delete(id);
  if (call?.ended) facts.over.add(id);
}

/** Forgets the calls whose sheets are gone. */
export function keepOnly(facts: Facts, ids: string[]): void {
  const there = new Set(ids);
  for (const id of facts.calls.keys()) if (!there.has(id)) facts.calls.delete(id);
  for (const id of facts.over) if (!there.has(id)) facts.over.delete(id);
}

/** Takes an event. True when it said something that the board goes by. */
export function takeEvent(facts: Facts, event: Fields, now: Date): boolean {
  if (event.event === 'DeviceStateChange') return takeDevice(facts, event, now);
  if (event.event === 'QueueMemberRemoved') return facts.members.delete(keyOf(event));
  if (/^QueueMember(Added|Pause|Status)$/.test(event.event ?? '')) return takeMember(facts, event);
  return false;
}

/**
 * Takes all that Asterisk holds, after it was not heard for a while. Of the calls that were known before, those of which
 * no channel lives are over: Asterisk was killed, and no sheet can say it.
 * @param before ids of the calls that were known before Asterisk was asked
 */
export function takeAll(
  facts: Facts,
  { devices, members, channels }: AsteriskFacts,
  before: string[],
  now: Date,
): void {
  const known = new Map(facts.devices);
  facts.devices.clear();
  for (const device of devices) takeDevice(facts, device, now, known);
  facts.members.clear();
  for (const member of members) takeMember(facts, member);
  for (const id of before) {
    if (facts.calls.get(id)?.channels.some((channel) => channels.has(channel)) ?? true) continue;
    facts.calls.delete(id);
    facts.over.add(id);
  }
  facts.staleSince = null;
}

function takeDevice(facts: Facts, { device = '', state = '' }: Fields, now: Date, known = facts.devices) {
  const extension = PHONE.exec(device)?.[1];
  if (!extension) return false;
  const before = known.get(extension);
  const same = before?.state === state;
  facts.devices.set(extension, same ? before : { state, since: now.toISOString() });
  return !same;
}

function takeMember(facts: Facts, event: Fields): boolean {
  const extension = PHONE.exec(addressOf(event))?.[1];
  if (!extension) return false;
  const member: Member = {
    queue: event.queue ?? '',
    extension,
    pausedSince: event.paused === '1' ? (atSecond(event.lastpause) ?? new Date(0).toISOString()) : null,
    lastCall: atSecond(event.lastcall),
  };
  facts.members.set(keyOf(event), member);
  return true;
}

/** Lists call it a location, events an interface. */
function addressOf({ location, interface: address }: Fields): string {
  return location ?? address ?? '';
}

function keyOf(event: Fields): string {
  return `${event.queue ?? ''} ${PHONE.exec(addressOf(event))?.[1] ?? ''}`;
}

/** Asterisk counts seconds, and zero is never. */
function atSecond(seconds: string | undefined): string | null {
  const value = Number(seconds);
  return value > 0 ? new Date(value * 1_000).toISOString() : null;
}
