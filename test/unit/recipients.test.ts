// Who recordings are sealed to besides the recovery key: the groups of the policy (C34).

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Test, test } from 'tap';
import { recipientsOf } from '../../src/keys/recipients.ts';
import { makeKey, ownFolder } from './support/world.ts';

const NOW = new Date('2026-11-22T08:00:00Z');
const key = async () => (await makeKey({ date: new Date('2026-01-01') })).armoredPublic;

async function folders(t: Test, files: Record<string, string>) {
  const root = await ownFolder(t);
  for (const [path, content] of Object.entries(files)) {
    await mkdir(join(root, path, '..'), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return { recoveryKeys: join(root, 'keys'), recipients: join(root, 'recipients') };
}

const filesOf = (keys: { file: string }[]) => keys.map(({ file }) => file);

test('a recording is sealed to recovery and to the groups of its policy, and to no other group', async (t) => {
  const [recovery, marie, other] = [await key(), await key(), await key()];
  const at = await folders(t, {
    'keys/recovery.asc': recovery,
    'recipients/team/marie.asc': marie,
    'recipients/team/again.asc': marie,
    'recipients/two/other.asc': other,
  });
  const { keys, without } = await recipientsOf(at, { recipients: ['team'] }, NOW);
  t.equal(keys[0]?.file, 'recovery.asc');
  t.equal(keys.length, 2, 'each key once');
  t.notOk(filesOf(keys).includes('other.asc'), 'a client sees nothing of another');
  t.same(without, []);
  t.same(filesOf((await recipientsOf(at, undefined, NOW)).keys), ['recovery.asc']);
});

test('a group without a fit key is named, and the recording is sealed to the others', async (t) => {
  const at = await folders(t, {
    'keys/recovery.asc': await key(),
    'recipients/late/late.asc': (await makeKey({ date: new Date('2026-01-01'), keyExpirationTime: 60 }))
      .armoredPublic,
    'recipients/odd/odd.asc': 'no key',
  });
  const { keys, without } = await recipientsOf(at, { recipients: ['late', 'odd', 'absent'] }, NOW);
  t.same(filesOf(keys), ['recovery.asc']);
  t.same(without, ['late', 'odd', 'absent']);
});

test('without a fit recovery key there is no recipient at all: nobody could ever open it for a court', async (t) => {
  const at = await folders(t, { 'recipients/team/marie.asc': await key() });
  t.same((await recipientsOf(at, { recipients: ['team'] }, NOW)).keys, []);
});
