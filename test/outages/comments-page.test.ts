// Comments on a moment, in a real browser over a really sealed recording: written by keyboard, read again by somebody else.

import type { Page } from 'playwright-core';
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

const WIDE: View = { language: 'fr', theme: 'light', width: 1280 };

test('comments in a browser', { timeout: 880_000 }, async (t: Test) => {
  const browsed = await openBrowsed(t, 0);
  const browser = await startBrowser();
  t.teardown(() => browser.close());
  const id = browsed.sealed[0]?.id ?? '';
  const comment = (page: Page) => page.getByTestId('comment');

  async function listening(view: View, user: string) {
    const seen = await browsed.view(browser, view, user, ['quality']);
    const { page } = seen;
    await page.goto(`${browsed.origin}/recordings/${id}`);
    await page.getByTestId('reason-select').selectOption('quality');
    await page.getByTestId('reason-submit').click();
    await unlockMade(page, browsed.key.armoredPrivate);
    await page.getByTestId('player').waitFor({ timeout: 60_000 });
    return seen;
  }

  await t.test(
    'by keyboard alone a moment is written about, and nothing of it leaves in clear',
    async (t) => {
      const { page, context } = await listening(WIDE, 'quinn');
      const sent: string[] = [];
      page.on('request', (request) => {
        if (request.method() === 'POST') sent.push(request.postData() ?? '');
      });
      await page.keyboard.press('c');
      await page.keyboard.type('Le tarif est annoncé ici, avant la question.');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await comment(page).waitFor();
      t.match(sent.join(), /"sealed":/);
      t.notMatch(sent.join(), /tarif/);
      t.equal(await page.getByTestId('comment-text').inputValue(), '', 'the field is ready for the next one');
      await page.getByTestId('lock-button').click();
      await comment(page).waitFor({ state: 'detached' });
      t.notMatch(await page.content(), /tarif/, 'locked, it is gone');
      await context.close();
    },
  );

  await t.test('a colleague reads it after giving a reason, and cannot take it back', async (t) => {
    const { page, context } = await listening(WIDE, 'marie');
    await comment(page).waitFor();
    t.match(await comment(page).textContent(), /Le tarif est annoncé ici.*quinn/s);
    t.equal(await page.getByTestId('comment-remove').count(), 0);
    await page.getByTestId('comment-moment').click();
    await context.close();
  });

  await t.test('in every view axe finds nothing, and nothing sticks out', async (t) => {
    for (const view of PAIRED_VIEWS) {
      const { page, watch, context } = await listening(view, 'quinn');
      const name = `${view.language} ${view.theme} ${view.width}`;
      await comment(page).waitFor();
      await page.screenshot({
        path: `build/screenshots/comments-${name.replaceAll(' ', '-')}.png`,
        fullPage: true,
      });
      t.same(await violations(page), [], name);
      t.ok((await overflow(page)) <= 0, name);
      t.same(watch.complaints, [], name);
      await context.close();
    }
  });

  await t.test('who wrote it takes it back', async (t) => {
    const { page } = await listening(WIDE, 'quinn');
    await page.getByTestId('comment-remove').click();
    await comment(page).waitFor({ state: 'detached' });
    t.same(await browsed.world.appliance.comments.of(id), []);
  });
});
