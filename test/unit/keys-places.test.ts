// Where public keys lie: the daemon reads them as a member of its group, whatever the umask of whoever lays them (ADR 0030).

import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'tap';
import { layKey } from '../../src/keys/places.ts';
import { makeKey, ownFolder } from './support/world.ts';

const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

test('the first key of a group can be read by the daemon, also when the umask of root is 077', async (t) => {
  const places = await ownFolder(t);
  await mkdir(join(places, 'recipients'), { mode: 0o750 });
  const before = process.umask(0o077);
  t.teardown(() => process.umask(before));
  const key = await makeKey();
  const folder = join(places, 'recipients', 'essai');
  const path = await layKey(folder, key.privateKey.getFingerprint(), key.armoredPublic);
  t.same([await modeOf(folder), await modeOf(path)], ['750', '640']);
});
