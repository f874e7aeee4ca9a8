// Listening over a slow line: the call is decrypted while it comes, and nothing of it is played before its end has proven
// that nobody changed it.

import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { type Test, test } from 'tap';
import { dayOf } from '../../src/sealing/manifest.ts';
import { dayParts } from '../../src/vault/days.ts';
import { hear, inPage, startBrowser, unlockMade, type View } from '../support/browser.ts';
import { slowLine } from '../support/slow-line.ts';
import { amplitude, toneWav } from '../support/tones.ts';
import { until } from '../support/until.ts';
import { openBrowsed } from '../unit/support/browsed.ts';
import { keepSealed } from '../unit/support/keys.ts';
import { noise } from '../unit/support/recording.ts';

const WIDE: View = { language: 'fr', theme: 'light', width: 1280 };
/** Two megabytes, of which a quarter comes in a second: it is not there soon. */
const SECONDS = 60;
const BYTES_PER_SECOND = 500_000;
const TONE = 440;

test('listening over a slow line', { timeout: 600_000 }, async (t: Test) => {
  const browsed = await openBrowsed(t, 0);
  const { port, cut } = await slowLine(Number(new URL(browsed.origin).port), BYTES_PER_SECOND, t.teardown);
  const browser = await startBrowser();
  t.teardown(() => browser.close());
  let listeners = 0;

  /** A recording whose right side is a tone, and whose left one is noise, which no encoder makes smaller. */
  async function kept() {
    const audio = noise(SECONDS * 8_000);
    const tone = new Int16Array(new Uint8Array(toneWav([[TONE, SECONDS]]).subarray(44)).buffer);
    for (const [at, sample] of tone.entries()) audio.writeInt16LE(sample, at * 4 + 2);
    const { id, manifest } = await keepSealed(t, browsed.world, [browsed.key], audio);
    const body = join(browsed.world.at('vault'), ...dayParts(dayOf(manifest)), id, 'body.pgp');
    return { id, body };
  }

  async function listening(id: string): Promise<Page> {
    listeners += 1;
    const { page } = await browsed.view(browser, WIDE, `marie-${listeners}`);
    await page.goto(`https://127.0.0.1:${port}/recordings/${id}`);
    await page.getByTestId('reason-select').selectOption('training');
    await page.getByTestId('reason-submit').click();
    await unlockMade(page, browsed.key.armoredPrivate);
    return page;
  }

  await t.test('it is heard as it was said, and how much has come is told', async (t) => {
    const page = await listening((await kept()).id);
    t.ok((await come(page, 0.2)) < 1, 'it is told while more is to come');
    await page.getByTestId('player').waitFor({ timeout: 60_000 });
    await page.getByTestId('play-button').click();
    const { rate, right } = await hear(page);
    const loud = right.map((block) => amplitude(block, rate, TONE)).filter((one) => one > 0.3);
    t.ok(loud.length > right.length / 3, `${loud.length} of ${right.length} blocks have the tone`);
  });

  /** Waits until so much of it has come, by what the page tells; 0 … 1. */
  async function come(page: Page, share: number): Promise<number> {
    const value = "document.querySelector('[data-testid=playback-progress] progress')?.value";
    let told = 0;
    const isThere = async () => {
      told = Number(await inPage<number>(page, value));
      return told >= share;
    };
    await until('so much has come', isThere, 60_000);
    return told;
  }

  async function isRefused(t: Test, page: Page, text: RegExp): Promise<void> {
    const error = page.getByTestId('playback-error');
    await error.waitFor({ timeout: 60_000 });
    t.match(await error.textContent(), text);
    t.equal(await page.getByTestId('player').count(), 0);
  }

  await t.test('one bit of it was changed: nothing is played, and the page says why', async (t) => {
    const { id, body } = await kept();
    const bytes = await readFile(body);
    const middle = bytes.length >> 1;
    bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
    await writeFile(body, bytes);
    await isRefused(t, await listening(id), /abîmé/);
  });

  await t.test('its end is missing: nothing is played, and the page says why', async (t) => {
    const { id, body } = await kept();
    await truncate(body, 1_500_000);
    await isRefused(t, await listening(id), /abîmé/);
  });

  await t.test('the line breaks off in the middle: nothing is played, and the page says why', async (t) => {
    const page = await listening((await kept()).id);
    await come(page, 0.6);
    cut();
    await isRefused(t, page, /ne répond pas/);
  });
});
