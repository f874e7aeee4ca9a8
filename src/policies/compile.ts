// The settings, compiled into one file that Asterisk reads by itself, so that a call needs no daemon. The file is named
// after its own content: the same rules have the same name, and a recording that names it can be checked (ADR 0007).

import { createHash } from 'node:crypto';
import { type Category, type Entry, rendered, windowEntries } from './category.ts';
import { hoursCategories, queueCategory, queuesOf, targetOf } from './compile-queues.ts';
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
    ...settings.queues.map((one) => queueCategory(one, settings)),
    ...settings.lines.flatMap((line) => hoursCategories(line, now.timezone)),
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

function lineCategories(settings: Settings): Category[] {
  return settings.lines.map(({ did, client, destination, ...rules }): Category => {
    const { kind, target } = targetOf(destination, settings);
    const { priority } = destination;
    return [
      `line-${did.slice(1)}`,
      ...told(rules),
      ['kind', kind],
      ['target', target],
      ['client', client],
      ...(priority ? [['priority', String(priority)] satisfies Entry] : []),
    ];
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
  { teams, queues }: Settings,
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
    ...queuesOf(number, queues),
    ...windowEntries(person.windows, timezone),
  ]);
}

function teamCategory({ id, modes, notice, windows }: Team, { timezone }: Circumstances): Category {
  return [`team-${id}`, ['modes', modes.join('&')], ['notice', notice], ...windowEntries(windows, timezone)];
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
