// The settings, compiled into one file that Asterisk reads by itself, so that a call needs no daemon. The file is named
// after its own content: the same rules have the same name, and a recording that names it can be checked (ADR 0007).

import { createHash } from 'node:crypto';
import { type Seed, thresholdOf } from './draws.ts';
import { compileQueues } from './queues.ts';
import { recordable } from './rules/people.ts';
import type { Person, Policy, Settings } from './schema.ts';
import type { Team } from './team-schema.ts';

export interface MeasuredAnnouncements {
  [id: string]: { sha256: string; milliseconds: number } | undefined;
}

export interface Circumstances {
  /** Those whose audio is in order; a line whose announcement is missing here will not be recorded. */
  announcements: MeasuredAnnouncements;
  /** Until when recordings can be sealed; null when they cannot, and then nothing is captured. */
  recordUntil: Date | null;
  seed: Seed;
  /** Clock that the hours of the people go by. */
  timezone: string;
  /** YYYY-MM-DD by that clock: from which day on somebody is informed. */
  today: string;
}

export interface Compiled {
  /** First twelve hexadecimal digits of the text's SHA-256. */
  generation: string;
  text: string;
  /** Definitions for app_queue. */
  queues: string;
}

type Entry = [key: string, value: string];
type Category = [name: string, ...entries: Entry[]];

/** What neither Asterisk's reader nor the dialplan can take for anything else. */
const PLAIN = /^[A-Za-z0-9&/:,*+_.-]*$/;

/** Compiles settings that were checked. Throws when a value holds a character that is not plain. */
export function compilePolicies(settings: Settings, now: Circumstances): Compiled {
  const text = [
    recordingCategory(now),
    ...announcementCategories(settings, now),
    ...lineCategories(settings),
    ...otherRules(settings),
    ...settings.policies.map(policyCategory),
    ...settings.people.flatMap((person) => extensionCategories(person, settings, now)),
    ...settings.teams.map((team) => teamCategory(team, now)),
    ...numberCategories(settings),
    ...settings.queues.map((one): Category => [`queue-${one.id}`, ['timeout', String(one.timeout_seconds)]]),
    ...settings.conferences.map((one): Category => [`conference-${one.id}`, ['number', one.number]]),
  ]
    .map(rendered)
    .join('\n');
  const generation = createHash('sha256').update(text).digest('hex').slice(0, 12);
  return { generation, text, queues: compileQueues(settings.queues) };
}

function recordingCategory({ recordUntil, seed }: Circumstances): Category {
  const until: Entry[] = recordUntil ? [['until', String(Math.floor(recordUntil.getTime() / 1000))]] : [];
  return ['recording', ...until, ['seed', seed.seed], ['commitment', seed.commitment]];
}

function announcementCategories({ announcements }: Settings, now: Circumstances): Category[] {
  return announcements.flatMap(({ id, language }): Category[] => {
    const measured = now.announcements[id];
    if (!measured) return [];
    const { milliseconds, sha256 } = measured;
    return [
      [
        `announcement-${id}`,
        ['milliseconds', String(milliseconds)],
        ['sha256', sha256],
        ['language', language],
      ],
    ];
  });
}

function lineCategories({ lines, ring_groups }: Settings): Category[] {
  return lines.map(({ did, client, destination: to, ...rules }): Category => {
    const rings = to.extensions ?? ring_groups.find(({ id }) => id === to.ring_group)?.extensions;
    const [kind, target] = rings
      ? ['extensions', rings.join('&')]
      : to.queue
        ? ['queue', to.queue]
        : ['conference', to.conference ?? ''];
    return [`line-${did.slice(1)}`, ...told(rules), ['kind', kind], ['target', target], ['client', client]];
  });
}

function otherRules({ outbound, internal }: Settings): Category[] {
  const out = outbound.map(({ client, ...rules }): Category => [`outbound-${client}`, ...told(rules)]);
  return internal ? [...out, ['internal', ...told(internal)]] : out;
}

function told(rules: { policy: string; announcements: string[]; information?: string }): Entry[] {
  return [
    ['policy', rules.policy],
    ['announcements', rules.announcements.join('&')],
    ['information', rules.information ?? ''],
  ];
}

function policyCategory({ id, consent, start, share, recipients, live_listening }: Policy): Category {
  return [
    `policy-${id}`,
    ['consent', consent],
    ['start', start],
    ['share', String(share)],
    ['threshold', thresholdOf(share)],
    ['recipients', recipients.join('&')],
    ['listening', live_listening ? 'yes' : 'no'],
  ];
}

function extensionCategories(
  person: Person,
  { teams }: Settings,
  { timezone, today }: Circumstances,
): Category[] {
  const idsOf = (role: 'members' | 'supervisors') =>
    teams.filter((team) => team[role].includes(person.id)).map(({ id }) => id);
  return person.extensions.map((number) => [
    `extension-${number}`,
    ['record', recordable(person, today)],
    ['client', person.client],
    ['teams', idsOf('members').join('&')],
    ['supervises', idsOf('supervisors').join('&')],
    ...windowEntries(person.windows, timezone),
  ]);
}

function teamCategory({ id, modes, notice, windows }: Team, { timezone }: Circumstances): Category {
  return [`team-${id}`, ['modes', modes.join('&')], ['notice', notice], ...windowEntries(windows, timezone)];
}

function windowEntries(windows: Team['windows'], timezone: string): Entry[] {
  return (windows ?? []).map(({ days, from, to }) => ['window', `${from}-${to},${days},*,*,${timezone}`]);
}

function numberCategories({ ring_groups, queues, conferences }: Settings): Category[] {
  const category = (number: string, kind: string, target: string): Category => [
    `number-${number}`,
    ['kind', kind],
    ['target', target],
  ];
  return [
    ...ring_groups.map((one) => category(one.number, 'extensions', one.extensions.join('&'))),
    ...queues.map((one) => category(one.number, 'queue', one.id)),
    ...conferences.map((one) => category(one.number, 'conference', one.id)),
  ];
}

function rendered([name, ...entries]: Category): string {
  for (const part of [name, ...entries.flat()])
    if (!PLAIN.test(part)) throw new Error(`not a plain value in [${name}]: ${JSON.stringify(part)}`);
  return `[${name}]\n${entries.map(([key, value]) => `${key}=${value}\n`).join('')}`;
}
