// The machine of whoever looks changes networks: all requests under way are dropped, though the server is there.

import type { Page } from 'playwright-core';
import { type Test, test } from 'tap';
import { startBrowser, unlockMade, type View } from '../support/browser.ts';
import { openBrowsed } from '../unit/support/browsed.ts';

const WIDE: View = { language: 'fr', theme: 'light', width: 1280 };

test('a network that changes', { timeout: 300_000 }, async (t: Test) => {
  const browsed = await openBrowsed(t, 0);
  const recording = browsed.sealed[0]?.id ?? '';
  const browser = await startBrowser();
  t.teardown(() => browser.close());
  const open = async (user: string) => {
    const { page } = await browsed.view(browser, WIDE, user);
    page.setDefaultTimeout(60_000);
    return page;
  };

  /** Drops the first requests of each kind, so many of them; returns what was asked, in order. */
  async function drop(page: Page, count: number): Promise<string[]> {
    const asked: string[] = [];
    await page.route('**/api/**', async (route) => {
      const what = `${route.request().method()} ${new URL(route.request().url()).pathname}`;
      asked.push(what);
      if (asked.filter((one) => one === what).length <= count) await route.abort('failed');
      else await route.continue();
    });
    return asked;
  }

  await t.test('a page whose questions were dropped twice asks again, and is shown', async (t) => {
    const page = await open('marie');
    const asked = await drop(page, 2);
    await page.goto(`${browsed.origin}/`);
    await page.locator(`a[href="/recordings/${recording}"]`).first().waitFor();
    t.equal(asked.filter((one) => one === 'GET /api/session').length, 3);
  });

  await t.test('what acts is sent once, and that nothing answered is told', async (t) => {
    const page = await open('nora');
    await page.goto(`${browsed.origin}/recordings/${recording}`);
    await page.getByTestId('reason-select').selectOption('training');
    const asked = await drop(page, 1);
    await page.getByTestId('reason-submit').click();
    await unlockMade(page, browsed.key.armoredPrivate);
    await page.getByText('ne répond pas').first().waitFor();
    t.equal(asked.filter((one) => one.startsWith('POST')).length, 1);
  });

  await t.test('a server that is gone is not asked for ever', async (t) => {
    const page = await open('olga');
    const asked = await drop(page, 1_000);
    await page.goto(`${browsed.origin}/`);
    await page.getByText('ne répond pas').first().waitFor();
    t.equal(asked.filter((one) => one === 'GET /api/session').length, 3);
  });
});
