// How settings are refused and looked up as a whole, and that the sites that are shipped are lawful.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'tap';
import { parse } from 'yaml';
import * as company from '../../appliance/lab/company.ts';
import { lines } from '../../appliance/lab/lines.ts';
import { sentence } from '../../src/policies/rules/fault.ts';
import { warningsOf } from '../../src/policies/rules/warnings.ts';
import { checkSettings } from '../../src/policies/rules.ts';
import { rulesOf } from '../../src/policies/rules-of.ts';
import { changed, type Draft, lawful, set } from './support/policies.ts';
import { messageOf, ROOT } from './support/world.ts';

test('every fault is told at once, each with its object', async (t) => {
  const message = await messageOf(() =>
    checkSettings(
      changed((draft) => {
        set(0, 'policies', { share: 100 })(draft);
        set(1, 'lines', { policy: 'x' })(draft);
      }),
    ),
  );
  t.match(message, /policy quality: .*\(C11\).*; line \+33123456702: .*\(C34\)/);
});

test('a misspelt key and a malformed value are named with their object', async (t) => {
  const refusal = (change: (draft: Draft) => void) => messageOf(() => checkSettings(changed(change)));
  t.match(await refusal(set(0, 'lines', { polcy: 'x' })), /unknown key line \+33123456701 \/polcy/);
  t.match(await refusal(set(0, 'policies', { consent: 'implied' })), /policy quality \/consent .*"implied"/);
  t.match(await refusal(set(0, 'people', { extensions: ['201&Local/9'] })), /person alice \/extensions\/0/);
  t.match(await refusal(set(0, 'lines', { destination: {} })), /line \+33123456701 \/destination/);
  const both = { destination: { queue: 'desk', conference: 'room' } };
  t.match(await refusal(set(0, 'lines', both)), /line \+33123456701 \/destination/);
  for (const did of ['0123456701', '+0123456701', '+33 1 23 45 67 01', '+33123456701)'])
    t.ok((await refusal(set(0, 'lines', { did }))).includes(JSON.stringify(did)), did);
  for (const value of [null, [], 'settings', 7])
    t.match(await messageOf(() => checkSettings(value)), /^settings: /);
});

test('a section that was left out is refused, and not taken for an empty one', async (t) => {
  const { people: _, ...rest } = lawful();
  t.match(await messageOf(() => checkSettings(rest)), /people/);
});

test('who is warned: of a large share, of people not informed; representatives are counted, never named (C10)', async (t) => {
  const warnings = warningsOf(checkSettings(changed(set(0, 'policies', { share: 31 })))).map(sentence);
  t.match(warnings[0], /policy quality: records 31 %.*\(C11\)/);
  t.match(warnings[1], /person denis: is not informed.*\(C08\)/);
  t.match(warnings[2], /^staff representatives: 1,.*\(C10\)/);
  t.equal(warnings.length, 3);
  t.notMatch(warnings.join(), /elise/i);
});

test('the rules of a call are those of its line, of the client that calls out, or those between extensions', async (t) => {
  const settings = checkSettings(lawful());
  const found = rulesOf(settings, { direction: 'inbound', did: '33123456701' });
  t.match(found, { client: { id: 'one' }, line: 'Accueil', policy: { id: 'quality' } });
  t.same(rulesOf(settings, { direction: 'inbound', did: '+33123456701' }), found);
  t.match(rulesOf(settings, { direction: 'outbound', client: 'one' }), {
    line: '',
    policy: { id: 'quality' },
  });
  t.equal(rulesOf(settings, { direction: 'outbound', client: 'two' }), undefined);
  t.equal(rulesOf(settings, { direction: 'internal' }), undefined);
  t.equal(rulesOf(settings, { direction: 'inbound', did: '33199999999' }), undefined);
});

/** What the playbook makes of a site file, as far as the settings go. */
function seedOf(site: Record<string, unknown>) {
  const sections = Object.keys(lawful()).map((section) => [
    section,
    ((site[`greffier_${section}`] ?? []) as Record<string, unknown>[]).map(
      ({ wav: _, keys: __, ...rest }) => rest,
    ),
  ]);
  return Object.fromEntries(sections);
}

test('the site files that are shipped are lawful', async (t) => {
  for (const name of ['example', 'vagrant']) {
    const site = parse(readFileSync(join(ROOT, `ansible/site.${name}.yml`), 'utf8'));
    const { clients, queues, people } = checkSettings(seedOf(site));
    t.same([clients.length, queues.length, people.length], [1, 1, 2], name);
  }
});

test('the company of the lab is lawful, with a line for every kind of call', async (t) => {
  const { recipientGroups: recipient_groups, ringGroups: ring_groups, phones: _, ...rest } = company;
  const site = Object.entries({ ...rest, recipient_groups, ring_groups, lines });
  const settings = checkSettings(
    seedOf(Object.fromEntries(site.map(([key, value]) => [`greffier_${key}`, value]))),
  );
  t.equal(settings.lines.length, 21);
  t.same(
    new Set(settings.policies.map(({ consent }) => consent)),
    new Set(['opt-out', 'opt-in', 'none', 'never']),
  );
});
