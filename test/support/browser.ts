// A browser as a manager uses it: logged in once, watched for everything it sends.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { setTimeout as delay } from 'node:timers/promises';
import { Secret, TOTP } from 'otpauth';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { LabInfo } from './lab.ts';
import type { Samples } from './tones.ts';

export interface View {
  language: 'fr' | 'en';
  theme: 'light' | 'dark';
  width: number;
}

export const VIEWS: View[] = (['fr', 'en'] as const).flatMap((language) =>
  (['light', 'dark'] as const).flatMap((theme) => [390, 1280].map((width) => ({ language, theme, width }))),
);

/** Each language, theme and width with each other one at least once: for pages that take a while. */
export const PAIRED_VIEWS = [0, 3, 5, 6].flatMap((at) => VIEWS[at] ?? []);

/** Everything one context sent and complained about. */
export interface Watch {
  requests: { method: string; url: string; headers: string; body: string | null }[];
  /** Console errors and warnings, and uncaught errors; refusals by the content security policy are among them. */
  complaints: string[];
  sockets: string[];
}

const STEP_MS = 30_000;

/** Starts Chromium without anything that calls home; `more` are switches of its own. */
export function startBrowser(more: string[] = []): Promise<Browser> {
  const quiet = ['background-networking', 'component-update', 'sync'].map((what) => `--disable-${what}`);
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', ...quiet];
  args.push('--autoplay-policy=no-user-gesture-required', ...more);
  return chromium.launch({ executablePath: '/usr/bin/chromium', args });
}

/** Opens a context in one view; `cookies` of another context carry its session over. */
export async function openView(
  browser: Browser,
  lab: LabInfo,
  view: View,
  cookies: Awaited<ReturnType<BrowserContext['cookies']>> = [],
): Promise<{ context: BrowserContext; page: Page; watch: Watch }> {
  const localStorage = [
    { name: 'greffier.language', value: view.language },
    { name: 'greffier.theme', value: view.theme },
  ];
  const context = await browser.newContext({
    baseURL: lab.web,
    ignoreHTTPSErrors: true,
    reducedMotion: 'reduce',
    viewport: { width: view.width, height: view.width < 500 ? 844 : 860 },
    storageState: { cookies, origins: [{ origin: new URL(lab.web).origin, localStorage }] },
  });
  const page = await context.newPage();
  return { context, page, watch: watched(context, page) };
}

function watched(context: BrowserContext, page: Page): Watch {
  const watch: Watch = { requests: [], complaints: [], sockets: [] };
  // The context also sees what workers ask.
  context.on('request', (request) => {
    const headers = JSON.stringify(request.headers());
    watch.requests.push({ method: request.method(), url: request.url(), headers, body: request.postData() });
  });
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) watch.complaints.push(message.text());
  });
  context.on('weberror', (error) => watch.complaints.push(String(error.error())));
  page.on('websocket', (socket) => watch.sockets.push(socket.url()));
  return watch;
}

/** Logs in with password and code. A code is accepted once: when it is refused, the next one is awaited. */
export async function logIn(page: Page, { admin }: LabInfo): Promise<void> {
  await page.goto('/');
  await page.getByTestId('login-user').fill(admin.user);
  await page.getByTestId('login-password').fill(admin.password);
  await page.getByTestId('login-submit').click();
  await page.getByTestId('login-totp').waitFor();
  for (let tries = 0; tries < 3; tries += 1) {
    const totp = new TOTP({ secret: Secret.fromBase32(admin.totpSecret) });
    const step = Math.floor(Date.now() / STEP_MS);
    await page.getByTestId('login-totp').fill(totp.generate());
    const answer = page.waitForResponse((r) => r.url().endsWith('/api/session'));
    await page.getByTestId('login-submit').click();
    if ((await answer).ok()) return void (await page.getByTestId('nav-health').waitFor());
    await page.getByTestId('login-password').fill(admin.password);
    await delay((step + 1) * STEP_MS - Date.now());
  }
  throw new Error(`${admin.user} was refused with three codes; is the clock of the lab right?`);
}

/** From the sheet of a recording to the player: reason, key, passphrase. */
export async function unlock(page: Page, lab: LabInfo, note: string): Promise<void> {
  await page.getByTestId('reason-select').selectOption('other');
  await page.getByTestId('reason-note').fill(note);
  await page.getByTestId('reason-submit').click();
  await page.getByTestId('key-file').setInputFiles(lab.recoveryKey);
  await page.getByTestId('key-passphrase').fill(lab.passphrase);
  await page.getByTestId('unlock-button').click();
  await page.getByTestId('player').waitFor({ timeout: 60_000 });
}

/** Unlocks a key that a test has made and that no passphrase locks: the form asks for one all the same. */
export async function unlockMade(page: Page, armored: string): Promise<void> {
  const buffer = Buffer.from(armored);
  await page.getByTestId('key-file').setInputFiles({ name: 'key.asc', mimeType: 'text/plain', buffer });
  await page.getByTestId('key-passphrase').fill('none');
  await page.getByTestId('unlock-button').click();
}

// Playwright's own evaluate is subject to the page's content security policy, which must stay as it is.
export async function inPage<T>(page: Page, expression: string): Promise<T> {
  const devtools = await page.context().newCDPSession(page);
  const options = { expression, awaitPromise: true, returnByValue: true };
  const { result, exceptionDetails } = await devtools.send('Runtime.evaluate', options);
  await devtools.detach();
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value as T;
}

const HEAR = `(async () => {
  const context = new AudioContext();
  const stream = document.querySelector('audio').captureStream();
  while (stream.getAudioTracks().length === 0) await new Promise((go) => setTimeout(go, 20));
  const split = context.createChannelSplitter(2);
  context.createMediaStreamSource(stream).connect(split);
  const ears = [0, 1].map((channel) => {
    const ear = new AnalyserNode(context, { fftSize: 4096 });
    split.connect(ear, channel);
    return ear;
  });
  const heard = [[], []];
  for (const end = Date.now() + 2000; Date.now() < end; ) {
    await new Promise((go) => setTimeout(go, 100));
    ears.forEach((ear, channel) => {
      const block = new Float32Array(ear.fftSize);
      ear.getFloatTimeDomainData(block);
      heard[channel].push([...block]);
    });
  }
  return { rate: context.sampleRate, heard };
})()`;

/** What the playing audio element sends to the ears, in blocks of about 90 ms for two seconds, left and right. */
export async function hear(page: Page): Promise<{ rate: number; left: Samples[]; right: Samples[] }> {
  const { rate, heard } = await inPage<{ rate: number; heard: number[][][] }>(page, HEAR);
  const [left = [], right = []] = heard.map((blocks) => blocks.map((block) => Float64Array.from(block)));
  return { rate, left, right };
}

/** What axe-core finds wrong on the page as it stands, one line a rule. */
export async function violations(page: Page): Promise<string[]> {
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const run = `axe.run().then((found) => found.violations.map((v) =>
    v.id + ': ' + v.nodes.map((n) => n.target + ' ' + n.failureSummary).join(' | ')))`;
  await inPage(page, `${axe};0`);
  return inPage<string[]>(page, run);
}

/** How far the page is wider than its window, in pixels. */
export function overflow(page: Page): Promise<number> {
  return inPage(page, 'document.documentElement.scrollWidth - document.documentElement.clientWidth');
}
