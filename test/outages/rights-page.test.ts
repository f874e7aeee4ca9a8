// The rights desk in a real browser: a request from the letter that came in to its end, and a hold that two people decide.

import type { Page } from 'playwright-core';
import { type Test, test } from 'tap';
import { outsideParty } from '../../src/arrival/outside-party.ts';
import { overflow, PAIRED_VIEWS, startBrowser, type View, violations } from '../support/browser.ts';
import { openBrowsed } from '../unit/support/browsed.ts';

const WIDE: View = { language: 'fr', theme: 'light', width: 1280 };
const SPELT = '06.12 34-56 78';
const NUMBER = /0?6.?12.?34.?56.?78|%2B33612345678|612345678/;
/** The clock of the server stands there. */
const NOW = new Date('2026-11-22T08:00:00Z');

test('the rights desk in a browser', { timeout: 880_000 }, async (t: Test) => {
  const browsed = await openBrowsed(t, 0);
  const { world, sealed, origin } = browsed;
  const party = outsideParty('+33612345678', 'FR', world.appliance.config.secrets.hmac).shown;
  for (const { id } of sealed) {
    const row = world.catalogue.recording(id);
    if (row) world.catalogue.putRecording({ ...row, ...party, started_at: '2026-11-02T10:00:00.000Z' });
  }
  const browser = await startBrowser();
  t.teardown(() => browser.close());
  const open = async (view: View, path: string, user = 'diane', role: 'dpo' | 'manager' = 'dpo') => {
    const seen = await browsed.view(browser, view, user, [role]);
    await seen.page.clock.setFixedTime(NOW);
    // A busy machine signs, seals and packs at its own pace.
    seen.page.setDefaultTimeout(120_000);
    const [cookie] = await seen.context.cookies();
    browsed.sessions.stepUp(cookie?.value ?? '');
    await seen.page.goto(`${origin}${path}`);
    return seen;
  };
  const shot = (page: Page, name: string) =>
    page.screenshot({ path: `build/screenshots/${name}.png`, fullPage: true });

  await t.test('an access request goes from the letter to its end', async (t) => {
    const { page, watch } = await open(WIDE, '/rights');
    await page.getByText('Aucune demande n’attend de réponse.').waitFor();
    await page.getByTestId('request-open').locator('summary').first().press('Enter');
    await page.getByTestId('request-name').fill('Zoë Martin');
    await page.getByTestId('request-contact').fill('1 rue de la Paix, Paris');
    await page.getByTestId('request-numbers').fill(SPELT);
    await shot(page, 'rights-new');
    await page.getByTestId('request-form-submit').click();
    await page.waitForURL(/\/rights\/2026-0001$/);
    await page.getByTestId('step-identity').waitFor();
    t.equal(await page.getByTestId('step-identity').getAttribute('data-state'), 'now');
    await page.getByTestId('identity-how').fill('Rappelée sur le numéro');
    await page.getByTestId('identity-submit').click();
    await page.locator('[data-testid=step-search][data-state=now]').waitFor();
    await page.getByTestId('search-numbers').fill('+33 (0)6 12 34 56 78');
    await page.getByTestId('search-submit').click();
    await page.getByTestId('found-recording').nth(1).waitFor();
    await page.locator('[data-testid=step-pack][data-state=now]').waitFor();
    const download = page.waitForEvent('download');
    await page.getByTestId('package-submit').click();
    t.equal((await download).suggestedFilename(), 'request-2026-0001.tar');
    await page.locator('[data-testid=step-pack][data-state=done]').waitFor();
    t.match(await page.getByTestId('package-after').textContent(), /greffier-offline\.mjs disclose/);
    await page.getByTestId('letter-fold').locator('summary').click();
    await page.getByTestId('letter').getByText('Madame, Monsieur').waitFor();
    await page.getByTestId('letter-en').click();
    await page.getByTestId('letter').getByText('our reference 2026-0001').waitFor();
    t.match(await page.getByTestId('letter').textContent(), /Zoë Martin/);
    await shot(page, 'rights-request');
    t.same(await violations(page), []);
    await page.getByTestId('answer-submit').click();
    await page.locator('[data-testid=step-answer][data-state=done]').waitFor();
    await page.getByTestId('close-submit').click();
    await page.locator('[data-testid=step-close][data-state=done]').waitFor();
    t.match(await page.getByTestId('history').textContent(), /Dossier remis.*Consignée/s);
    t.equal(await page.getByTestId('close-submit').count(), 0, 'a closed request is only told');
    await shot(page, 'rights-closed');
    for (const { url } of watch.requests) t.notMatch(url, NUMBER, 'a number is in no address');
    t.same(watch.complaints, []);
  });

  const diane = browsed.again('diane', { steppedUp: true });
  const write = async (body: object) =>
    (await diane('POST', '/api/rights', { channel: 'email', numbers: ['0612345678'], ...body })).body.id;
  const late = await write({ kind: 'erasure', receivedAt: '2026-10-01T09:00:00.000Z', reference: 'LR 12' });
  await write({ kind: 'objection', receivedAt: '2026-10-26T09:00:00.000Z' });
  const restricts = await write({ kind: 'restriction', note: 'suspendre l’usage pendant le litige' });
  await diane('POST', `/api/rights/${late}/identity`, { how: 'pièce d’identité vue' });
  await diane('POST', `/api/rights/${late}/search`, {});

  await t.test('what is refused is said beside the field, and nothing is lost', async (t) => {
    const { page } = await open(WIDE, `/rights/${late}`);
    await page.getByTestId('search-numbers').fill('pas un numéro');
    await page.getByTestId('search-submit').click();
    await page.getByTestId('search-error').waitFor();
    t.equal(await page.getByTestId('search-numbers').inputValue(), 'pas un numéro');
    await page.getByTestId('find').locator('summary').click();
    await page.getByTestId('find-from').fill('2026-11-01');
    await page.getByTestId('find-to').fill('2026-11-03');
    await page.getByTestId('find-form-submit').click();
    await page.getByText('Aucun appel ne correspond.').waitFor();
    await page.goto(`${origin}/rights/2026-0999`);
    t.match(await page.getByTestId('request-error').textContent(), /n’existe pas/);
  });

  await t.test(
    'a hold is asked for by one and approved by another; erasure then says what is kept',
    async (t) => {
      const { page } = await open(WIDE, `/rights/${restricts}`);
      await page.getByTestId('to-hold').click();
      await page.waitForURL(/retention\?request=/);
      t.equal(await page.getByTestId('hold-request').inputValue(), restricts);
      await page.getByTestId('hold-matter').fill('Dossier 42');
      await page.getByTestId('hold-until').fill('2027-06-30');
      await page.getByTestId('hold-reason').fill('assignation reçue');
      await shot(page, 'holds-ask');
      t.same(await violations(page), []);
      await page.getByTestId('hold-form-submit').click();
      await page.getByTestId('hold-asked').waitFor();
      await page.getByTestId('approval').filter({ hasText: 'Dossier 42' }).waitFor();
      const { page: marie } = await open(WIDE, '/retention', 'marie', 'manager');
      await marie.getByTestId('approve').click();
      await marie.getByTestId('approval-done').waitFor();
      await shot(marie, 'holds-approved');
      t.match(await marie.getByTestId('approval-done').textContent(), /C’est fait/);
      await marie.getByTestId('hold').filter({ hasText: 'Dossier 42' }).waitFor();
      await marie.getByTestId('release').locator('summary').click();
      await marie.getByTestId('release-reason').fill('affaire close');
      await marie.getByTestId('release-form-submit').click();
      await marie.getByTestId('approval').filter({ hasText: 'affaire close' }).waitFor();
      await shot(marie, 'holds-release');
      t.same(await violations(marie), []);

      await diane('POST', `/api/rights/${late}/search`, {});
      const { page: erases } = await open(WIDE, `/rights/${late}`);
      await erases.getByText('2 enregistrements retenus pour litige').waitFor();
      await erases.getByTestId('erasure-submit').click();
      await erases.getByTestId('erasure-waits').waitFor();
      await shot(erases, 'rights-erasure');
    },
  );

  await t.test('in every view axe finds nothing, and nothing sticks out', async (t) => {
    for (const view of PAIRED_VIEWS) {
      const name = `${view.language} ${view.theme} ${view.width}`;
      const file = name.replaceAll(' ', '-');
      const { page, watch, context } = await open(view, '/rights');
      await page.getByTestId('request').nth(3).waitFor();
      await shot(page, `rights-${file}`);
      t.same(await violations(page), [], name);
      t.ok((await overflow(page)) <= 0, name);
      await page.locator(`[data-id="${late}"] a`).click();
      await page.getByTestId('found-recording').first().waitFor();
      await shot(page, `rights-one-${file}`);
      t.same(await violations(page), [], name);
      t.ok((await overflow(page)) <= 0, name);
      t.same(watch.complaints, [], name);
      await context.close();
    }
  });
});
