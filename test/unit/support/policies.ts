// Settings for tests: a lawful answering service with two clients, to be changed in one place at a time.

import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Test } from 'tap';
import { openAlarms } from '../../../src/alarms/alarms.ts';
import type { Appliance } from '../../../src/appliance.ts';
import { openAudit } from '../../../src/audit/journal.ts';
import { openObjections } from '../../../src/objections/list.ts';
import type { Circumstances } from '../../../src/policies/compile.ts';
import { generationInForce } from '../../../src/policies/generation.ts';
import { checkSettings } from '../../../src/policies/rules.ts';
import type { Settings } from '../../../src/policies/schema.ts';
import { createLogger } from '../../../src/shared/logger.ts';
import { openSettings } from '../../../src/shared/settings-file.ts';
import { handClock, ownFolder } from './world.ts';

const text = 'Votre appel peut être enregistré. Pour refuser, tapez 2.';
const notice = { client: 'one', language: 'fr', version: 1, kind: 'notice', text };
const informed = { informed_on: '2026-01-15', cse_consulted_on: '2026-01-10' };
const person = { client: 'one', role: 'agent', ...informed };
const policy = {
  client: 'one',
  purpose: 'quality',
  consent: 'opt-out',
  start: 'automatic',
  retention: 'P180D',
};

/** Settings as a person writes them. */
export function lawful() {
  return structuredClone({
    clients: [
      { id: 'one', name: 'Cabinet Un', contact: 'un@example.org' },
      { id: 'two', name: 'Cabinet Deux', contact: 'deux@example.org' },
    ],
    recipient_groups: [{ id: 'team', client: 'one', name: 'Équipe' }],
    announcements: [
      { id: 'notice-v1', ...notice },
      { id: 'more-v1', ...notice, kind: 'information' },
      { id: 'notice-two-v1', ...notice, client: 'two' },
    ],
    policies: [
      { id: 'quality', ...policy, recipients: ['team'] },
      { id: 'contract', ...policy, purpose: 'contract', start: 'on-demand', retention: 'P5Y' },
      { id: 'never', ...policy, consent: 'never' },
      { id: 'two', ...policy, client: 'two' },
    ] as Record<string, unknown>[],
    lines: [
      {
        did: '+33123456701',
        client: 'one',
        name: 'Accueil',
        policy: 'quality',
        announcements: ['notice-v1'],
        information: 'more-v1',
        destination: { extensions: ['201', '204'] },
      },
      {
        did: '+33123456702',
        client: 'two',
        name: 'Deux',
        policy: 'two',
        announcements: ['notice-two-v1'],
        destination: { extensions: ['206'] },
      },
    ] as Record<string, unknown>[],
    ring_groups: [{ id: 'office', client: 'one', name: 'Bureau', number: '601', extensions: ['201', '202'] }],
    queues: [
      {
        id: 'desk',
        client: 'one',
        name: 'Standard',
        number: '600',
        extensions: ['201', '202'],
        strategy: 'rrmemory',
        wrap_up_seconds: 10,
        timeout_seconds: 300,
        announce_position: true,
      },
    ],
    conferences: [{ id: 'room', client: 'one', name: 'Réunion', number: '602' }],
    people: [
      { id: 'alice', name: 'Alice', extensions: ['201'], ...person },
      { id: 'bruno', name: 'Bruno', extensions: ['202'], ...person },
      { id: 'denis', name: 'Denis', client: 'one', extensions: ['204'], role: 'agent' },
      { id: 'elise', name: 'Élise', extensions: ['205'], ...person, staff_rep: true },
      { id: 'fatou', name: 'Fatou', extensions: ['206'], ...person, client: 'two' },
    ] as Record<string, unknown>[],
    outbound: [{ client: 'one', policy: 'quality', announcements: ['notice-v1'] }] as Record<
      string,
      unknown
    >[],
  });
}

export type Draft = ReturnType<typeof lawful> & { internal?: unknown };

/** Lawful settings with a change. */
export function changed(change: (draft: Draft) => void): Draft {
  const draft: Draft = lawful();
  change(draft);
  return draft;
}

/** The object of a list, to be changed. */
export const at = <T>(list: T[], index: number) => list[index] as T & Record<string, unknown>;

/** A change of some values of one object. */
export const set = (index: number, section: keyof Draft, values: object) => (draft: Draft) =>
  void Object.assign(at(draft[section] as object[], index), values);

/** Settings of one policy and one group, which nothing else belongs to, for an appliance that is about other things. */
export function settingsOfOne() {
  const nothing = { lines: [], ring_groups: [], queues: [], conferences: [], people: [], teams: [] };
  const filled = { share: 25, encoding: 'flac', live_listening: false, recipients: ['team'] };
  return {
    data: {
      clients: [],
      announcements: [],
      outbound: [],
      ...nothing,
      policies: [{ id: 'accueil', ...policy, ...filled }],
      recipient_groups: [{ id: 'team', client: 'one', name: 'Équipe' }],
    },
    reload: async () => 'same',
  };
}

export const SEED = { seed: 'ab'.repeat(32), commitment: 'cd'.repeat(32) };

/** What policies are compiled under when all is well. */
export const WELL: Circumstances = {
  announcements: {
    'notice-v1': { sha256: 'ab12', milliseconds: 6100 },
    'more-v1': { sha256: 'cd34', milliseconds: 9000 },
    'notice-two-v1': { sha256: 'ef56', milliseconds: 6200 },
  },
  recordUntil: new Date(1_800_000_000_999),
  seed: SEED,
  timezone: 'Europe/Paris',
  today: '2026-11-22',
};

/** As much of an appliance as policies need, in a folder of its own; nobody answers as Asterisk. */
export async function policyAppliance(t: Test) {
  const root = await ownFolder(t);
  const at = (name: string) => join(root, name);
  const clock = handClock('2026-11-22T08:00:00Z');
  const log = createLogger('silent');
  await mkdir(at('policies'));
  await mkdir(at('vault/incoming'), { recursive: true });
  const open = () =>
    openSettings<Settings>(at('settings.json'), checkSettings, async () => checkSettings(lawful()));
  const appliance = {
    config: {
      site: { timezone: 'Europe/Paris' },
      asterisk: { ami: { host: '127.0.0.1', port: 1, controlUser: 'greffier-control' } },
      secrets: { amiControl: 'nobody asks for this one' },
      paths: { recoveryKeys: at('keys'), recipients: at('recipients') },
      state: {
        settings: at('settings.json'),
        policies: at('policies'),
        draws: at('draws'),
        announcements: at('announcements'),
        keys: at('state-keys'),
        vault: at('vault'),
      },
    },
    clock,
    log,
    settings: await open(),
    audit: await openAudit(at('audit'), clock),
    alarms: await openAlarms(at('alarms'), clock, log),
    objections: await openObjections(
      { folder: at('objections'), published: at('policies/objections'), country: 'FR' },
      clock,
    ),
  };
  return {
    root,
    at,
    clock,
    appliance: appliance as unknown as Appliance,
    /** Another process with the same files. */
    another: async () => ({ ...appliance, settings: await open() }) as unknown as Appliance,
  };
}

/** The compiled policies that calls go by. */
export async function inForce(root: string): Promise<string> {
  const folder = join(root, 'policies');
  return readFile(join(folder, `${await generationInForce(folder)}.conf`), 'utf8');
}
