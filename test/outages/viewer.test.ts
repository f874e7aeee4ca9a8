// The offline viewer: one file from the disk, which opens what was handed out, proves where it comes from, and reaches nothing.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';
import type { Page } from 'playwright-core';
import { type Test, test } from 'tap';
import { overflow, startBrowser, violations } from '../support/browser.ts';
import { DAY, keepSealed, openKeyWorld } from '../unit/support/keys.ts';
import { makeKey, ownFolder, ROOT } from '../unit/support/world.ts';

/** The viewer as the build makes it, and a recording as `greffier recordings export` hands it out. */
async function handedOut(t: Test) {
  const world = await openKeyWorld(t);
  const key = await makeKey();
  const { id } = await keepSealed(t, world, [key]);
  const part = async (name: 'header' | 'body' | 'details' | 'manifest' | 'signature') =>
    (await world.vault.read(id, DAY, name)) ?? Buffer.alloc(0);
  const header = await part('header');
  const folder = await ownFolder(t);
  const content: Record<string, Uint8Array | string> = {
    'recording.pgp': Buffer.concat([header, await part('body')]),
    'details.pgp': Buffer.concat([header, await part('details')]),
    'manifest.json': await part('manifest'),
    'manifest.json.asc': await part('signature'),
    'appliance.asc': world.signer.publicKey,
    'key.private.asc': key.armoredPrivate,
  };
  for (const [name, bytes] of Object.entries(content)) await writeFile(join(folder, name), bytes);
  const out = join(folder, 'viewer');
  const build = ['node_modules/vite/bin/vite.js', 'build', '--config', 'appliance/build/viewer.vite.ts'];
  await execa(process.execPath, [...build, '--logLevel', 'error', '--outDir', out], { cwd: ROOT });
  return { world, key, folder, content, viewer: pathToFileURL(join(out, 'viewer.html')).href };
}

test('a recording that was handed out is heard without a server', { timeout: 600_000 }, async (t: Test) => {
  const { world, folder, content, viewer } = await handedOut(t);
  const browser = await startBrowser();
  t.teardown(() => browser.close());
  const at = (name: string) => join(folder, name);

  async function viewed(width = 1280, colorScheme: 'light' | 'dark' = 'light') {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
    t.teardown(() => context.close());
    const page = await context.newPage();
    const [asked, complaints]: [string[], string[]] = [[], []];
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(viewer);
    return { page, asked, complaints };
  }
  async function open(page: Page, names: string[], passphrase = 'none') {
    await page.getByTestId('viewer-files').setInputFiles(names.map(at));
    await page.getByTestId('viewer-passphrase').fill(passphrase);
    await page.getByTestId('viewer-open').click();
  }
  const all = Object.keys(content);

  await t.test('with manifest, signature and certificate it says whose it is', async (t) => {
    const { page, asked, complaints } = await viewed();
    await open(page, all);
    await page.getByTestId('player').waitFor({ timeout: 60_000 });
    t.match(await page.getByTestId('viewer-origin').textContent(), /Signé par l’appliance/);
    const shown = (await page.locator('.viewer-facts code').textContent())?.replaceAll(' ', '');
    t.equal(shown?.toLowerCase(), world.signer.fingerprint.toLowerCase());
    t.match(await page.locator('.viewer-facts').textContent(), /6 12 34 56 78/);
    await page.screenshot({ path: 'build/screenshots/viewer-open.png', fullPage: true });
    t.same(await violations(page), []);
    t.same(complaints, []);
    t.same(
      asked.filter((url) => !/^(file|blob|data):/.test(url)),
      [],
      'nothing is asked of any machine',
    );
    await page.getByTestId('viewer-close').click();
    await page.getByTestId('viewer-files').waitFor();
  });

  await t.test('the message alone opens, and nobody takes it for proven', async (t) => {
    const { page } = await viewed(390, 'dark');
    await page.getByTestId('language').click();
    await open(page, ['recording.pgp', 'key.private.asc']);
    await page.getByTestId('player').waitFor({ timeout: 60_000 });
    t.match(await page.getByTestId('viewer-origin').textContent(), /Not verified/);
    await page.screenshot({ path: 'build/screenshots/viewer-alone.png', fullPage: true });
    t.same(await violations(page), []);
    t.ok((await overflow(page)) <= 0);
  });

  await t.test('the package of evidence is opened as the one file that it is', async (t) => {
    await mkdir(at('one.evidence'));
    for (const name of all) await writeFile(join(at('one.evidence'), name), content[name] ?? '');
    await execa('tar', ['--create', '--file', at('one.tar'), `--directory=${folder}`, 'one.evidence']);
    const { page } = await viewed();
    await open(page, ['one.tar']);
    await page.getByTestId('player').waitFor({ timeout: 60_000 });
    t.match(await page.getByTestId('viewer-origin').textContent(), /Signé/);
  });

  await t.test('what was changed, or is somebody else’s, is not opened', async (t) => {
    const flipped = (name: string) => {
      const bytes = Buffer.from(content[name] ?? '');
      bytes.writeUInt8((bytes.at(-9) ?? 0) ^ 1, bytes.length - 9);
      return bytes;
    };
    await writeFile(at('altered.pgp'), flipped('recording.pgp'));
    await mkdir(at('forged'));
    await writeFile(
      at('forged/manifest.json'),
      String(content['manifest.json']).replace('Accueil', 'Ailleurs'),
    );
    await writeFile(at('other.private.asc'), (await makeKey()).armoredPrivate);
    const proof = ['manifest.json.asc', 'appliance.asc', 'key.private.asc'];
    for (const [names, says] of [
      [['altered.pgp', 'manifest.json', ...proof], /pas celui que nomme le manifeste/],
      [['altered.pgp', 'key.private.asc'], /abîmé/],
      [['recording.pgp', 'forged/manifest.json', ...proof], /signature du manifeste est fausse/],
      [['recording.pgp', 'other.private.asc'], /pas scellé pour cette clé/],
      [['appliance.asc'], /Aucun enregistrement parmi ces fichiers/],
    ] as const) {
      const { page } = await viewed();
      await open(page, [...names]);
      await page.getByTestId('viewer-error').filter({ hasText: says }).waitFor({ timeout: 60_000 });
      t.equal(await page.getByTestId('player').count(), 0, String(says));
    }
  });
});
