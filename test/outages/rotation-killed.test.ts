// kill -9 in the middle of a rotation, at every moment that a machine of this speed lets us hit. After each kill every
// recording opens with one of the two keys, and whoever goes on ends where an undisturbed rotation ends.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readKey } from 'openpgp';
import { type Test, test } from 'tap';
import { rotate } from '../../src/keyring/rotation.ts';
import { allHeadersLeft } from '../../src/keyring/rotation-headers.ts';
import { isOpen } from '../../src/keys/rotation-file.ts';
import { rewrapHeader } from '../../src/offline/rewrap.ts';
import {
  asRoot,
  type KeyWorld,
  keepSealed,
  laid,
  lay,
  oldEnough,
  openCanary,
  openKeyWorld,
  opens,
  rotationOf,
} from '../unit/support/keys.ts';

const RECORDINGS = 6;
const KILLS = 5;
const CHILD = join(import.meta.dirname, '..', 'unit', 'support', 'rotation-child.ts');
const [before, after] = [await oldEnough('Before'), await oldEnough('After')];

async function begun(t: Test) {
  const w = await openKeyWorld(t);
  await lay(w, 'recovery', before, 'recovery.asc');
  const made = await Promise.all(Array.from({ length: RECORDINGS }, () => keepSealed(t, w, [before])));
  const from = before.privateKey.getFingerprint();
  const rotation = await rotate(w.appliance, 'marie', { from, name: 'after', content: laid(after) }, asRoot);
  const to = await readKey({ armoredKey: after.armoredPublic });
  const headers: { id: string; header: string }[] = [];
  for await (const { id, header } of allHeadersLeft(w.appliance, rotation)) {
    const rewrapped = await rewrapHeader(header, before.privateKey, [to]);
    headers.push({ id, header: Buffer.from(rewrapped).toString('base64') });
  }
  await writeFile(w.at('headers.json'), JSON.stringify(headers));
  await openCanary(w, after);
  return { w, ids: made.map(({ id }) => id) };
}

/** Runs a step and kills it so many ms after it has begun. Returns whether it had ended by itself. */
async function killed({ at, root }: KeyWorld, step: string, ms: number): Promise<boolean> {
  const child = spawn(process.execPath, [CHILD, root, step, at('headers.json')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (text) => {
    said += text;
  });
  // Until what it has said was read too.
  const exited = once(child, 'close');
  await once(child.stdout, 'data');
  await Promise.race([delay(ms, undefined, { ref: false }), exited]);
  child.kill('SIGKILL');
  await exited;
  return said.includes('done');
}

/** Kills a step again and again, later each time, and looks at the recordings after each kill. */
async function killAll(t: Test, w: KeyWorld, ids: string[], step: string): Promise<void> {
  let survived = false;
  for (let kill = 0; kill < KILLS && !survived; kill += 1) {
    // Killed between its last word on disk and its last word to us, a rotation has ended too.
    survived = (await killed(w, step, 4 + kill * 12)) || !isOpen(await rotationOf(w));
    for (const id of ids)
      t.ok((await opens(w, id, before)) || (await opens(w, id, after)), `${step} ${kill}: ${id}`);
  }
  if (!survived) t.ok(await killed(w, step, 60_000), `${step} ends when it is let`);
}

/** The files that only a rotation leaves. */
async function leftovers({ at }: KeyWorld, ids: string[]): Promise<string[]> {
  const names = await Promise.all(ids.map((id) => readdir(at('vault', '2026', '05', '22', id))));
  return names.flat().filter((name) => /previous|next/.test(name));
}

test('killed while it takes headers back and while it completes, a rotation ends with nothing lost', async (t) => {
  const { w, ids } = await begun(t);
  await killAll(t, w, ids, 'take');
  await killAll(t, w, ids, 'complete');
  t.match(await rotationOf(w), { state: 'completed' });
  for (const id of ids) t.ok((await opens(w, id, after)) && !(await opens(w, id, before)), id);
  t.same(await leftovers(w, ids), []);
  t.equal(w.catalogue.sealedTo.count((await rotationOf(w))?.fromKeyIds ?? []), 0);
});

test('killed while it is rolled back, a rotation leaves every header as it was', async (t) => {
  const { w, ids } = await begun(t);
  await killed(w, 'take', 60_000);
  await killAll(t, w, ids, 'rollback');
  t.match(await rotationOf(w), { state: 'rolled-back' });
  for (const id of ids) t.ok((await opens(w, id, before)) && !(await opens(w, id, after)), id);
  t.same(await leftovers(w, ids), []);
  t.equal(w.catalogue.sealedTo.count((await rotationOf(w))?.toKeyIds ?? []), 0);
});
