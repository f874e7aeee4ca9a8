// Personal keys and a group's in real browsers: two people make theirs, one shares the group's with the other, and a sealed
// recording opens with a passphrase alone.

import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { type Test, test } from 'tap';
import type { Role } from '../../src/access/roles.ts';
import { keepSealed, lay } from '../unit/support/keys.ts';
import { LOOKS, leaks, makeAndSave, openKeysBrowsed, PHRASES } from '../unit/support/keys-browsed.ts';
import { gpgHome } from '../unit/support/peers.ts';
import { layAll } from '../unit/support/shared-keys.ts';
import type { MadeKey } from '../unit/support/world.ts';

test('keys of people and groups in a browser', { timeout: 880_000 }, async (t: Test) => {
  const { world, key, again, origin, open, look } = await openKeysBrowsed(t);
  await lay(world, 'recovery', key);

  async function makeOwn(user: 'marie' | 'paul', roles: Role[]) {
    const { page, context, watch } = await open(user, roles, '/');
    await page.getByTestId('own-key-begin').click();
    await page.getByTestId('own-key-make').click();
    await makeAndSave(page, PHRASES[user], world.at(`${user}.private.asc`));
    await page.getByTestId('maker-finish').click();
    await page.getByTestId('own-key-kept').waitFor();
    t.same(leaks(watch.requests), [], 'the passphrase stays here');
    await context.close();
  }

  await t.test(
    'two people make their personal keys, and the box has them under their passphrases',
    async (t) => {
      await makeOwn('marie', ['manager']);
      await makeOwn('paul', ['quality']);
      const gpg = await gpgHome(t);
      const kept = await readFile(world.at('keys', 'personal', 'paul.asc'));
      t.equal((await gpg(['--passphrase', PHRASES.paul, '--import'], kept)).exitCode, 0);
    },
  );

  await t.test('the first member makes the group’s key, and shares it from her browser', async (t) => {
    const { page, context, watch } = await open('marie', ['manager'], '/keys');
    await page.getByTestId('group-make').click();
    await page.getByTestId('choose-marie').check();
    await page.getByTestId('group-compared').check();
    await look(page, 'group-maker');
    await page.getByTestId('group-submit').click();
    await page.getByTestId('group-waiting').waitFor();
    t.match(await layAll(world), [{ of: 'group team', refused: null }]);
    await page.reload();
    await page.getByTestId('member-add').click();
    await page.getByTestId('key-passphrase').fill(PHRASES.marie);
    await page.getByTestId('unlock-button').click();
    await page.getByTestId('share-form').waitFor();
    const print = await page.getByTestId('holder-trust').textContent();
    await page.getByTestId('share-compared').check();
    await look(page, 'share');
    await page.getByTestId('share-submit').click();
    await page.locator('[data-testid=member][data-user=paul][data-key=present]').waitFor();
    t.match(print, /[0-9a-f]{4}/i);
    t.same(leaks(watch.requests), []);
    t.same(watch.complaints, []);
    await context.close();
  });

  const group = (await again('marie')('GET', '/api/keys/groups')).body.groups[0];
  const armoredPublic = await readFile(
    world.at('etc', 'recipients', 'team', `${group.keys[0].fingerprint}.asc`),
    'utf8',
  );
  const { id } = await keepSealed(t, world, [{ armoredPublic } as MadeKey]);
  const row = world.catalogue.recording(id);
  if (row) world.catalogue.putRecording({ ...row, extension: '200' });

  /** From the reason to the player, with no file at all. */
  async function play(page: Page, phrase: string) {
    await page.getByTestId('reason-select').selectOption('quality');
    await page.getByTestId('reason-submit').click();
    await page.getByTestId('key-passphrase').fill(phrase);
    await page.getByTestId('unlock-button').click();
  }

  await t.test(
    'whoever it was shared with opens a recording with the passphrase alone; locking forgets it',
    async (t) => {
      const { page, context, watch } = await open('paul', ['quality'], `/recordings/${id}`);
      await play(page, 'pas la bonne');
      await page.getByTestId('unlock-error').waitFor();
      await look(page, 'unlock');
      await page.getByTestId('key-passphrase').fill(PHRASES.paul);
      await page.getByTestId('unlock-button').click();
      await page.getByTestId('player').waitFor({ timeout: 60_000 });
      await page.getByTestId('lock-button').click();
      await page.getByTestId('player').waitFor({ state: 'detached' });
      t.same(leaks(watch.requests), []);
      await context.close();
    },
  );

  await t.test('another passphrase: the former one opens no more', async (t) => {
    const { page, context } = await open('paul', ['quality'], '/account');
    await page.getByTestId('own-key-change').click();
    await page.getByTestId('passphrase-before').fill(PHRASES.paul);
    await page.getByTestId('next-passphrase').fill(PHRASES.next);
    await page.getByTestId('next-passphrase-again').fill(PHRASES.next);
    await page.getByTestId('change-submit').click();
    await page.getByTestId('passphrase-changed').waitFor();
    await page.goto(`${origin}/recordings/${id}`);
    await play(page, PHRASES.paul);
    await page.getByTestId('unlock-error').waitFor();
    await page.getByTestId('key-passphrase').fill(PHRASES.next);
    await page.getByTestId('unlock-button').click();
    await page.getByTestId('player').waitFor({ timeout: 60_000 });
    t.pass('and the group’s key came with it');
    await context.close();
  });

  await t.test(
    'a key that has changed since is shown to whoever shares, and who is taken off opens no more',
    async (t) => {
      for (const view of LOOKS) {
        const seen = await open('marie', ['manager'], '/keys', view);
        await seen.page.getByTestId('member').nth(1).waitFor();
        await look(seen.page, 'keys-members', view);
        await seen.page.goto(`${origin}/account`);
        await seen.page.getByTestId('own-print').waitFor();
        await look(seen.page, 'account-key', view);
        await seen.context.close();
      }
      const { page, context } = await open('marie', ['manager'], '/keys');
      const paul = page.locator('[data-testid=member][data-user=paul]');
      await paul.getByTestId('member-remove').click();
      await paul
        .getByTestId('member-sure')
        .getByText(/greffier keys rotate/)
        .waitFor();
      await look(page, 'member-removal');
      await paul.getByTestId('member-remove-yes').click();
      await paul.waitFor({ state: 'detached' });
      await context.close();
      const replaced = await open('paul', ['quality'], '/account');
      await replaced.page.getByTestId('own-key-replace').click();
      await replaced.page.getByTestId('replace-warning').waitFor();
      await makeAndSave(replaced.page, PHRASES.paul, world.at('paul.private.asc'));
      await replaced.page.getByTestId('maker-finish').click();
      await replaced.page.getByTestId('own-key-kept').waitFor();
      await replaced.context.close();
      const again = await open('marie', ['manager'], '/keys');
      await again.page.getByTestId('member-add').click();
      await again.page.getByTestId('key-passphrase').fill(PHRASES.marie);
      await again.page.getByTestId('unlock-button').click();
      await again.page.getByTestId('key-changed').waitFor();
      await look(again.page, 'share-changed');
      t.equal(await again.page.getByTestId('key-unknown').count(), 0);
      await again.context.close();
    },
  );
});
