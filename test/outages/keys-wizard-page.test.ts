// The first run in a real browser: a box that records nothing, the recovery key made offline or here, saved, read back,
// and only its public part sent.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createMessage, encrypt, readKey } from 'openpgp';
import { type Test, test } from 'tap';
import { LOOKS, leaks, openKeysBrowsed, PHRASES } from '../unit/support/keys-browsed.ts';
import { gpgHome } from '../unit/support/peers.ts';
import { layAll } from '../unit/support/shared-keys.ts';

test('the first run in a browser', { timeout: 880_000 }, async (t: Test) => {
  const { world, key, open, look } = await openKeysBrowsed(t);

  await t.test('without a recovery key every page says so, and the wizard offers both ways', async () => {
    for (const view of LOOKS) {
      const { page, context, watch } = await open('igor', ['it-admin'], '/health', view);
      await page.getByTestId('setup-begin').click();
      await page.getByTestId('setup-offline').waitFor();
      await look(page, 'setup', view);
      await page.getByTestId('setup-offline').press('Enter');
      await page.getByTestId('offline-form').waitFor();
      await look(page, 'setup-offline', view);
      t.same(watch.complaints, []);
      await context.close();
    }
  });

  await t.test('a private key that is picked by mistake does not leave the browser', async (t) => {
    const { page, context, watch } = await open('igor', ['it-admin'], '/setup');
    await page.getByTestId('setup-offline').click();
    const file = {
      name: 'wrong.asc',
      mimeType: 'text/plain',
      buffer: Buffer.from(key.armoredPrivate),
    };
    await page.getByTestId('recovery-file').setInputFiles(file);
    await page.getByTestId('offline-submit').click();
    await page.getByTestId('offline-error').waitFor();
    t.same(leaks(watch.requests), []);
    t.equal(watch.requests.filter(({ method }) => method === 'POST').length, 0);
    await context.close();
  });

  await t.test(
    'the recovery key is made by keyboard, saved, read back, and only then is its public part sent',
    async (t) => {
      const { page, watch, context } = await open('igor', ['it-admin'], '/setup');
      await page.getByTestId('setup-browser').press('Enter');
      await page.getByTestId('new-passphrase').fill('motdepasse');
      await page.getByTestId('new-passphrase-again').fill('motdepasse');
      await page.getByTestId('new-passphrase-again').press('Enter');
      await page.getByTestId('maker-error').waitFor();
      await page.getByTestId('new-passphrase').fill(PHRASES.igor);
      await page.getByTestId('new-passphrase-again').fill(PHRASES.igor);
      await page.locator('[data-testid=new-passphrase-strength][data-strength=strong]').waitFor();
      await look(page, 'setup-passphrase');
      await page.getByTestId('new-passphrase-again').press('Enter');
      await page.getByTestId('maker-save').waitFor();
      t.ok(await page.getByTestId('maker-saved').isDisabled(), 'the file comes first');
      const download = page.waitForEvent('download');
      await page.getByTestId('maker-save').press('Enter');
      const saved = world.at('recovery.private.asc');
      await (await download).saveAs(saved);
      await look(page, 'setup-save');
      await page.emulateMedia({ media: 'print' });
      await page.screenshot({ path: 'build/screenshots/setup-sheet.png', fullPage: true });
      t.ok(await page.getByTestId('sheet').isVisible(), 'the sheet is for the printer');
      await page.emulateMedia({ media: 'screen' });
      await page.getByTestId('maker-saved').press('Enter');
      const other = {
        name: 'o.asc',
        mimeType: 'text/plain',
        buffer: Buffer.from(key.armoredPrivate),
      };
      await page.getByTestId('maker-file').setInputFiles(other);
      await page.getByTestId('proof-passphrase').fill(PHRASES.igor);
      await page.getByTestId('maker-finish').click();
      await page.getByTestId('maker-error').waitFor();
      await page.getByTestId('maker-file').setInputFiles(saved);
      await page.getByTestId('proof-passphrase').fill('pas la bonne');
      await page.getByTestId('maker-finish').click();
      await page
        .getByTestId('maker-error')
        .getByText(/incorrecte/)
        .waitFor();
      t.equal(watch.requests.filter(({ method }) => method === 'POST').length, 0, 'nothing was sent yet');
      await page.getByTestId('proof-passphrase').fill(PHRASES.igor);
      await page.getByTestId('proof-passphrase').press('Enter');
      await page.getByTestId('setup-waiting').waitFor();
      t.match(await layAll(world), [{ of: 'recovery', refused: null }]);
      await page.getByTestId('setup-rest').waitFor();
      await look(page, 'setup-done');
      t.same(leaks(watch.requests), [], 'neither the passphrase nor the private part');
      t.same(watch.complaints, []);
      await context.close();

      const fingerprint = (await readKey({ armoredKey: await readFile(saved, 'utf8') })).getFingerprint();
      const laid = await readFile(join(world.at('etc', 'recovery'), `${fingerprint}.asc`), 'utf8');
      const sealed = await encrypt({
        message: await createMessage({ text: 'opened' }),
        encryptionKeys: await readKey({ armoredKey: laid }),
      });
      const gpg = await gpgHome(t);
      await gpg(['--passphrase', PHRASES.igor, '--import'], await readFile(saved));
      const opened = await gpg(['--passphrase', PHRASES.igor, '--decrypt'], `${sealed}`);
      t.equal(Buffer.from(opened.stdout).toString(), 'opened', 'gpg opens with the saved file');
    },
  );
});
