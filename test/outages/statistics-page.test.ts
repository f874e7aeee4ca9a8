// Statistics over half a million calls: each step looks at one day, the daemon has its turn in between, and the page is
// right in every view.

import { type Test, test } from 'tap';
import { askedFor } from '../../src/catalogue/call-sums.ts';
import { overflow, PAIRED_VIEWS, startBrowser, violations } from '../support/browser.ts';
import { openBrowsed } from '../unit/support/browsed.ts';
import { fillCalls } from '../unit/support/year-of-calls.ts';

/** A day of it is 1,371 calls. */
const FROM = '2025-12-01T00:00:00.000Z';
/** At one go the year takes eight seconds, and one of its days a fiftieth of one; a busy machine adds to both. */
const STEP_MS = 2_000;

test('a year of calls in figures', { timeout: 880_000 }, async (t: Test) => {
  const browsed = await openBrowsed(t, 0);
  const db = fillCalls(browsed.world.at('catalogue'), FROM);
  t.teardown(() => db.close());
  const asks = await browsed.person('hugo', ['manager']);

  await t.test('a question of a year never keeps others waiting for more than one of its days', async (t) => {
    let longest = 0;
    let before = performance.now();
    const beat = setInterval(() => {
      longest = Math.max(longest, performance.now() - before);
      before = performance.now();
    }, 1);
    const began = performance.now();
    const { body } = await asks('GET', '/api/statistics?from=2025-12-01&to=2026-11-22&by=month');
    const whole = performance.now() - began;
    clearInterval(beat);
    t.comment(`${Math.round(whole)} ms for a year, ${Math.round(longest)} ms without a turn at most`);
    t.ok(longest < STEP_MS, `${Math.round(longest)} ms without a turn`);
    t.ok(body.totals.calls > 300_000, `${body.totals.calls} calls`);
    t.match(body.totals, { answerRate: 0.8889, recordedShare: Number, resolvedShare: Number });
  });

  await t.test('a day is found by an index, and so is whoever called again', async (t) => {
    const { sql, values } = askedFor({
      by: 'quarter',
      inTimeMs: 20_000,
      againDays: 7,
      settledBefore: '2026-11-15T00:00:00.000Z',
    });
    const day = { since: '2026-03-01T00:00:00.000Z', before: '2026-03-02T00:00:00.000Z' };
    const plan = db
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all({ ...values, ...day })
      .map(({ detail }) => String(detail))
      .join(', ');
    t.match(plan, /calls_by_arrival/);
    t.match(plan, /calls_by_caller/);
    t.notMatch(plan, /SCAN/);
  });

  const browser = await startBrowser();
  t.teardown(() => browser.close());
  await t.test('in every view axe finds nothing, and nothing sticks out', async (t) => {
    for (const view of PAIRED_VIEWS) {
      const { page, watch, context } = await browsed.view(browser, view, 'hugo');
      const name = `${view.language} ${view.theme} ${view.width}`;
      await page.goto(`${browsed.origin}/statistics`);
      await page.getByTestId('statistics-rows').waitFor();
      await page.screenshot({
        path: `build/screenshots/statistics-${name.replaceAll(' ', '-')}.png`,
        fullPage: true,
      });
      await page.getByTestId('statistics-by').selectOption('line');
      await page.waitForURL(/by=line/);
      await page.getByTestId('statistics-rows').filter({ hasText: 'Accueil' }).waitFor();
      await page.screenshot({
        path: `build/screenshots/statistics-line-${name.replaceAll(' ', '-')}.png`,
        fullPage: true,
      });
      t.same(await violations(page), [], name);
      t.ok((await overflow(page)) <= 0, name);
      t.same(watch.complaints, [], name);
      await context.close();
    }
  });

  await t.test('a question is in the address, and the spreadsheet is what is shown', async (t) => {
    const { page } = await browsed.view(browser, PAIRED_VIEWS[0] as (typeof PAIRED_VIEWS)[number], 'hugo');
    await page.goto(`${browsed.origin}/statistics?from=2026-01-01&to=2026-01-31&by=weekday&client=demo`);
    await page.getByTestId('statistics-rows').waitFor();
    const shown = await page.getByTestId('statistics-rows').locator('tfoot td').first().textContent();
    const download = page.waitForEvent('download');
    await page.getByTestId('statistics-csv').click();
    const file = await (await download).createReadStream();
    const lines = (await Array.fromAsync(file, (chunk) => String(chunk))).join('').trim().split('\r\n');
    t.equal((await download).suggestedFilename(), 'statistics-weekday-2026-01-01-2026-01-31.csv');
    t.equal(lines.length, 8);
    const sum = lines.slice(1).reduce((total, line) => total + Number(line.split(',')[2]), 0);
    t.equal(Number(shown?.replaceAll(/\D/g, '')), sum);
    await page.getByTestId('span-365').click();
    await page.waitForURL(/by=month/);
    await page.getByTestId('statistics-rows').filter({ hasText: '2026' }).waitFor();
  });

  await t.test('a period that cannot be is said in words, and can be mended', async (t) => {
    const { page } = await browsed.view(browser, PAIRED_VIEWS[0] as (typeof PAIRED_VIEWS)[number], 'hugo');
    await page.goto(`${browsed.origin}/statistics?from=2026-02-10&to=2026-02-01`);
    t.match(await page.getByTestId('statistics-error').textContent(), /\p{L}+ \p{L}+ \p{L}+/u);
    await page.getByTestId('span-7').click();
    await page.getByTestId('statistics-rows').waitFor();
  });
});
