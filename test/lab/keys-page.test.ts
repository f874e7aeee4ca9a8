// The keys page of a running lab in a real browser: what a manager sees, and a drill with the demo key.

import { readFile } from 'node:fs/promises';
import { readPrivateKey } from 'openpgp';
import { test } from 'tap';
import { labInfo } from '../../appliance/lab/info.ts';
import { logIn, openView, overflow, startBrowser, violations } from '../support/browser.ts';

const lab = await labInfo(process.env.GREFFIER_LAB ?? 'test');
const armoredKey = await readFile(lab.recoveryKey, 'utf8');
const fingerprint = (await readPrivateKey({ armoredKey })).getFingerprint();
const browser = await startBrowser();
const manager = await openView(browser, lab, { language: 'fr', theme: 'light', width: 1280 });

interface Overview {
  drills: { fingerprint: string; lastOpenedAt: string | null; overdue: boolean }[];
}

/** When the box last saw the demo key open its canary; 0 when it never did. */
async function lastOpened(): Promise<number> {
  const overview = (await (await manager.context.request.get('/api/keys')).json()) as Overview;
  const drill = overview.drills.find((one) => one.fingerprint === fingerprint);
  return Date.parse(drill?.lastOpenedAt ?? '') || 0;
}

test('the keys page names every key, in French and in English, for every reader', async (t) => {
  await logIn(manager.page, lab);
  const cookies = await manager.context.cookies();
  for (const view of [
    { language: 'fr', theme: 'light', width: 1280 },
    { language: 'en', theme: 'dark', width: 390 },
  ] as const) {
    const { page, context } = await openView(browser, lab, view, cookies);
    await page.goto('/');
    await page.getByTestId('nav-keys').click();
    await page.getByTestId('keys').waitFor();
    t.ok((await page.getByTestId('key').count()) > 0);
    t.equal(
      await page.getByRole('heading', { level: 1 }).textContent(),
      view.language === 'fr' ? 'Clés' : 'Keys',
    );
    t.same(await violations(page), [], `axe-core: ${view.language}`);
    t.ok((await overflow(page)) <= 0, 'it is not wider than its window');
    await context.close();
  }
});

test('the canary opens in the browser, and the box hears of it', async (t) => {
  const { page } = manager;
  const before = await lastOpened();
  await page.goto('/keys');
  const drill = page.locator(`[data-testid=drill][data-fingerprint="${fingerprint}"]`);
  await drill.getByTestId('drill-open').click();
  await page.getByTestId('key-file').setInputFiles(lab.recoveryKey);
  await page.getByTestId('key-passphrase').fill(lab.passphrase);
  await page.getByTestId('unlock-button').click();
  await page.getByTestId('drill-done').waitFor();
  t.ok((await lastOpened()) > before, 'the date is a new one');
  await drill.and(page.locator('[data-overdue=false]')).waitFor();
  t.match(await drill.getByTestId('drill-standing').getAttribute('class'), 'good');
});

test('the drill sent its code, and nothing of the key', async (t) => {
  const { requests, complaints } = manager.watch;
  const secrets = [lab.passphrase, ...armoredKey.split('\n').filter((line) => line.length > 40)];
  const sent = requests.filter(({ url, method }) => method === 'POST' && url.includes('/api/keys/'));
  t.same(
    sent.map(({ body }) => Object.keys(JSON.parse(body ?? '') as object)),
    [['code']],
  );
  for (const { url, headers, body } of requests)
    t.notOk(
      secrets.some((secret) => `${decodeURIComponent(url)}${headers}${body}`.includes(secret)),
      url,
    );
  t.same(
    complaints.filter((text) => !/status of 401/.test(text)),
    [],
    'the content security policy was not violated',
  );
});

// A test, since tap's own teardown waits for the loop to drain, and an open browser never lets it.
test('the browser is closed', async (t) => {
  await browser.close();
  t.notOk(browser.isConnected());
});
