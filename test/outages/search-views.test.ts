// The page of recordings in a real browser: whole numbers for whoever unlocks a key, filters that are kept, in every view.

import type { Browser } from 'playwright-core';
import { type Test, test } from 'tap';
import {
  overflow,
  PAIRED_VIEWS,
  startBrowser,
  unlockMade,
  type View,
  violations,
} from '../support/browser.ts';
import { openBrowsed } from '../unit/support/browsed.ts';

const WIDE = { language: 'fr', theme: 'light', width: 1280 } as const;

async function open(
  browsed: Awaited<ReturnType<typeof openBrowsed>>,
  browser: Browser,
  view: View,
  path = '/',
) {
  const seen = await browsed.view(browser, view, 'marie');
  await seen.page.goto(browsed.origin + path);
  return seen;
}

test('twenty thousand recordings in a browser', { timeout: 880_000 }, async (t: Test) => {
  const browsed = await openBrowsed(t, 20_000);
  const browser = await startBrowser();
  t.teardown(() => browser.close());

  await t.test(
    'locked, numbers are masked; unlocked, the browser shows them, and each reading is on record',
    async (t) => {
      const { page } = await open(browsed, browser, WIDE);
      await page.getByTestId('recording-row').first().waitFor();
      t.notMatch(await page.getByTestId('recordings-table').textContent(), /6 12 34/);
      await page.getByTestId('show-numbers').click();
      await page.getByTestId('numbers-reason').selectOption('complaint');
      await page.getByTestId('numbers-go').click();
      await unlockMade(page, browsed.key.armoredPrivate);
      for (const at of [0, 1])
        await page
          .getByTestId('whole-number')
          .nth(at)
          .filter({ hasText: /6 12 34 56 78/ })
          .waitFor();
      const read = (await browsed.world.audit.entries()).filter(({ action }) => action === 'read-number');
      for (const { id } of browsed.sealed)
        t.match(
          read.find(({ recording }) => recording === id),
          { actor: 'marie', code: 'complaint' },
        );
      await page.getByTestId('lock-button').click();
      await page.getByTestId('whole-number').first().waitFor({ state: 'detached' });
    },
  );

  await t.test(
    'a filter is kept by name, in both languages and widths axe finds nothing, and nothing sticks out',
    async (t) => {
      for (const view of PAIRED_VIEWS) {
        const { page, watch } = await open(
          browsed,
          browser,
          view,
          '/?lastDigits=5678&dueWithinDays=90&sort=due',
        );
        await page.getByTestId('chips').waitFor();
        await page.getByTestId('filters').click();
        await page.getByTestId('save-name').fill('Bientôt');
        await page.getByTestId('save-filter').click();
        await page.getByTestId('clear-filters').click();
        await page.getByTestId('saved-filter').click();
        await page.waitForURL(/lastDigits=5678&dueWithinDays=90&sort=due/);
        await page.getByTestId('search').fill('0612');
        await page.getByTestId('suggestion').first().waitFor();
        const name = `${view.language} ${view.width}`;
        t.same(await violations(page), [], name);
        t.ok((await overflow(page)) <= 0, name);
        t.same(watch.complaints, [], name);
      }
    },
  );
});
