// From the click with which somebody has given the reason until the sound of a long call is heard: asked, fetched,
// decrypted whole and proven, decoded, drawn, played. Against the download of the same bytes by the same page; over the
// loopback, where it takes next to nothing, and over a line as an office has it.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decrypt, decryptSessionKeys, readMessage, type SessionKey } from 'openpgp';
import type { Page } from 'playwright-core';
import type { Test } from 'tap';
import { dayOf } from '../../src/sealing/manifest.ts';
import { writeMessage } from '../../src/sealing/message.ts';
import { dayParts } from '../../src/vault/days.ts';
import { inPage, startBrowser, unlockMade } from '../support/browser.ts';
import { slowLine } from '../support/slow-line.ts';
import { openBrowsed } from '../unit/support/browsed.ts';
import { keepSealed } from '../unit/support/keys.ts';
import type { MadeKey } from '../unit/support/world.ts';
import { type Bench, compared, type Figure, type Row } from './figure.ts';
import { median } from './measure.ts';
import { speech } from './speech.ts';

type Browsed = Awaited<ReturnType<typeof openBrowsed>>;
const OFFICE_BYTES = 100e6 / 8;
const TURNS = 3;
const WIDE = { language: 'fr', theme: 'light', width: 1280 } as const;
const BLOCK_SECONDS = 60;
/** A call that lasts is flushed so often (cycle.ts). */
const FLUSH_SECONDS = 0.75;

export const firstSound: Figure = {
  id: 'first-sound',
  name: 'from click to the first sound, in Chromium',
  unit: 's of recording',
  sizes: { small: 2, usual: [3_600] },
  async measure(bench) {
    const t = bench as unknown as Test;
    const browsed = await openBrowsed(t, 0);
    const { id, bytes } = await keepLong(bench, browsed);
    bench.tell(`a recording of ${(bytes / 1e6).toFixed(1)} MB is sealed`);
    const browser = await startBrowser();
    bench.teardown(() => browser.close());
    const { port } = await slowLine(Number(new URL(browsed.origin).port), OFFICE_BYTES, bench.teardown);
    const rows: Row[] = [];
    for (const [line, origin] of [
      ['100 Mbit/s', `https://127.0.0.1:${port}`],
      ['loopback', browsed.origin],
    ] as const) {
      const { page } = await browsed.view(browser, WIDE, `marie-${port}`);
      const times = { sound: [] as number[], download: [] as number[], steps: '' };
      await unlocked(page, origin, browsed);
      for (let turn = 0; turn < (bench.size < 60 ? 1 : TURNS); turn += 1) {
        const { ms, steps } = await listen(page, id);
        times.sound.push(ms);
        // What is measured is one click, on a page that does nothing else: no waveform of the turn before is being made.
        await page.getByTestId('play-button').click();
        await page.getByTestId('shares').waitFor({ timeout: 120_000 });
        times.steps = steps;
        times.download.push(
          await inPage<number>(page, DOWNLOAD.replaceAll('ID', id).replace('BYTES', String(bytes))),
        );
      }
      // It goes on playing and drawing, which takes of the processor what the next line would be measured with.
      await page.close();
      bench.tell(`over ${line}: ${times.sound.map((ms) => (ms / 1000).toFixed(2)).join(', ')} s`);
      rows.push(
        compared(
          { what: `over ${line}`, value: median(times.sound) / 1000, unit: 's', note: times.steps },
          'download alone',
          median(times.download) / 1000,
          { atMost: 1.5 },
        ),
      );
    }
    return rows;
  },
};

/** The same bytes, and nothing done with them. */
const DOWNLOAD = `(async () => {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ code: 'training' });
  const { ticket } = await (await fetch('/api/recordings/ID/playback', { method: 'POST', headers, body })).json();
  const began = performance.now();
  const bytes = await (await fetch('/api/recordings/ID/message?ticket=' + ticket, { cache: 'no-store' })).arrayBuffer();
  if (bytes.byteLength < BYTES) throw new Error('only ' + bytes.byteLength + ' bytes came');
  return performance.now() - began;
})()`;

