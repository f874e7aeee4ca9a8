// The pages of policies and announcements in a real browser: read, changed by forms and as one text, planned, applied; and what
// becomes of it when somebody else was quicker.

import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { type Test, test } from 'tap';
import { applySettings } from '../../src/apply.ts';
import { overflow, PAIRED_VIEWS, startBrowser, violations } from '../support/browser.ts';
import { toneWav } from '../support/tones.ts';
import { openBrowsed } from '../unit/support/browsed.ts';
import { changed, set } from '../unit/support/policies.ts';
import { withSettings } from '../unit/support/settings-web.ts';
import { codeAt, PASSWORD } from '../unit/support/web.ts';

const TEXT = 'Bonjour, vous êtes bien au Cabinet Un. Cet appel peut être enregistré ; pour refuser, tapez 2.';
const shot = (page: Page, name: string) =>
  page.screenshot({ path: `build/screenshots/${name.replaceAll(' ', '-')}.png`, fullPage: true });

test('policies and announcements in the browser', { timeout: 880_000 }, async (t: Test) => {
  let opened: Awaited<ReturnType<typeof withSettings>> | undefined;
  const browsed = await openBrowsed(t, 0, async (given) => {
    opened = await withSettings(given);
  });
  const { world } = browsed;
  const site = opened as NonNullable<typeof opened>;
  const browser = await startBrowser();
  t.teardown(() => browser.close());
  const [french] = PAIRED_VIEWS;

  /** A page of somebody who may; the second factor was given a moment ago unless it is asked for. */
  async function open(user: string, role: 'manager' | 'it-admin' | 'dpo', path: string, view = french) {
    const seen = await browsed.view(browser, view as (typeof PAIRED_VIEWS)[number], user, [role]);
    await seen.page.goto(`${browsed.origin}${path}`);
    return seen;
  }

  await t.test('in every view axe finds nothing, and nothing sticks out', async (t) => {
    for (const view of PAIRED_VIEWS) {
      const name = `${view.language} ${view.theme} ${view.width}`;
      const { page, watch, context } = await open('marie', 'manager', '/policies', view);
      await page.getByTestId('history-entry').first().waitFor();
      await page.getByTestId('edit-quality').click();
      await page.getByTestId('policy-retention').fill('12');
      await page.getByTestId('policy-unit').selectOption('months');
      await page.getByTestId('policy-consent').selectOption('none');
      await page.getByTestId('edit-keep').click();
      await page.getByTestId('make-plan').click();
      await page.getByTestId('plan-faults').waitFor();
      await page.getByTestId('edit-+33123456701').click();
      t.same(await violations(page), [], `${name}, a form and what is refused`);
      t.ok((await overflow(page)) <= 0, name);
      await shot(page, `policies ${name}`);
      await page.getByTestId('nav-announcements').click();
      await page.getByTestId('announcement-notice-v1').waitFor();
      await page.getByTestId('replace-notice-v1').click();
      t.same(await violations(page), [], `${name}, announcements`);
      t.ok((await overflow(page)) <= 0, `${name}, announcements`);
      await shot(page, `announcements ${name}`);
      t.same(watch.complaints, [], name);
      await context.close();
    }
  });

  await t.test(
    'a change is kept while one goes about, planned in words, and applied with the second factor',
    async (t) => {
      const secret = (await browsed.people.add('nora', ['manager'], PASSWORD, true)) ?? '';
      const { page } = await open('nora', 'manager', '/policies');
      await page.getByTestId('edit-quality').press('Enter');
      await page.getByTestId('policy-share').fill('40');
      await page.getByTestId('policy-share').press('Enter');
      await page.getByTestId('draft-bar').waitFor();
      t.equal(
        await page.evaluate('document.activeElement?.dataset.testid'),
        'edit-quality',
        'one goes on from there',
      );
      await page.getByTestId('nav-announcements').click();
      await page.getByTestId('announcement-notice-v1').waitFor();
      await page.getByTestId('nav-policies').click();
      await page.getByTestId('make-plan').click();
      const plan = await page.getByTestId('plan').textContent();
      t.match(plan, /règle quality.*part enregistrée \(%\)25 → 40/);
      t.match(plan, /enregistre 40 % des appels, plus de 30 %/);
      await shot(page, 'policies plan');
      await page.getByTestId('apply').click();
      await page.getByTestId('step-up').waitFor();
      await page.locator('#step-up-code').fill(codeAt(secret, world.clock()));
      await page.getByTestId('step-up-submit').click();
      await page.getByTestId('settings-applied').waitFor();
      t.equal((await site.another()).settings.data.policies[0]?.share, 40);
      await page
        .getByTestId('history-entry')
        .filter({ hasText: /nora.*policy quality \(share\)/ })
        .waitFor();
      await shot(page, 'policies applied');
    },
  );

  await t.test(
    'when the command line was quicker nothing is lost: both changes are in force in the end',
    async (t) => {
      const secret = (await browsed.people.add('omar', ['manager'], PASSWORD, true)) ?? '';
      const { page } = await open('omar', 'manager', '/policies');
      await page.getByTestId('edit-+33123456701').click();
      await page.getByTestId('line-name').fill('Standard');
      await page.getByTestId('edit-keep').click();
      await page.getByTestId('make-plan').click();
      await page.getByTestId('apply').waitFor();
      await applySettings(await site.another(), changed(set(0, 'policies', { share: 12 })), 'root');
      await page.getByTestId('apply').click();
      await page.locator('#step-up-code').fill(codeAt(secret, world.clock()));
      await page.getByTestId('step-up-submit').click();
      await page.getByTestId('overtaken').waitFor();
      t.equal((await site.another()).settings.data.lines[0]?.name, 'Accueil', 'nothing was applied unseen');
      t.match(await page.getByTestId('plan').textContent(), /nomAccueil → Standard/);
      await shot(page, 'policies overtaken');
      await page.getByTestId('apply').click();
      await page.getByTestId('settings-applied').waitFor();
      const { lines, policies } = (await site.another()).settings.data;
      t.match([lines[0]?.name, policies[0]?.share], ['Standard', 12]);
    },
  );

  await t.test('the whole is one text: what is wrong with it is said, and it is not lost', async (t) => {
    const { page } = await open('marie', 'manager', '/policies');
    await page.getByTestId('text-open').click();
    const editor = page.getByTestId('settings-yaml');
    const text = await editor.inputValue();
    await editor.fill(text.replace('retention: P180D', 'retention: P9Y'));
    await page.getByTestId('make-plan').click();
    t.match(
      await page.getByTestId('plan-faults').textContent(),
      /conserve les enregistrements P9Y.*C21.*Que faire/,
    );
    await editor.fill(`${text}\n  - [`);
    await page.getByTestId('make-plan').click();
    await page.getByTestId('settings-error').filter({ hasText: 'YAML' }).waitFor();
    t.match(await editor.inputValue(), /- \[$/);
    await shot(page, 'policies text');
    await page.getByTestId('discard').click();
    await editor.waitFor({ state: 'detached' });
  });

  await t.test('an announcement is heard, replaced by a file, and the old version stays', async (t) => {
    const secret = (await browsed.people.add('paul', ['manager'], PASSWORD, true)) ?? '';
    const { page, watch } = await open('paul', 'manager', '/announcements');
    await page.getByTestId('listen-notice-v1').click();
    await page
      .getByTestId('audio-notice-v1')
      .evaluate('(audio) => audio.readyState > 0 || new Promise((heard) => audio.onloadedmetadata = heard)');
    const path = join(world.root, 'accueil.wav');
    await writeFile(path, toneWav([[1000, 0.2]]));
    await page.getByTestId('replace-notice-v1').click();
    await page.getByTestId('version-text').fill(TEXT);
    await page.getByTestId('version-file').setInputFiles(path);
    await page.getByTestId('version-plan-it').click();
    await page.getByTestId('version-error').filter({ hasText: 'accueil.wav ne dure que 0.2 s' }).waitFor();
    await writeFile(`${path}.wav`, toneWav([[1000, 2]]));
    await page.getByTestId('version-file').setInputFiles(`${path}.wav`);
    await page.getByTestId('version-plan-it').click();
    await page.getByTestId('version-plan').filter({ hasText: 'notice-v2' }).waitFor();
    t.same(await violations(page), []);
    await shot(page, 'announcements plan');
    await page.getByTestId('version-apply').click();
    await page.locator('#step-up-code').fill(codeAt(secret, world.clock()));
    await page.getByTestId('step-up-submit').click();
    await page.getByTestId('announcement-done').waitFor();
    await page.getByTestId('older-notice-v2').locator('summary').click();
    await page.getByTestId('listen-notice-v1').waitFor();
    await shot(page, 'announcements replaced');
    t.same(
      watch.complaints.filter((one) => !/40[03]/.test(one)),
      [],
    );
  });

  await t.test(
    'an IT admin is told what is for a manager, the DPO reads, and audio that is gone is said',
    async (t) => {
      const admin = await open('ivan', 'it-admin', '/policies');
      await admin.page.getByTestId('edit-quality').click();
      await admin.page.getByTestId('policy-share').fill('10');
      await admin.page.getByTestId('edit-keep').click();
      await admin.page.getByTestId('make-plan').click();
      t.match(await admin.page.getByTestId('plan-beyond').textContent(), /règle quality/);
      t.equal(await admin.page.getByTestId('apply').count(), 0);
      await shot(admin.page, 'policies it admin');
      await rm(world.at('announcements', 'more-v1.wav'));
      const dpo = await open('dora', 'dpo', '/policies');
      await dpo.page.getByTestId('lines-+33123456701').waitFor();
      t.equal(await dpo.page.getByTestId('edit-quality').count(), 0);
      t.equal(await dpo.page.getByTestId('settings-text').count(), 0);
      await dpo.page.getByTestId('nav-announcements').click();
      await dpo.page.getByTestId('announcement-more-v1').filter({ hasText: 'ne peut pas' }).waitFor();
      await shot(dpo.page, 'announcements faulty');
    },
  );
});
