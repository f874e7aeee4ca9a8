// What the command line hands out is one file, which is there whole or not at all.

import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { test } from 'tap';
import { writePacked } from '../../src/cli/packed.ts';
import { GreffierError } from '../../src/shared/errors.ts';
import { codeOf, ownFolder } from './support/world.ts';

const AT = new Date('2026-11-25T10:00:00Z');
const layOut = (folder: string) => writeFile(join(folder, 'a.txt'), 'whole');

test('a package is one file for its owner only, in a folder that is made for it', async (t) => {
  const to = join(await ownFolder(t), 'handed', 'out');
  const packed = await writePacked(to, 'a-package', AT, layOut);
  t.equal(packed, join(to, 'a-package.tar'));
  t.same(await readdir(to), ['a-package.tar']);
  t.equal((await stat(packed)).mode & 0o777, 0o600);
  const { stdout } = await execa('tar', ['--extract', '--to-stdout', `--file=${packed}`, 'a-package/a.txt']);
  t.equal(stdout, 'whole');
  await writePacked(to, 'a-package', AT, layOut);
  t.same(await readdir(to), ['a-package.tar'], 'and takes the place of the one before');
});

test('a package that fails on the way leaves nothing, and what was there stays', async (t) => {
  const to = await ownFolder(t);
  await writeFile(join(to, 'a-package.tar'), 'the one before');
  const failing = (error: Error) =>
    codeOf(() =>
      writePacked(to, 'a-package', AT, async (folder) => {
        await layOut(folder);
        throw error;
      }),
    );
  t.equal(await failing(new GreffierError('no-such-thing', 'it is not there')), 'no-such-thing');
  t.equal(await failing(new Error('the disk is full')), 'not-written');
  t.same(await readdir(to), ['a-package.tar']);
});

test('a place that cannot be written to is named', async (t) => {
  const to = join(await ownFolder(t), 'a-file');
  await writeFile(to, '');
  const said = writePacked(to, 'a-package', AT, layOut);
  await t.rejects(said, { code: 'not-written', message: new RegExp(`^cannot write ${to}/a-package.tar: `) });
});