/** Opens the first recording and unlocks the key, which stays unlocked in this page. */
async function unlocked(page: Page, origin: string, { sealed, key }: Browsed): Promise<void> {
  await page.goto(`${origin}/recordings/${sealed[0]?.id}`);
  await giveReason(page);
  await unlockMade(page, key.armoredPrivate);
  await page.getByTestId('player').waitFor({ timeout: 60_000 });
}

async function giveReason(page: Page): Promise<void> {
  await page.getByTestId('reason-select').selectOption('training');
  await page.getByTestId('reason-submit').click();
}

/** From the click on, every step is noted when it begins, until the sound plays. */
const WATCH = `(() => {
  const noted = window.noted = { began: performance.now(), steps: [] };
  const note = (what) => noted.steps.push([what, performance.now() - noted.began]);
  const look = () => {
    const audio = document.querySelector('[data-testid=audio]');
    const step = document.querySelector('[data-testid=playback-progress] [role=status]')?.textContent;
    if (step && noted.steps.at(-1)?.[0] !== step) note(step);
    if (audio && !noted.player) {
      noted.player = true;
      note('player');
      document.querySelector('[data-testid=play-button]').click();
    }
    if (audio?.currentTime > 0) { note('sound'); noted.ms = performance.now() - noted.began; return; }
    setTimeout(look, 5);
  };
  document.querySelector('[data-testid=reason-submit]').click();
  look();
})()`;

/** Goes to the recording within the page, gives the reason, and plays as soon as it can be played. */
async function listen(page: Page, id: string): Promise<{ ms: number; steps: string }> {
  await page.getByTestId('back').click();
  const row = page.locator(`.row-link[data-id="${id}"]`);
  await row.waitFor();
  await row.focus();
  await page.keyboard.press('Enter');
  await page.getByTestId('reason-select').selectOption('training');
  await inPage(page, WATCH);
  for (;;) {
    const found = await inPage<{ ms?: number; steps: [string, number][] }>(page, 'window.noted');
    const steps = found.steps.map(([what, ms]) => `${what} ${Math.round(ms)} ms`).join(', ');
    if (found.ms !== undefined) return { ms: found.ms, steps };
    await page.waitForTimeout(200);
  }
}

/** A recording so long, sealed to the key, on the first page of the list. */
async function keepLong(bench: Bench, { world, key }: Browsed) {
  const block = speech(Math.min(bench.size, BLOCK_SECONDS));
  const audio = Buffer.concat(Array.from({ length: Math.max(1, bench.size / BLOCK_SECONDS) }, () => block));
  const { id, sealed, manifest } = await keepSealed(bench, world, [key], audio);
  const body = await sealedLive(sealed.message, key, bench.size / FLUSH_SECONDS);
  await writeFile(join(world.at('vault'), ...dayParts(dayOf(manifest)), id, 'body.pgp'), body);
  return { id, bytes: body.length };
}

/** The body once more, in as many writes as a call of that length makes while it lasts: it comes in many more parts. */
async function sealedLive(sealed: Buffer, { privateKey }: MadeKey, writes: number): Promise<Buffer> {
  const message = await readMessage({ binaryMessage: Uint8Array.from(sealed) });
  const sessionKeys = (await decryptSessionKeys({ message, decryptionKeys: privateKey })) as SessionKey[];
  const { data } = await decrypt({ message, sessionKeys, format: 'binary' });
  const plain = Buffer.from(data as Uint8Array);
  const writer = writeMessage(sessionKeys[0]?.data ?? plain);
  const body: Buffer[] = [];
  const step = Math.ceil(plain.length / writes);
  for (let at = 0; at < plain.length; at += step)
    body.push(Buffer.from(writer.write(plain.subarray(at, at + step))));
  return Buffer.concat([...body, writer.end()]);
}
