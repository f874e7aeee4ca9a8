// The audit log and incidents in a real browser: every entry is a sentence, a page of a long log comes at once, and what
// proves it is taken elsewhere.

import type { Page } from 'playwright-core';
import { type Test, test } from 'tap';
import type { Role } from '../../src/access/roles.ts';
import { overflow, PAIRED_VIEWS, startBrowser, type View, violations } from '../support/browser.ts';
import { openBrowsed } from '../unit/support/browsed.ts';

const WIDE: View = { language: 'fr', theme: 'light', width: 1280 };
const NOW = new Date('2026-11-22T08:00:00Z');

test('the audit log and incidents in a browser', { timeout: 880_000 }, async (t: Test) => {
  const browsed = await openBrowsed(t, 0);
  const { world, sealed, origin } = browsed;
  Object.assign(world.config.state, { audit: world.at('audit'), witnesses: world.at('witnesses') });
  const recording = sealed[0]?.id ?? '';
  await world.audit.writeAll(
    Array.from({ length: 120 }, (_, at) => ({
      actor: at % 3 === 0 ? 'hugo' : 'marie',
      ...(at % 4 === 0
        ? { action: 'log-in', from: '192.0.2.7' }
        : { action: 'play', recording, code: 'complaint', reason: 'relire le désaccord', extensions: '200' }),
    })),
  );
  await world.audit.write({ actor: 'diane', action: 'rights-export', subject: '2026-0001' });
  await world.audit.erase(1, { actor: 'diane', reason: 'nommait un appelant' });
  const browser = await startBrowser();
  t.teardown(() => browser.close());
  const open = async (view: View, path: string, user = 'diane', role: Role = 'dpo') => {
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

  await t.test('entries are sentences, newest first, and the next page follows on', async (t) => {
    const { page } = await open(WIDE, '/audit');
    const entries = page.getByTestId('audit-entry');
    await entries.nth(49).waitFor();
    t.match(await entries.nth(1).textContent(), /diane a préparé le dossier d’une personne|nommait/);
    await page.getByTestId('audit-more').click();
    await entries.nth(99).waitFor();
    t.equal(new Set(await entries.allTextContents()).size > 1, true);
  });

  await t.test('by keyboard an entry is opened, narrows the list, and its hashes are told', async (t) => {
    const { page } = await open(WIDE, '/audit?action=rights-export');
    const entry = page.getByTestId('audit-entry');
    await entry.waitFor();
    await entry.locator('summary').focus();
    await page.keyboard.press('Enter');
    await page
      .getByTestId('audit-leaf')
      .filter({ hasText: /[0-9a-f]{64}/ })
      .waitFor();
    t.equal(await entry.locator('a[href="/rights/2026-0001"]').count(), 1);
    await shot(page, 'audit-entry');
    await page.getByTestId('audit-only').nth(1).click();
    await page.waitForURL(/actor=diane/);
    await page.getByTestId('audit-clear').click();
    await page.getByTestId('audit-actor').fill('hugo');
    await page.getByTestId('audit-apply').click();
    await page.waitForURL(/actor=hugo/);
    await page.getByTestId('audit-entry').filter({ hasText: 'hugo' }).first().waitFor();
    await page.getByTestId('audit-actor').fill('nobody');
    await page.getByTestId('audit-apply').click();
    await page.getByText('Aucune entrée ne correspond.').waitFor();
    await page.goto(`${origin}/audit?from=2026-02-30`);
    t.match(await page.getByTestId('audit-error').textContent(), /calendrier/);
  });

  await t.test('the log is taken out with a reason, and how it is verified elsewhere is said', async (t) => {
    const { page, watch } = await open(WIDE, '/audit');
    await page.getByTestId('no-witness').waitFor();
    await page.getByTestId('audit-export-reason').fill('contrôle de la CNIL');
    const download = page.waitForEvent('download');
    await page.getByTestId('audit-export-submit').click();
    t.match((await download).suggestedFilename(), /^audit-log-2026-11-22\.tar$/);
    t.match(
      await page.getByTestId('audit-export-card').textContent(),
      /verify-log\.sh --fingerprint [0-9a-f]{40}/i,
    );
    t.same(watch.complaints, []);
  });

  await t.test('an incident is opened, its notice is drafted, and it ends', async (t) => {
    const { page } = await open(WIDE, '/incidents', 'igor', 'it-admin');
    await page.getByText('Aucun incident.').waitFor();
    await page.getByTestId('incident-open').locator('summary').first().click();
    await page.getByTestId('incident-reason').fill('un portable avec des exports a été volé');
    await shot(page, 'incidents-open');
    t.same(await violations(page), []);
    await page.getByTestId('incident-form-submit').click();
    await page.waitForURL(/\/incidents\/2026-0001$/);
    await page.getByTestId('notice').getByText('Notification d’une violation').waitFor();
    t.match(await page.getByTestId('incident-clock').textContent(), /72 heures/);
    const download = page.waitForEvent('download');
    await page.getByTestId('incident-package-submit').click();
    t.equal((await download).suggestedFilename(), 'incident-2026-0001.tar');
    await page.getByTestId('notified-reference').fill('FR-2026-1234');
    await page.getByTestId('notified-submit').click();
    await page.getByTestId('incident-clock').filter({ hasText: 'FR-2026-1234' }).waitFor();
  });

  await t.test('in every view axe finds nothing, and nothing sticks out', async (t) => {
    for (const view of PAIRED_VIEWS) {
      const name = `${view.language} ${view.theme} ${view.width}`;
      const file = name.replaceAll(' ', '-');
      const { page, watch, context } = await open(view, '/audit');
      await page.getByTestId('audit-entry').nth(9).waitFor();
      await page.getByTestId('audit-frozen').waitFor();
      await shot(page, `audit-${file}`);
      t.same(await violations(page), [], name);
      t.ok((await overflow(page)) <= 0, name);
      await page.goto(`${origin}/incidents/2026-0001`);
      await page.getByTestId('notice').locator('section').waitFor();
      await shot(page, `incident-${file}`);
      t.same(await violations(page), [], name);
      t.ok((await overflow(page)) <= 0, name);
      t.same(watch.complaints, [], name);
      await context.close();
    }
  });

  await t.test('an incident is closed, and the log goes on', async (t) => {
    const { page } = await open(WIDE, '/incidents/2026-0001');
    await page.getByTestId('incident-note').fill('les fichiers étaient scellés');
    await page.getByTestId('incident-end-submit').click();
    await page.getByText('Clos par diane').waitFor();
    t.equal(await world.audit.frozen(), undefined);
  });
});
