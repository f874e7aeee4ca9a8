// What waits in the spool after an outage is sealed. Against gpg over the same bytes, per second of processor; and against
// the least that any program can do, which is to encrypt and to hash.

import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { makeKey } from '../unit/support/world.ts';
import { alone, compared, type Figure } from './figure.ts';
import { ownProcessor } from './measure.ts';
import { SECOND_BYTES, speech } from './speech.ts';

const CHILD = join(import.meta.dirname, 'sealing-child.ts');
const MIB = 1 << 20;
const CALL_MIB = 64;
const AT_LEAST = 0.6;

interface Used {
  seconds: number;
  processor: number;
  stallMs: number;
  memory: number[];
  most: number;
}

export const sealing: Figure = {
  id: 'sealing',
  name: 'sealing of a backlog',
  unit: 'MiB',
  sizes: { small: 2, usual: [1_024] },
  async measure({ size, tell, teardown }) {
    // In memory, as the spool is.
    const folder = await mkdtemp('/dev/shm/bench-');
    teardown(() => rm(folder, { recursive: true, force: true }));
    await writeFile(join(folder, 'key.asc'), (await makeKey()).armoredPublic);
    const captures = await layBacklog(folder, size * MIB);
    tell(`${captures.length} captures lie in memory`);
    const clear = async () => {
      for (const name of captures)
        for (const end of ['.sealed', '.pgp', '.ends', '.sheet', '.gpg'])
          await rm(`${name}${end}`, { recursive: true, force: true });
    };
    const child = async (...words: string[]) =>
      JSON.parse((await execa(process.execPath, [CHILD, ...words])).stdout) as Used;
    const gpg = async (from: string) => {
      const before = ownProcessor().children;
      for (const name of captures)
        await execa('sh', ['-c', from, 'sh', name, `${name}.gpg`, `${folder}/key.asc`]);
      await clear();
      return ownProcessor().children - before;
    };
    const GPG =
      'gpg --homedir "$(dirname "$1")" --batch --yes --quiet --trust-model always -z0 --cipher-algo AES256 --recipient-file "$3"';
    const RAW = '--force-raw-format --endian=little --sign=signed --channels=2 --bps=16 --sample-rate=8000';
    const [whole, idle] = await Promise.all([child('seal', folder, `${folder}/key.asc`), meanwhile()]);
    await clear();
    tell('sealed');
    const flacAndGpg = await gpg(`flac --silent -0 ${RAW} --stdout "$1" | ${GPG} --output "$2" --encrypt`);
    const openpgp = await child('openpgp', folder);
    await clear();
    const gpgAlone = await gpg(`${GPG} --output "$2" --encrypt "$1"`);
    const limit = await child('cipher', folder);
    const rate = (processor: number) => size / Math.max(processor, 0.01);
    const unit = 'MiB per second of one core';
    const [early = 0] = whole.memory;
    return [
      compared(
        { what: 'OpenPGP alone', value: rate(openpgp.processor), unit },
        'gpg --encrypt -z0',
        rate(gpgAlone),
        { atLeast: AT_LEAST },
      ),
      compared(
        { what: 'OpenPGP alone', value: rate(openpgp.processor), unit },
        'AES-CFB and SHA-1',
        rate(limit.processor),
      ),
      compared(
        { what: 'FLAC and OpenPGP', value: rate(whole.processor), unit },
        'flac -0 | gpg --encrypt -z0',
        rate(flacAndGpg),
        { atLeast: AT_LEAST },
      ),
      alone({ what: 'the whole backlog', value: whole.seconds, unit: 's' }),
      compared(
        { what: 'longest stall of the main thread', value: whole.stallMs, unit: 'ms', note: 'aim: ≤ 50 ms' },
        'a process that does nothing meanwhile',
        idle.stallMs,
      ),
      compared(
        { what: 'memory at most', value: Math.max(whole.most), unit: 'MB' },
        'after the first capture',
        early,
      ),
    ];

    /** As long as the sealing takes, more or less: how late this machine makes somebody who does nothing. */
    function meanwhile(): Promise<Used> {
      return child('nothing', String(200 + size * 30));
    }
  },
};

/** Lays captures of an hour at most until there is so much, and returns their paths. */
async function layBacklog(folder: string, bytes: number): Promise<string[]> {
  const block = speech(Math.min(32, bytes / SECOND_BYTES));
  const captures: string[] = [];
  for (let left = bytes; left > 0; left -= CALL_MIB * MIB) {
    const path = join(folder, `${captures.length}.raw`);
    const file = await open(path, 'wx', 0o600);
    for (let part = Math.min(left, CALL_MIB * MIB); part > 0; part -= block.length)
      await file.write(block, 0, Math.min(part, block.length));
    await file.close();
    captures.push(path);
  }
  return captures;
}
