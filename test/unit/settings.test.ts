// The file of lines and announcements, and how long a recording may be kept.

import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'tap';
import { compilePolicies } from '../../src/policies/compile.ts';
import { checkSettings } from '../../src/policies/rules.ts';
import type { Settings } from '../../src/policies/schema.ts';
import { addDuration, longestDays } from '../../src/shared/duration.ts';
import { openSettings } from '../../src/shared/settings-file.ts';
import { codeOf, messageOf, ownFolder } from './support/world.ts';

const text = 'Votre appel peut être enregistré. Pour refuser, tapez 2.';
const announcement = { id: 'accueil-fr-v1', language: 'fr', version: 1, text };
const line = {
  did: '+33123456701',
  name: 'Accueil',
  purpose: 'quality',
  announcement: 'accueil-fr-v1',
  consent: 'opt-out',
  retention: 'P180D',
  extensions: ['201'],
};
const settings = (change: object = {}): Settings =>
  ({ announcements: [announcement], lines: [{ ...line, ...change }] }) as Settings;
const refusal = (value: unknown) => messageOf(() => checkSettings(value));

test('a line whose announcement is not defined is refused (C01)', async (t) => {
  t.match(await refusal(settings({ announcement: 'other' })), /line \+33123456701 plays.*other.*\(C01\)/);
});

test('recordings for quality are not kept longer than six months (C21)', async (t) => {
  t.match(await refusal(settings({ retention: 'P200D' })), /P200D, longer than six months.*quality \(C21\)/);
  t.match(await refusal(settings({ retention: 'P1Y', purpose: 'training' })), /\(C21\)/);
  for (const retention of ['P6M', 'P184D', 'PT1M'])
    t.equal((await refusal(settings({ retention }))).slice(0, 7), 'nothing', retention);
  for (const retention of ['P185D', 'P6M1D', 'P99999999999D'])
    t.not((await refusal(settings({ retention }))).slice(0, 7), 'nothing', retention);
});

test('a line that keeps nothing is refused: what is sealed must not be due at once', async (t) => {
  for (const retention of ['P0D', 'PT0S', 'PT59S'])
    t.match(await refusal(settings({ retention })), /less than one minute/, retention);
});

test('the proof of a contract is kept up to five years, not longer (C18)', async (t) => {
  t.equal((await refusal(settings({ retention: 'P5Y', purpose: 'contract' }))).slice(0, 7), 'nothing');
  t.match(await refusal(settings({ retention: 'P6Y', purpose: 'contract' })), /longer than five years/);
});

test('a key that does not exist is refused by its name', async (t) => {
  t.match(await refusal(settings({ retenton: 'P1D' })), /unknown key \/lines\/0\/retenton/);
});

test('a line with a malformed number, purpose or consent is refused, and the value is named', async (t) => {
  for (const did of ['0123456701', '+0123456701', '33123456701', '+33 1 23 45 67 01', '+33123456701)']) {
    const message = await refusal(settings({ did }));
    t.match(message, /\/lines\/0\/did/);
    t.ok(message.includes(JSON.stringify(did)), did);
  }
  t.match(await refusal(settings({ consent: 'implied' })), /\/lines\/0\/consent/);
  t.match(await refusal(settings({ purpose: 'surveillance' })), /\/lines\/0\/purpose/);
  t.match(await refusal(settings({ extensions: ['201&Local/9'] })), /\/lines\/0\/extensions/);
  t.match(await refusal(settings({ retention: 'PT' })), /not an ISO 8601 duration: PT/);
});

test('two lines with one number, and two announcements with one name, are refused', async (t) => {
  t.match(await refusal({ ...settings(), lines: [line, line] }), /line \+33123456701 is defined twice/);
  const twins = { ...settings(), announcements: [announcement, announcement] };
  t.match(await refusal(twins), /announcement accueil-fr-v1 is defined twice/);
});

