// Policies brought to where Asterisk reads them, whether it runs or not.

import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'tap';
import { putQueues } from '../../src/policies/generation.ts';
import { publishPolicies } from '../../src/publish.ts';
import { inForce, policyAppliance } from './support/policies.ts';
import { makeKey, ownFolder } from './support/world.ts';

/** One second of silence, as Asterisk plays it. */
function silence(): Buffer {
  const wav = Buffer.alloc(44 + 16_000);
  wav.write('RIFF', 0, 'latin1');
  wav.write('WAVEfmt ', 8, 'latin1');
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(8_000, 24);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36, 'latin1');
  wav.writeUInt32LE(16_000, 40);
  return wav;
}

const alarmsOf = async ({ appliance }: Awaited<ReturnType<typeof policyAppliance>>) =>
  (await appliance.alarms.latest(50)).map(({ code }) => code);

test('published policies are where Asterisk reads them, whether it runs or not', async (t) => {
  const world = await policyAppliance(t);
  const generation = await publishPolicies(world.appliance);
  t.match(generation, /^[0-9a-f]{12}$/);
  t.equal(await readFile(world.at('policies/current'), 'utf8'), generation, 'and nothing after it');
  t.match(await readFile(world.at('policies/queues.conf'), 'utf8'), /^\[desk\]\n/);
  for (const file of ['current', `${generation}.conf`, 'queues.conf'])
    t.equal((await stat(world.at(`policies/${file}`))).mode & 0o777, 0o640, file);
});

test('what the process masks does not keep Asterisk from reading the policies', async (t) => {
  const before = process.umask(0o077);
  t.teardown(() => process.umask(before));
  const world = await policyAppliance(t);
  await publishPolicies(world.appliance);
  t.equal((await stat(world.at('policies/current'))).mode & 0o777, 0o640);
});

test('with a fit key and the audio there, recordings are allowed; without, an alarm says what is missing', async (t) => {
  const world = await policyAppliance(t);
  const without = await publishPolicies(world.appliance);
  t.notMatch(await inForce(world.root), /until=/);
  const codes = new Set(await alarmsOf(world));
  t.same(codes, new Set(['recording.no-recipient', 'announcement.failed', 'group.no-key']));
  await mkdir(world.at('keys'));
  await writeFile(
    world.at('keys/recovery.asc'),
    (await makeKey({ date: new Date('2026-01-01') })).armoredPublic,
  );
  await mkdir(world.at('announcements'));
  await writeFile(world.at('announcements/notice-v1.wav'), silence());
  t.not(await publishPolicies(world.appliance), without);
  t.match(await inForce(world.root), /until=\d+\n/);
  t.match(await inForce(world.root), /\[announcement-notice-v1\]\nmilliseconds=1000\n/);
});

test('publishing again what is in force changes nothing on disk', async (t) => {
  const world = await policyAppliance(t);
  await publishPolicies(world.appliance);
  const times = async () =>
    Promise.all(
      (await readdir(world.at('policies'))).map(
        async (name) => (await stat(world.at(`policies/${name}`))).ino,
      ),
    );
  const before = await times();
  await publishPolicies(world.appliance);
  t.same(await times(), before);
  const published = (await world.appliance.audit.entries()).filter(
    ({ action }) => action === 'policies-published',
  );
  t.equal(published.length, 1);
});

test('in another month calls are drawn by another seed, whose hash is in the audit log (C11)', async (t) => {
  const world = await policyAppliance(t);
  await publishPolicies(world.appliance);
  const november = await inForce(world.root);
  world.clock.move(10 * 86_400_000);
  await publishPolicies(world.appliance);
  const seed = (text: string) => /seed=([0-9a-f]{64})\n/.exec(text)?.[1];
  t.not(seed(await inForce(world.root)), seed(november));
  const committed = (await world.appliance.audit.entries()).filter(({ action }) => action === 'draw-seed');
  t.match(committed, [{ reason: /^2026-11: sha256 / }, { reason: /^2026-12: sha256 / }]);
});

test('Asterisk is told of queues only when they have changed, and again when it could not be told', async (t) => {
  const folder = await ownFolder(t);
  let told = 0;
  const tell = async () => {
    told += 1;
  };
  t.match(await putQueues(folder, '[a]\n', () => Promise.reject(new Error('down'))), { message: 'down' });
  t.equal(await readFile(join(folder, 'queues.conf'), 'utf8'), '[a]\n', 'it is read when Asterisk starts');
  for (const queues of ['[a]\n', '[a]\n', '[b]\n', '[b]\n'])
    t.equal(await putQueues(folder, queues, tell), undefined);
  t.equal(told, 2);
});

test('settings that were damaged meanwhile leave the rules in force, and an alarm says so', async (t) => {
  const world = await policyAppliance(t);
  const before = await publishPolicies(world.appliance);
  await writeFile(world.at('settings.json'), '{');
  t.equal(await publishPolicies(world.appliance), before);
  t.ok((await alarmsOf(world)).includes('settings.damaged'));
});
