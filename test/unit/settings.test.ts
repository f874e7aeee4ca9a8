// The file of the settings, and how long a recording may be kept.

import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'tap';
import { checkSettings } from '../../src/policies/rules.ts';
import type { Settings } from '../../src/policies/schema.ts';
import { addDuration, longestDays } from '../../src/shared/duration.ts';
import { openSettings } from '../../src/shared/settings-file.ts';
import { lawful } from './support/policies.ts';
import { codeOf, ownFolder } from './support/world.ts';

const sound = async () => checkSettings(lawful());

test('a damaged settings file is left as it is; the last good copy serves, and nothing can be changed', async (t) => {
  const path = join(await ownFolder(t), 'settings.json');
  const first = await openSettings(path, checkSettings, sound);
  await first.update(({ lines }) => {
    for (const one of lines) one.name = 'Standard';
  });
  t.equal((await stat(path)).mode & 0o777, 0o600);
  t.equal((await stat(`${path}.bak`)).mode & 0o777, 0o600);
  await writeFile(path, '{"lines": [');
  const second = await openSettings(path, checkSettings, async () => t.fail('must not begin anew') as never);
  t.match(second.damage, /settings\.json is not JSON/);
  t.equal(second.data.lines[0]?.name, 'Accueil');
  t.equal(await codeOf(() => second.update(() => {})), 'settings-damaged');
  t.equal(await readFile(path, 'utf8'), '{"lines": [');
});

test('when the last good copy is damaged too, opening fails and both files are left as they are', async (t) => {
  const path = join(await ownFolder(t), 'settings.json');
  await writeFile(path, 'one');
  await writeFile(`${path}.bak`, 'two');
  await chmod(path, 0o640);
  t.equal(await codeOf(() => openSettings(path, checkSettings, sound)), 'bad-settings');
  t.same([await readFile(path, 'utf8'), await readFile(`${path}.bak`, 'utf8')], ['one', 'two']);
});

test('a change that breaks a rule changes nothing, in memory or on disk', async (t) => {
  const path = join(await ownFolder(t), 'settings.json');
  const file = await openSettings(path, checkSettings, sound);
  const before = await readFile(path, 'utf8');
  const change = ({ policies }: Settings) => {
    for (const one of policies) one.retention = 'P10Y';
  };
  t.equal(await codeOf(() => file.update(change)), 'bad-settings');
  t.equal(file.data.policies[0]?.retention, 'P180D');
  t.equal(await readFile(path, 'utf8'), before);
});

test('what another process wrote is taken over when asked for; a file that went bad is not', async (t) => {
  const path = join(await ownFolder(t), 'settings.json');
  const [one, other] = [
    await openSettings(path, checkSettings, sound),
    await openSettings(path, checkSettings, sound),
  ];
  t.equal(await other.reload(), 'same');
  await one.update(({ lines }) => {
    for (const line of lines) line.name = 'Neu';
  });
  t.equal(await other.reload(), 'changed');
  t.equal(other.data.lines[0]?.name, 'Neu');
  await writeFile(path, 'half a fi');
  t.equal(await other.reload(), 'damaged');
  t.equal(other.data.lines[0]?.name, 'Neu', 'what was in force stays in force');
  t.equal(await codeOf(() => other.exclusively(async () => {})), 'settings-damaged');
  await writeFile(path, JSON.stringify(lawful()));
  t.equal(await other.reload(), 'changed');
  t.same([other.damage, other.data.lines[0]?.name], [undefined, 'Accueil']);
});

test('while one replaces the settings another is refused, and a change that it does not know is not undone', async (t) => {
  const path = join(await ownFolder(t), 'settings.json');
  const [one, other] = [
    await openSettings(path, checkSettings, sound),
    await openSettings(path, checkSettings, sound),
  ];
  const renamed = checkSettings({ ...lawful(), conferences: [] });
  const hand = Promise.withResolvers<void>();
  const inside = Promise.withResolvers<void>();
  const first = one.exclusively(async (replace) => {
    inside.resolve();
    await hand.promise;
    await replace(renamed);
  });
  await inside.promise;
  t.equal(await codeOf(() => other.exclusively(async () => t.fail('two at once'))), 'busy');
  t.equal(await codeOf(() => one.exclusively(async () => t.fail('two at once'))), 'busy');
  hand.resolve();
  await first;
  t.equal(await codeOf(() => other.exclusively(async () => t.fail('blind'))), 'settings-changed');
  await other.reload();
  t.equal(await other.exclusively(async () => 'my turn'), 'my turn');
  t.same(other.data.conferences, []);
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
