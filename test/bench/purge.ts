// Everything that is due is destroyed: overwritten, unlinked, receipted, each step on disk before the next. Against find,
// which only takes names out of folders; and against the least that a destruction which survives a power cut costs.

import { cp, mkdir, open, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { syncFolder } from '../../src/shared/files.ts';
import { asDaemon } from '../support/as-daemon.ts';
import { ownFolder } from '../unit/support/world.ts';
import { compared, type Figure } from './figure.ts';
import { secondsOf } from './measure.ts';

const CHILD = join(import.meta.dirname, '..', 'campaigns', 'purge-child.ts');
/** So many at a time, as the sweep does. */
const AT_ONCE = 50;
const SAMPLE = 400;

export const purge: Figure = {
  id: 'purge',
  name: 'purge of what is due',
  unit: 'recordings',
  sizes: { small: 20, usual: [10_000] },
  async measure(bench) {
    const { size, tell } = bench;
    const root = await ownFolder(bench);
    const at = (name: string) => join(root, name);
    await execa(process.execPath, [CHILD, root, 'make', String(size)]);
    await cp(at('vault'), at('copy'), { recursive: true });
    await execa('sync');
    tell('they are made');
    const find = await secondsOf(() => execa('find', [at('copy'), '-type', 'f', '-delete']));
    const least = await leastThatIsDurable(at('least'), Math.min(size, SAMPLE));
    tell('find is done');
    const { options, env } = await asDaemon();
    const { stdout } = await execa(process.execPath, [...options, CHILD, root, 'sweep', '0'], { env });
    const swept = JSON.parse(stdout.split('\n').at(-1) ?? '') as { destroyed: number; seconds: number };
    if (swept.destroyed !== size) throw new Error(`${swept.destroyed} of ${size} were destroyed`);
    const each = (seconds: number, count: number) => (1000 * seconds) / count;
    const said = { what: 'each recording', value: each(swept.seconds, size), unit: 'ms' };
    return [
      compared(said, 'find -delete of 5 files', each(find, size), { atMost: 2 }),
      compared(said, 'the least that is durable', each(least, Math.min(size, SAMPLE))),
    ];
  },
};

/** Overwrites one file and flushes it, unlinks it and flushes the folder; writes a receipt and flushes it and its folder. */
async function leastThatIsDurable(folder: string, count: number): Promise<number> {
  const places = Array.from({ length: count }, (_, at) => join(folder, String(at)));
  for (const place of places) {
    await mkdir(place, { recursive: true });
    await writeFile(join(place, 'header'), Buffer.alloc(1_000));
  }
  await execa('sync');
  const destroy = async (place: string) => {
    const flushed = async (path: string, flags: string) => {
      const file = await open(path, flags);
      await file.write(Buffer.alloc(1_000));
      await file.datasync();
      await file.close();
    };
    await flushed(join(place, 'header'), 'r+');
    await rm(join(place, 'header'));
    await syncFolder(place);
    await flushed(join(folder, `${place.split('/').at(-1)}.receipt`), 'w');
    await syncFolder(folder);
  };
  const waiting = [...places];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await destroy(next);
  };
  return secondsOf(() => Promise.all(Array.from({ length: AT_ONCE }, worker)));
}
