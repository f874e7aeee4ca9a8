// The list of calls in a real browser: each call with its recording, or with the reason why there is none.

import { type Test, test } from 'tap';
import { overflow, PAIRED_VIEWS, startBrowser, type View, violations } from '../support/browser.ts';
import { openBrowsed } from '../unit/support/browsed.ts';
import { callAt, MISSED } from '../unit/support/calls-of.ts';
import { fillCalls } from '../unit/support/year-of-calls.ts';

const WIDE: View = { language: 'fr', theme: 'light', width: 1280 };

test('calls in a browser', { timeout: 880_000 }, async (t: Test) => {
  const browsed = await openBrowsed(t, 0);
  const browser = await startBrowser();
  t.teardown(() => browser.close());
  const page = async (view: View, user = 'quinn', path = '/calls') => {
    const seen = await browsed.view(browser, view, user, ['quality']);
    await seen.page.goto(`${browsed.origin}${path}`);
    return seen;
  };

  await t.test('where there is none, the page says when there will be', async (t) => {
    const { page: empty } = await page(WIDE);
    await empty.getByTestId('calls-empty').waitFor();
    await empty.screenshot({ path: 'build/screenshots/calls-empty.png', fullPage: true });
    t.same(await violations(empty), []);
  });

  fillCalls(browsed.world.at('catalogue'), '2026-06-01T00:00:00Z', 12_000).close();
  const put = browsed.world.catalogue.putCall;
  put(callAt('2026-05-30T09:00:00Z', { ...MISSED, reason: 'private', last4: '5678' }));
  put(callAt('2027-01-02T10:00:00Z', { id: browsed.sealed[0]?.id ?? '', last4: '5678' }));

  await t.test('in every view axe finds nothing, and nothing sticks out', async (t) => {
    for (const view of PAIRED_VIEWS) {
      const { page: all, watch, context } = await page(view);
      const name = `${view.language} ${view.theme} ${view.width}`;
      await all.getByTestId('call-row').first().waitFor();
      await all.screenshot({ path: `build/screenshots/calls-${name.replaceAll(' ', '-')}.png` });
      t.same(await violations(all), [], name);
      t.ok((await overflow(all)) <= 0, name);
      t.same(watch.complaints, [], name);
      await context.close();
    }
  });

  await t.test('what is asked for stands in the address, and what is rare is found far back', async (t) => {
    const { page: list } = await page(WIDE);
    await list.getByTestId('calls-reason').selectOption('private');
    await list.getByText('Appel privé', { exact: true }).last().waitFor();
    await list.getByTestId('call-row').nth(1).waitFor({ state: 'detached' });
    t.match(list.url(), /reason=private/);
    t.match(await list.getByTestId('calls-csv').getAttribute('href'), /table\.csv\?reason=private/);
    const { page: again } = await page(WIDE, 'quinn', '/calls?reason=private&direction=outbound');
    await again.getByTestId('calls-empty').waitFor();
    await again.getByTestId('calls-all').click();
    await again.getByTestId('call-row').nth(49).waitFor();
  });

  await t.test('a call that ends while one looks is listed by itself', async (t) => {
    const { page: list } = await page(WIDE);
    await list.getByTestId('call-row').nth(49).waitFor();
    const { id } = callAt('2027-01-03T10:00:00Z');
    put(callAt('2027-01-03T10:00:00Z', { id }));
    await list.locator(`[data-id="${id}"]`).waitFor();
    t.equal(await list.getByTestId('call-row').count(), 50);
    browsed.world.catalogue.remove({ recordings: [], calls: [id] });
  });

  await t.test('by keyboard alone: the next page, and from a call to its recording', async (t) => {
    const { page: list } = await page(WIDE);
    await list.getByTestId('call-recording').first().waitFor();
    await list.keyboard.press('n');
    await list.getByTestId('page-number').getByText('Page 2').waitFor();
    await list.keyboard.press('p');
    await list.getByTestId('page-number').getByText('Page 1').waitFor();
    await list.keyboard.press('j');
    await list.keyboard.press('Enter');
    await list.waitForURL(`**/recordings/${browsed.sealed[0]?.id}`);
    t.pass('the recording');
  });
});
