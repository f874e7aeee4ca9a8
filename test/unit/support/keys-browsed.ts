// People with keys in real browsers: opened with the second factor just given, looked at, and watched for secrets.

import type { Page } from 'playwright-core';
import type { Test } from 'tap';
import { overflow, startBrowser, type View, violations } from '../../support/browser.ts';
import { openBrowsed } from './browsed.ts';

export const WIDE: View = { language: 'fr', theme: 'light', width: 1280 };
/** Each language, each theme and each width twice: all eight would take as long again. */
export const LOOKS: View[] = [
  WIDE,
  { language: 'fr', theme: 'dark', width: 390 },
  { language: 'en', theme: 'light', width: 390 },
  { language: 'en', theme: 'dark', width: 1280 },
];
export const PHRASES = {
  igor: 'lanterne girafe velours onze piment',
  marie: 'tambour orage citron plume vallée',
  paul: 'brouette safran nuage chemise douze',
  next: 'horloge biscuit rivage moulin treize',
};

type Browsed = Awaited<ReturnType<typeof openBrowsed>>;

/** A server without any recovery key, and a browser. */
export async function openKeysBrowsed(t: Test) {
  const browsed = await openBrowsed(t, 0);
  const { world, origin } = browsed;
  // The browser's clock is the machine's; a key that it makes must not be one of tomorrow.
  world.clock.move(Math.max(0, Date.now() - world.clock().getTime()));
  const browser = await startBrowser();
  t.teardown(() => browser.close());

  /** A page of somebody who has just given the second factor. */
  async function open(
    user: keyof typeof PHRASES,
    roles: Parameters<Browsed['view']>[3],
    path: string,
    view = WIDE,
  ) {
    const seen = await browsed.view(browser, view, user, roles);
    const cookie = (await seen.context.cookies()).find(({ name }) => name === '__Host-session');
    browsed.sessions.stepUp(cookie?.value ?? '');
    await seen.page.goto(`${origin}${path}`);
    return seen;
  }

  /** Takes a picture; axe finds nothing, and nothing sticks out. */
  async function look(page: Page, name: string, view: View = WIDE) {
    const whole = `${name}-${view.language}-${view.theme}-${view.width}`;
    await page.screenshot({ path: `build/screenshots/${whole}.png`, fullPage: true });
    t.same(await violations(page), [], whole);
    t.ok((await overflow(page)) <= 0, whole);
  }

  return { ...browsed, open, look };
}

/** Requests that carried a passphrase or, other than to keep it, a private key. */
export function leaks(requests: { url: string; body: string | null }[]) {
  const secrets = Object.values(PHRASES);
  return requests.filter(({ url, body }) => {
    const sent = `${decodeURIComponent(url)}${body}`;
    const key = sent.includes('PRIVATE KEY') && !url.endsWith('/api/keys/mine');
    return key || secrets.some((secret) => sent.includes(secret));
  });
}

/** Types a new passphrase, saves the backup copy to a file and goes on to the check. */
export async function makeAndSave(page: Page, phrase: string, saveAs: string) {
  await page.getByTestId('new-passphrase').fill(phrase);
  await page.getByTestId('new-passphrase-again').fill(phrase);
  await page.getByTestId('maker-make').click();
  const download = page.waitForEvent('download');
  await page.getByTestId('maker-save').click();
  await (await download).saveAs(saveAs);
  await page.getByTestId('maker-saved').click();
  await page.getByTestId('proof-passphrase').fill(phrase);
}
