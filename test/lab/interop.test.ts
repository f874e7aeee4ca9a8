// The vectors of test/unit/interop.test.ts in the versions that are on the box: gpg 2.4 and sq 1.x.

import { mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { test } from 'tap';
import { labInfo } from '../../appliance/lab/info.ts';
import { isAsItShould, layVector, makeVectors, TOOLS } from '../support/interop.ts';
import { inBox } from '../support/lab.ts';

const lab = await labInfo(process.env.GREFFIER_LAB ?? 'test');
/** The box sees the repository there, read-only. */
const SEEN_AT = '/srv/greffier/build/interop';

test('gpg 2.4 and sq 1.x open what they should, and nothing else', async (t) => {
  const folder = join(import.meta.dirname, '..', '..', 'build', 'interop');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  t.match(await inBox(lab, 'gpg', '--version'), /gpg \(GnuPG\) 2\.4/);
  t.match(await inBox(lab, 'sh', '-c', 'sq version 2>&1'), /sq 1\./);
  for (const [index, vector] of (await makeVectors(folder)).entries()) {
    const [message = '', key = '', sessionKey = ''] = await layVector(folder, index, vector);
    const files = [join(SEEN_AT, basename(message)), join(SEEN_AT, basename(key)), sessionKey];
    for (const [tool, script] of Object.entries(TOOLS)) {
      const printed = await inBox(lab, 'sh', '-c', script, 'sh', ...files);
      t.ok(isAsItShould(vector, printed), `${tool}: ${vector.name}: ${printed}`);
    }
  }
});
