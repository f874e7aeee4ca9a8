// The index is lost, and filled anew from what lies in the vault: manifest, header and record of every call are read. Against
// tar, which walks the same files and reads them whole. Bodies are short here, which is to the advantage of tar.

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { rebuildCatalogue } from '../../src/catalogue-rows.ts';
import { canonicalBytes } from '../../src/shared/canonical.ts';
import { recordOf } from '../unit/support/calls.ts';
import { manifestOf, openStore } from '../unit/support/store.ts';
import { RECORDED_CALL } from '../unit/support/world.ts';
import { compared, type Figure } from './figure.ts';
import { secondsOf } from './measure.ts';

const BODY_BYTES = 4_096;
const AT_ONCE = 64;
const DAYS = 180;
const FROM = Date.parse('2026-01-01T08:00:00Z');

export const rebuild: Figure = {
  id: 'rebuild',
  name: 'full rebuild of the index from the vault',
  unit: 'recordings',
  sizes: { small: 30, usual: [50_000] },
  async measure(bench) {
    const { size, tell } = bench;
    const store = await openStore(bench);
    const vault = join(store.root, 'vault');
    for (let made = 0; made < size; made += AT_ONCE)
      await Promise.all(
        Array.from({ length: Math.min(AT_ONCE, size - made) }, (_, at) => lay(vault, made + at)),
      );
    tell('the vault is filled');
    // Both find the files in memory, as far as they fit.
    const tar = () =>
      execa('sh', [
        '-c',
        'tar --create --directory "$1" . | tar --list > "$2"',
        'sh',
        vault,
        join(store.root, 'listed'),
      ]);
    await tar();
    const seconds = await secondsOf(tar);
    tell('tar has listed it');
    const unreadable = (id: string, reason: string) => {
      throw new Error(`${id}: ${reason}`);
    };
    let rows = 0;
    const ours = await secondsOf(async () => {
      rows = await rebuildCatalogue(store.vault, store.catalogue, unreadable);
    });
    if (rows !== size) throw new Error(`${rows} of ${size} are listed`);
    return [
      compared({ what: 'from nothing to the last row', value: ours, unit: 's' }, 'tar c | tar t', seconds, {
        atMost: 2,
      }),
    ];
  },
};

/** A recording with the record of its call, laid as the vault lays it, but for the flushes. */
async function lay(vault: string, index: number): Promise<void> {
  const id = `${index.toString(16).padStart(8, '0')}-0000-4000-8000-${index.toString(16).padStart(12, '0')}`;
  const start = new Date(FROM + (index % DAYS) * 86_400_000 + Math.floor(index / DAYS) * 1_000);
  const moved = (at: string | null) =>
    new Date(
      start.getTime() + (Date.parse(at ?? SAMPLE.arrivedAt) - Date.parse(SAMPLE.arrivedAt)),
    ).toISOString();
  const manifest = {
    ...SAMPLE,
    id,
    arrivedAt: start.toISOString(),
    answeredAt: moved(SAMPLE.answeredAt),
    endedAt: moved(SAMPLE.endedAt),
    segments: SAMPLE.segments.map((one) => ({
      ...one,
      startedAt: moved(one.startedAt),
      endedAt: moved(one.endedAt),
    })),
  };
  const day = start.toISOString().slice(0, 10).replaceAll('-', '/');
  const folder = join(vault, day, id);
  const record = join(vault, 'calls', day, `${id}.json`);
  await mkdir(folder, { recursive: true });
  await mkdir(dirname(record), { recursive: true });
  const files: [string, string | Uint8Array][] = [
    [join(folder, 'manifest.json'), canonicalBytes(manifest)],
    [join(folder, 'manifest.json.asc'), '-'.repeat(300)],
    [join(folder, 'header.pgp'), HEADER],
    [join(folder, 'body.pgp'), Buffer.alloc(BODY_BYTES)],
    [join(folder, 'details.pgp'), Buffer.alloc(200)],
    [record, canonicalBytes({ ...RECORD, id })],
  ];
  for (const [path, content] of files) await writeFile(path, content);
}

const SAMPLE = manifestOf('', '2027-01-01T00:00:00.000Z');
const RECORD = recordOf('3f2b8c1e-5a64-4c0e-9d7a-0123456789ab', ...RECORDED_CALL);
/** Two packets of session keys (RFC 4880, 5.1), as long as real ones are, with nothing in them that opens. */
const HEADER = Buffer.concat(
  [1, 2].map((id) => Buffer.concat([Buffer.of(0xc1, 94, 3, id), Buffer.alloc(92)])),
);
