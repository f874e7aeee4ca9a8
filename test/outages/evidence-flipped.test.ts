// One flipped bit anywhere in an evidence package is found out.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'tap';
import {
  copyOf,
  expectRefused,
  exported,
  flip,
  storeWithRecording,
  sumAgain,
  verify,
} from '../unit/support/evidence.ts';
import { makeKey } from '../unit/support/world.ts';

const recovery = await makeKey();
/** Changed, they say nothing about the rest. */
const MUTE = ['verify.sh', 'SHA256SUMS.asc'];

test('one flipped bit anywhere is found out, though all sums be written anew', async (t) => {
  const { store, id, header } = await storeWithRecording(t, [recovery.armoredPublic]);
  const good = await exported(t, store, id, '--with-details');
  const files = (await readdir(good, { recursive: true })).filter((name) => name.includes('.'));
  t.equal(files.length, 20);
  const places = [
    ...files.filter((name) => !MUTE.includes(name)).map((name) => ({ name, at: undefined })),
    // In the signature itself: before it stand fields that no signature is over, and that sq does not look at.
    { name: 'SHA256SUMS.asc', at: (await readFile(join(good, 'SHA256SUMS.asc'))).length - 50 },
    { name: 'recording.pgp', at: header.length - 10 },
    { name: 'recording.pgp', at: header.length + 30 },
    { name: 'SHA256SUMS', at: undefined },
  ];
  const plain = await copyOf(t, good);
  await flip(join(plain, 'README.fr.txt'));
  t.equal((await verify(plain)).status, 1, 'a file that says nothing, with the sums as they were');
  for (const { name, at } of places) {
    const again = await copyOf(t, good);
    await flip(join(again, name), at);
    if (!name.startsWith('SHA256SUMS')) await sumAgain(again);
    await expectRefused(t, recovery, again, name);
  }
});
