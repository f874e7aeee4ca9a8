// A board of tests: two clients, three teams, a queue; sheets and phones as a test says.

import { type Facts, noFacts, takeAll, takeEvent, takeSheet } from '../../../src/board/facts.ts';
import { figuresOf } from '../../../src/board/figures.ts';
import type { Site } from '../../../src/board/site.ts';
import { boardOf } from '../../../src/board/view.ts';
import { parseSheet } from '../../../src/spool/sheet.ts';

const START = Date.parse('2026-11-22T08:00:00.000Z');

/** The moment that many seconds after the tests begin. */
export const at = (seconds: number) => new Date(START + seconds * 1_000);

const person = (id: string, client: string, ...extensions: string[]) => ({
  id,
  name: id,
  client,
  extensions,
});

export function siteOf(): Site {
  return {
    people: [
      person('alice', 'one', '201'),
      person('bruno', 'one', '202'),
      { ...person('elise', 'one', '205'), staff_rep: true },
      person('carla', 'one', '203'),
      person('fatou', 'two', '206'),
      person('gilles', 'two', '207'),
      person('hugo', 'one', '208'),
    ],
    teams: [
      {
        id: 'desk',
        name: 'Accueil',
        client: 'one',
        members: ['alice', 'bruno', 'elise'],
        supervisors: ['carla'],
        modes: ['listen', 'whisper'],
      },
      {
        id: 'sales',
        name: 'Ventes',
        client: 'one',
        members: ['hugo'],
        supervisors: ['zoe'],
        modes: ['listen'],
      },
      {
        id: 'two',
        name: 'Deux',
        client: 'two',
        members: ['fatou'],
        supervisors: ['gilles'],
        modes: ['barge'],
      },
    ],
    queues: [
      {
        id: 'desk',
        name: 'Standard',
        client: 'one',
        number: '600',
        extensions: ['201', '202'],
        wrap_up_seconds: 20,
      },
      { id: 'two', name: 'Deux', client: 'two', number: '610', extensions: ['206'], wrap_up_seconds: 0 },
    ],
    ring_groups: [{ id: 'office', number: '601', extensions: ['201', '208'] }],
    lines: [
      { did: '+33123456701', name: 'Accueil', client: 'one', destination: { extensions: ['201'] } },
      { did: '+33123456707', name: 'Standard', client: 'one', destination: { queue: 'desk' } },
      { did: '+33123456702', name: 'Deux', client: 'two', destination: { queue: 'two' } },
    ],
    policies: [
      { id: 'told', live_listening: true },
      { id: 'quiet', live_listening: false },
    ],
  };
}

/** A fact of a sheet that came so many seconds after the tests began. */
export type Fact = [seconds: number, fact: string];

export const inbound = (did: string, id: string, policy = 'told') =>
  `arrival direction=inbound did=${did} from=33612345678 name=Zo%C3%A9 channel=${id} linked=${id} rules=line-${did} policy=${policy}`;

/** A call to the line that rings 201, told and answered after five seconds. */
export const answered = (id: string, from = 0): Fact[] => [
  [from, inbound('33123456701', id)],
  [from + 3, 'consent choice=not-refused'],
  [from + 3, 'ringing'],
  [from + 5, 'answer extension=201'],
];

/** A call that waits in the queue of that line. */
export const queued = (id: string, from = 0, did = '33123456707', queue = 'desk'): Fact[] => [
  [from, inbound(did, id)],
  [from + 3, 'consent choice=not-refused'],
  [from + 4, `queue.join queue=${queue}`],
];

export function sheetOf(id: string, facts: Fact[]) {
  return parseSheet(id, facts.map(([seconds, fact]) => `${at(seconds).toISOString()} ${fact}\n`).join(''));
}

export const phone = (extension: string, state: string) => ({
  event: 'DeviceStateChange',
  device: `PJSIP/${extension}`,
  state,
});

export const member = (queue: string, extension: string, more: Record<string, string> = {}) => ({
  event: 'QueueMemberStatus',
  queue,
  interface: `PJSIP/${extension}`,
  paused: '0',
  lastcall: '0',
  ...more,
});

/** A board that has heard Asterisk: every phone is there and free, and serves its queue. */
export function openBoard() {
  const site = siteOf();
  const facts: Facts = noFacts(at(-60));
  const all = site.people.flatMap(({ extensions }) => extensions);
  takeAll(
    facts,
    {
      devices: all.map((extension) => phone(extension, 'NOT_INUSE')),
      members: site.queues.flatMap(({ id, extensions }) => extensions.map((one) => member(id, one))),
      channels: new Set(),
    },
    [],
    at(-60),
  );
  return {
    site,
    facts,
    call: (id: string, ...lines: Fact[]) => takeSheet(facts, id, sheetOf(id, lines)),
    event: (fields: Record<string, string>, seconds: number) => takeEvent(facts, fields, at(seconds)),
    /** What somebody sees so many seconds after the tests began. */
    seen(user: string, seconds: number, seesLast4 = false) {
      const now = at(seconds);
      return boardOf(facts, site, { user, seesLast4 }, figuresOf([], now, 'Europe/Paris'), now);
    },
    agent(user: string, extension: string, seconds: number) {
      return this.seen(user, seconds).agents.find((one) => one.extension === extension);
    },
  };
}