test('without a fit key nothing compiled allows a recording; without its audio an announcement is left out', async (t) => {
  const closed = Object.fromEntries(compilePolicies(settings(), { 'accueil-fr-v1': undefined }, null));
  t.notOk('recording/until' in closed);
  t.notOk('announcement/accueil-fr-v1/milliseconds' in closed);
  t.equal(closed['line/33123456701/dial'], 'PJSIP/201');
  const measured = { 'accueil-fr-v1': { sha256: 'ab12', milliseconds: 6100 } };
  const open = Object.fromEntries(compilePolicies(settings(), measured, new Date(1_800_000_000_999)));
  t.equal(open['recording/until'], '1800000000');
  t.equal(open['announcement/accueil-fr-v1/milliseconds'], '6100');
});

test('a damaged settings file is left as it is; the last good copy serves, and nothing can be changed', async (t) => {
  const path = join(await ownFolder(t), 'settings.json');
  const first = await openSettings(path, checkSettings, async () => settings());
  await first.update(({ lines }) => {
    lines[0] = { ...(line as Settings['lines'][0]), name: 'Standard' };
  });
  t.equal((await stat(path)).mode & 0o777, 0o600);
  t.equal((await stat(`${path}.bak`)).mode & 0o777, 0o600);
  await writeFile(path, '{"announcements": [');
  const second = await openSettings(path, checkSettings, async () => t.fail('must not begin anew') as never);
  t.match(second.damage, /settings\.json is not JSON/);
  t.equal(second.data.lines[0]?.name, 'Accueil');
  t.equal(await codeOf(() => second.update(() => {})), 'settings-damaged');
  t.equal(await readFile(path, 'utf8'), '{"announcements": [');
});

test('when the last good copy is damaged too, opening fails and both files are left as they are', async (t) => {
  const path = join(await ownFolder(t), 'settings.json');
  await writeFile(path, 'one');
  await writeFile(`${path}.bak`, 'two');
  await chmod(path, 0o640);
  t.equal(await codeOf(() => openSettings(path, checkSettings, async () => settings())), 'bad-settings');
  t.same([await readFile(path, 'utf8'), await readFile(`${path}.bak`, 'utf8')], ['one', 'two']);
});

test('a change that breaks a rule changes nothing, in memory or on disk', async (t) => {
  const path = join(await ownFolder(t), 'settings.json');
  const file = await openSettings(path, checkSettings, async () => settings());
  const before = await readFile(path, 'utf8');
  const change = ({ lines }: Settings) => {
    for (const one of lines) one.retention = 'P1Y';
  };
  t.equal(await codeOf(() => file.update(change)), 'bad-settings');
  t.equal(file.data.lines[0]?.retention, 'P180D');
  t.equal(await readFile(path, 'utf8'), before);
});

const after = (from: string, duration: string) => addDuration(new Date(from), duration).toISOString();

test('a month that ends early ends the period with its last day, never a day later', async (t) => {
  t.equal(after('2027-01-31T10:00:00Z', 'P1M'), '2027-02-28T10:00:00.000Z');
  t.equal(after('2028-01-31T10:00:00Z', 'P1M'), '2028-02-29T10:00:00.000Z');
  t.equal(after('2028-02-29T10:00:00Z', 'P1Y'), '2029-02-28T10:00:00.000Z');
  t.equal(after('2026-11-30T10:00:00Z', 'P3M'), '2027-02-28T10:00:00.000Z');
  t.equal(after('2026-12-31T23:59:59.999Z', 'PT1S'), '2027-01-01T00:00:00.999Z');
});

test('no change to or from summer time moves a due date', async (t) => {
  t.equal(after('2027-03-27T02:30:00+01:00', 'P1D'), '2027-03-28T01:30:00.000Z');
  t.equal(after('2027-10-30T02:30:00+02:00', 'P1D'), '2027-10-31T00:30:00.000Z');
  t.equal(after('2026-11-22T08:15:00Z', 'P180D'), '2027-05-21T08:15:00.000Z');
  t.equal(after('2026-11-22T08:15:00Z', 'PT1M'), '2026-11-22T08:16:00.000Z');
});

test('what is no duration is refused', async (t) => {
  for (const bad of ['', 'P', 'PT', 'P1DT', '180', 'P-1D', 'P1.5D', 'p1d', 'P1D ', 'P1H', 'PT1D', '1D']) {
    t.equal(await codeOf(() => addDuration(new Date(0), bad)), 'bad-duration', JSON.stringify(bad));
  }
  t.equal(longestDays('P1M'), 31);
  t.equal(longestDays('P1Y'), 366);
});
