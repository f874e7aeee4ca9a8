// The web UI of a running lab, in a real browser, from the log in page to what comes out of the speakers.

import { mkdir, readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { before, type Test, test } from 'tap';
import { labInfo } from '../../appliance/lab/info.ts';
import { type AuditEntry, lastAudited } from '../support/audited.ts';
import {
  hear,
  logIn,
  openView,
  overflow,
  startBrowser,
  unlock,
  VIEWS,
  type View,
  violations,
} from '../support/browser.ts';
import { INSIDE_HERTZ, OUTSIDE_HERTZ, placeFictitiousCall } from '../support/fictitious-call.ts';
import { amplitude, purity, type Samples } from '../support/tones.ts';

const SCREENSHOTS = 'build/screenshots';
const FRENCH: View = { language: 'fr', theme: 'light', width: 1280 };
const lab = await labInfo(process.env.GREFFIER_LAB ?? 'test');
const { origin } = new URL(lab.web);
const browser = await startBrowser();
const manager = await openView(browser, lab, FRENCH);
let recording = '';

/** All that the pages of these tests send, and with which fields. */
const BODIES: [path: RegExp, fields: string[]][] = [
  [/\/api\/session$/, ['password', 'totp', 'user']],
  [/\/api\/recordings\/[\w-]+\/playback$/, ['code', 'reason']],
  [/\/api\/scorecards$/, ['agent', 'feedback', 'marks', 'recording']],
];

before(async () => {
  const report = (line: string) => process.stderr.write(`${line}\n`);
  // Always a new one: an older one is no longer on the first page after the calls of other files.
  ({ recordingId: recording } = await placeFictitiousCall(lab, report));
  await mkdir(SCREENSHOTS, { recursive: true });
});

test('a wrong password is refused in words and nothing is listed', async (t) => {
  const { context, page } = await openView(browser, lab, FRENCH);
  await page.goto('/');
  await page.getByTestId('login-user').fill(lab.admin.user);
  await page.getByTestId('login-password').fill('not the password');
  await page.getByTestId('login-submit').click();
  const error = await page.getByTestId('login-error').textContent();
  t.match(error, /\p{L}+ \p{L}+ \p{L}+/u, 'a sentence');
  t.equal(await page.getByTestId('recording-row').count(), 0);
  t.equal((await context.request.get('/api/recordings')).status(), 401);
  await context.close();
});

test('the message is refused without a session, and without a ticket', async (t) => {
  const stranger = await openView(browser, lab, FRENCH);
  await logIn(manager.page, lab);
  const path = `/api/recordings/${recording}/message`;
  for (const ticket of ['', '?ticket=', '?ticket=AAAAAAAAAAAAAAAAAAAAAA']) {
    t.equal((await stranger.context.request.get(path + ticket)).status(), 401, `stranger, "${ticket}"`);
    t.equal((await manager.context.request.get(path + ticket)).status(), 403, `manager, "${ticket}"`);
  }
  await stranger.context.close();
});

test('what is heard is the caller on the left and the phone on the right', async (t) => {
  const { page, context } = manager;
  const note = `measured at ${new Date().toISOString()}`;
  const audited: AuditEntry[] = [];
  // Holds back each request for ciphertext until the audit log was read.
  await context.route(/\/(message|details)\?/, async (route) => {
    audited.push(await lastAudited(lab));
    await route.continue();
  });
  await page.locator(`[data-testid=recording-row][data-id="${recording}"]`).click();
  await unlock(page, lab, note);
  await context.unroute(/\/(message|details)\?/);

  t.equal(audited.length, 2, 'details and message were both asked for');
  const expected = { action: 'play', actor: lab.admin.user, recording, code: 'other', reason: note };
  for (const entry of audited) t.match(entry, expected, 'the reason was on disk before any ciphertext left');
  const number = await page.getByTestId('outside-number').textContent();
  t.equal(number?.replaceAll(/\s/g, ''), '+33612345678', 'the number is readable with the key');
  t.ok(await page.getByTestId('waveform').isVisible());
  for (const party of ['outside', 'inside']) {
    const share = await page.getByTestId(`share-${party}`).getAttribute('data-share');
    t.ok(Number(share) > 0.8, `both speak all the time: ${party} ${share}`);
  }

  await page.getByTestId('play-button').click();
  const { rate, left, right } = await hear(page);
  only(t, left, rate, OUTSIDE_HERTZ, INSIDE_HERTZ);
  only(t, right, rate, INSIDE_HERTZ, OUTSIDE_HERTZ);
});

test('whoever has listened judges the talk, for the one who led it', async (t) => {
  const { page } = manager;
  await page.getByTestId('judge').locator('summary').click();
  await page.getByTestId('mark-procedure-4').check();
  await page.getByTestId('mark-accuracy-2').check();
  await page.getByTestId('feedback').fill('Annonce claire.');
  t.same(await violations(page), []);
  await page.getByTestId('judge-submit').click();
  await page.getByTestId('judged').waitFor();
  t.match(await lastAudited(lab), { action: 'scorecard-made', actor: lab.admin.user, recording });
});

function only(t: Test, blocks: Samples[], rate: number, wanted: number, other: number): void {
  const [best] = blocks.toSorted((a, b) => amplitude(b, rate, wanted) - amplitude(a, rate, wanted));
  if (!best) return void t.fail('nothing was heard');
  const [loud, stray] = [wanted, other].map((hertz) => amplitude(best, rate, hertz)) as [number, number];
  t.ok(loud > 0.1, `${wanted} Hz at ${loud.toFixed(3)}`);
  t.ok(stray < loud / 20, `${other} Hz at ${stray.toFixed(4)}`);
  t.ok(purity(best, rate, wanted) > 0.9, 'and little else');
}

test('nothing clear left the browser', async (t) => {
  const { requests, complaints, sockets } = manager.watch;
  const key = await readFile(lab.recoveryKey, 'utf8');
  const secrets = [lab.passphrase, ...key.split('\n').filter((line) => line.length > 40)];
  const remote = requests.filter(({ url }) => !url.startsWith('blob:') && !url.startsWith('data:'));
  t.same([...new Set(remote.map(({ url }) => new URL(url).origin))], [origin], 'only the box was asked');
  t.same(sockets, []);
  for (const part of ['details', 'message'])
    t.ok(
      requests.some(({ url }) => url.includes(`/${part}?`)),
      `what the worker asks is watched: ${part}`,
    );
  for (const { url, headers, body } of requests) {
    const sent = [url, decodeURIComponent(url), headers, body].join('\n');
    if (secrets.some((secret) => sent.includes(secret))) t.fail(`a secret was sent to ${url}`);
  }
  for (const { url, body } of requests.filter((request) => request.body !== null)) {
    const fields = Object.keys(JSON.parse(body ?? '') as object).toSorted();
    const [, allowed] = BODIES.find(([path]) => path.test(url)) ?? [];
    t.ok(allowed, `a body goes to ${url}`);
    t.same(
      fields.filter((field) => !allowed?.includes(field)),
      [],
    );
  }
  // A refused log in is an answer of the box, which the browser also reports.
  const odd = complaints.filter((text) => !/Failed to load resource: .* status of 401/.test(text));
  t.same(odd, [], 'the content security policy was not violated');
});

for (const view of VIEWS) {
  const { language, theme, width } = view;
  test(`pages are accessible and fit: ${language}, ${theme}, ${width} px`, async (t) => {
    const look = async (page: Page, name: string) => {
      const path = `${SCREENSHOTS}/${name}-${language}-${theme}-${width}.png`;
      await page.screenshot({ path, fullPage: true });
      t.same(await violations(page), [], `axe-core: ${name}`);
      t.ok((await overflow(page)) <= 0, `${name} is not wider than its window`);
    };
    const stranger = await openView(browser, lab, view);
    await stranger.page.goto('/');
    await stranger.page.getByTestId('login-form').waitFor();
    await look(stranger.page, 'login');
    await stranger.context.close();

    const { page, context } = await openView(browser, lab, view, await manager.context.cookies());
    await page.goto('/');
    await page.getByTestId('recording-row').first().waitFor();
    await look(page, 'recordings');
    await page.goto(`/recordings/${recording}`);
    await page.getByTestId('reason-form').waitFor();
    await look(page, 'reason');
    await unlock(page, lab, 'accessibility');
    await look(page, 'recording');
    await page.getByTestId('nav-health').click();
    await page.getByTestId('health').waitFor();
    await look(page, 'health');
    for (const [name, shown] of [
      ['live', 'board'],
      ['retention', 'going-plot'],
      ['people', 'person'],
    ] as const) {
      await page.getByTestId(`nav-${name}`).click();
      await page.getByTestId(shown).first().waitFor();
      await look(page, name);
    }
    await context.close();
  });
}

// A test, since tap's own teardown waits for the loop to drain, and an open browser never lets it.
test('the browser is closed', async (t) => {
  await browser.close();
  t.notOk(browser.isConnected());
});
