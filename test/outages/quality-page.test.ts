// Scorecards in a real browser: those who judge see them all and how they go; the agent reads and answers the own ones.

import { type Test, test } from 'tap';
import { overflow, PAIRED_VIEWS, startBrowser, type View, violations } from '../support/browser.ts';
import { openBrowsed } from '../unit/support/browsed.ts';

const WIDE: View = { language: 'fr', theme: 'light', width: 1280 };
const MARKS = [
  { procedure: 2, accuracy: 3, collection: 2, relationship: null },
  { procedure: 3, accuracy: 4, collection: 3, relationship: 4 },
];

test('scorecards in a browser', { timeout: 880_000 }, async (t: Test) => {
  const browsed = await openBrowsed(t, 0);
  const browser = await startBrowser();
  t.teardown(() => browser.close());
  const page = async (view: View, user: string, roles: Parameters<typeof browsed.view>[3]) => {
    const seen = await browsed.view(browser, view, user, roles);
    await seen.page.goto(`${browsed.origin}/quality`);
    return seen;
  };

  await t.test('where there is none, the page says how they come to be', async (t) => {
    const { page: empty } = await page(WIDE, 'quinn', ['quality']);
    await empty
      .getByTestId('scorecards')
      .getByText(/depuis un enregistrement/)
      .waitFor();
    t.same(await violations(empty), []);
  });

  const quinn = browsed.again('quinn');
  for (const [at, { id }] of browsed.sealed.entries()) {
    const wish = {
      recording: id,
      agent: 'nadia',
      marks: MARKS[at],
      feedback: 'Annonce claire.\nDemander le dossier plus tôt.',
    };
    t.equal((await quinn('POST', '/api/scorecards', wish)).status, 201);
  }

  await t.test('in every view axe finds nothing, and nothing sticks out', async (t) => {
    for (const view of PAIRED_VIEWS) {
      const { page: all, watch, context } = await page(view, 'quinn', ['quality']);
      const name = `${view.language} ${view.theme} ${view.width}`;
      await all.getByTestId('scorecard').first().waitFor();
      await all.screenshot({
        path: `build/screenshots/quality-${name.replaceAll(' ', '-')}.png`,
        fullPage: true,
      });
      t.same(await violations(all), [], name);
      t.ok((await overflow(all)) <= 0, name);
      t.same(watch.complaints, [], name);
      await context.close();
    }
  });

  await t.test('the agent reads what was said, answers, and whoever judged reads the answer', async (t) => {
    const { page: own } = await page(WIDE, 'nadia', ['agent']);
    await own.getByTestId('scorecard').nth(1).waitFor();
    t.match(await own.getByTestId('scorecard').first().textContent(), /Demander le dossier/);
    await own.getByTestId('answer').first().fill('Le dossier n’existait pas encore.');
    await own.getByTestId('answer-submit').first().click();
    await own.getByText('Le dossier n’existait pas encore.').first().waitFor();
    await own.screenshot({ path: 'build/screenshots/quality-own.png', fullPage: true });
    t.same(await violations(own), []);
    const { page: all } = await page(WIDE, 'quinn', ['quality']);
    await all.getByText('Le dossier n’existait pas encore.').waitFor();
    t.equal(await all.getByTestId('trend-mean').count(), 1);
    await all.getByTestId('withdraw').first().click();
    await all.getByTestId('withdraw-yes').click();
    await all.getByTestId('scorecard').nth(1).waitFor({ state: 'detached' });
    t.equal(await all.getByTestId('scorecard').count(), 1);
  });
});
