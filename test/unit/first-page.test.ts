// What a browser gets first: compressed, small, and the same bytes that the build made.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { execa } from 'execa';
import { test } from 'tap';
import { openKeyWorld } from './support/keys.ts';
import { openWeb } from './support/web.ts';
import { ROOT } from './support/world.ts';

/** Compressed, of the page itself and all that it needs before it shows something (issue 6). */
const MOST_BYTES = 200_000;

test('the first page is sent compressed, and weighs less than 200 kB', async (t) => {
  const world = await openKeyWorld(t);
  const root = join(world.root, 'web');
  const build = ['node_modules/vite/bin/vite.js', 'build', 'web', '--logLevel', 'error', '--emptyOutDir'];
  await execa(process.execPath, [...build, '--outDir', root], { cwd: ROOT });
  const page = await readFile(join(root, 'index.html'), 'utf8');
  const needed = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, path]) => path ?? '');
  t.ok(needed.length >= 2, 'a script and a style');
  const { server } = await openWeb(t, world.appliance, root, world.clock);
  for (const [encoding, open] of [
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const) {
    let bytes = page.length;
    for (const path of needed) {
      const answer = await server.inject({ url: `/${path}`, headers: { 'accept-encoding': encoding } });
      t.equal(answer.headers['content-encoding'], encoding, path);
      t.match(answer.headers['content-type'], path.endsWith('.js') ? /javascript/ : /css/);
      t.same(open(answer.rawPayload), await readFile(join(root, path)), 'the same bytes');
      bytes += answer.rawPayload.length;
    }
    t.ok(bytes < MOST_BYTES, `${encoding}: ${bytes} bytes`);
  }
  const plain = await server.inject({ url: `/${needed[0]}` });
  t.equal(plain.headers['content-encoding'], undefined, 'for whoever asks for nothing else');
  const [packed] = (await readdir(join(root, 'assets'))).filter((name) => name.endsWith('.br'));
  t.equal((await server.inject({ url: `/assets/${packed}` })).statusCode, 404, 'by no address of its own');
});
