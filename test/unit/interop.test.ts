// Everything that the sealing produces opens in the tools of others, and what was tampered with does not: here in the
// versions of Debian 12, gpg 2.2 and sq 0.27; test/lab/interop.test.ts has the newer ones.

import { execa } from 'execa';
import { test } from 'tap';
import { isAsItShould, layVector, makeVectors, TOOLS } from '../support/interop.ts';
import { ownFolder } from './support/world.ts';

test('gpg 2.2 and sq 0.27 open what they should, and nothing else', async (t) => {
  const folder = await ownFolder(t);
  const vectors = await makeVectors(folder);
  t.ok(vectors.length >= 12);
  for (const [index, vector] of vectors.entries()) {
    const files = await layVector(folder, index, vector);
    for (const [tool, script] of Object.entries(TOOLS)) {
      const { stdout } = await execa('sh', ['-c', script, 'sh', ...files]);
      t.ok(isAsItShould(vector, stdout), `${tool}: ${vector.name}: ${stdout}`);
    }
  }
});
