// What an agent is doing, decided from the calls, the phone and the queues, in that order: who speaks, speaks, whatever
// the queue thinks.

import type { LiveCall } from './call.ts';
import type { Facts, Member } from './facts.ts';
import { membersOf, rungByLine, rungByNumber, type Site } from './site.ts';

export const AGENT_STATES = [
  'offline',
  'free',
  'ringing',
  'talking',
  'on-hold',
  'paused',
  'wrap-up',
  'private',
] as const;
export type AgentState = (typeof AGENT_STATES)[number];

export interface Doing {
  state: AgentState;
  /** UTC ISO 8601; null when nobody knows. */
  since: string | null;
  /** Id of the call that it is about. */
  call: string | null;
}

const RINGS = new Set(['RINGING', 'RINGINUSE']);
const SPEAKS = new Set(['INUSE', 'BUSY']);

/** What the agent at that extension is doing. */
export function doingOf(extension: string, facts: Facts, site: Site, now: Date): Doing {
  const { state: phone = '', since = null } = facts.devices.get(extension) ?? {};
  const own = callOf(extension, facts);
  if (own) {
    const { call, since: at } = own;
    if (call.state === 'ringing') return { state: 'ringing', since: call.stateSince, call: call.id };
    if (phone === 'ONHOLD') return { state: 'on-hold', since, call: call.id };
    return { state: 'talking', since: at, call: call.id };
  }
  if (RINGS.has(phone))
    return { state: 'ringing', since, call: ringingFor(extension, facts, site)?.id ?? null };
  if (SPEAKS.has(phone)) return { state: 'talking', since, call: null };
  if (phone === 'ONHOLD') return { state: 'on-hold', since, call: null };
  if (phone !== 'NOT_INUSE') return { state: 'offline', since, call: null };
  const members = [...facts.members.values()].filter((member) => member.extension === extension);
  const paused = members.map(({ pausedSince }) => pausedSince).filter((at) => at !== null);
  if (paused.length > 0) return { state: 'paused', since: known(paused.sort()[0]), call: null };
  const resting = restSince(extension, members, facts, site, now);
  return resting ? { state: 'wrap-up', since: resting, call: null } : { state: 'free', since, call: null };
}

/** The call in which that extension speaks, or rings somebody; one in which it speaks first. */
export function callOf(extension: string, { calls }: Facts): { call: LiveCall; since: string } | undefined {
  const all = [...calls.values()].flatMap((call) => {
    const seat = call.on.find((one) => one.extension === extension);
    return seat ? [{ call, since: seat.since }] : [];
  });
  return all.find(({ call }) => call.state === 'talking') ?? all[0];
}

/** Extensions for which a call that waits or rings is meant. */
export function meantFor(call: LiveCall, site: Site): string[] {
  if (call.state === 'waiting' || (call.queue && call.state === 'ringing'))
    return membersOf(site, call.queue);
  if (call.rings) return rungByNumber(site, call.rings);
  return call.did ? rungByLine(site, call.did) : [];
}

/** The call that makes that phone ring: the one that has waited longest. */
function ringingFor(extension: string, { calls }: Facts, site: Site): LiveCall | undefined {
  return [...calls.values()]
    .filter(({ state }) => state === 'ringing' || state === 'waiting')
    .filter((call) => meantFor(call, site).includes(extension))
    .sort((a, b) => a.since.localeCompare(b.since))[0];
}

/** Since when the agent has peace after a call of a queue; undefined when that is over. */
function restSince(
  extension: string,
  members: Member[],
  { served }: Facts,
  { queues }: Site,
  now: Date,
): string | undefined {
  return queues
    .flatMap(({ id, wrap_up_seconds }) => {
      const member = members.find(({ queue }) => queue === id);
      const last = [served.get(`${id} ${extension}`), member?.lastCall].filter((at) => at != null);
      const at = last.sort().at(-1);
      return at && Date.parse(at) + wrap_up_seconds * 1_000 > now.getTime() ? [at] : [];
    })
    .sort()
    .at(-1);
}

/** The beginning of time stands for a moment that nobody told. */
function known(at: string | undefined): string | null {
  return at && Date.parse(at) > 0 ? at : null;
}
