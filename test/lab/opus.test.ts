// A line whose policy asks for Opus: a real call, opened with the private key and played in a real browser. Both voices
// are there, each on its side (ADR 0014).

import { test } from 'tap';
import { labInfo } from '../../appliance/lab/info.ts';
import { hear, logIn, openView, startBrowser, unlock } from '../support/browser.ts';
import {
  INSIDE_HERTZ,
  listRecordings,
  newRecording,
  OUTSIDE_HERTZ,
  talk,
} from '../support/fictitious-call.ts';
import { decodedOpus, fileInBox, folderOf, opened } from '../support/opened.ts';
import { amplitude, type Samples, windowsWith } from '../support/tones.ts';

const lab = await labInfo(process.env.GREFFIER_LAB ?? 'test');
const RATE = 8_000;

/** Of the blocks in which a tone sounds: how loud it and another one are, in the middle of their rank by the other one. */
function inMost(blocks: Samples[], rate: number, hertz: number, other: number): [number, number] {
  const pairs = blocks.map((block): [number, number] => [
    amplitude(block, rate, hertz),
    amplitude(block, rate, other),
  ]);
  // A browser on a busy machine drops a few samples now and then, which sounds at every frequency.
  const sounding = pairs.filter(([own]) => own > 0.1).toSorted(([, one], [, next]) => one - next);
  return sounding.length < 5 ? [0, 1] : (sounding[Math.floor(sounding.length / 2)] as [number, number]);
}

test('a call kept as Opus opens with the private key, both voices apart, and plays in the browser', async (t) => {
  const known = (await listRecordings(lab)).map(({ id }) => id);
  await (await talk(lab, { did: '+33123456716', talkMs: 5_000 })).forget();
  const { id, durationSeconds } = await newRecording(lab, known);
  const folder = await folderOf(lab, id);
  const [header, body, manifest] = (await Promise.all(
    ['header.pgp', 'body.pgp', 'manifest.json'].map((name) => fileInBox(lab, `${folder}/${name}`)),
  )) as [Buffer, Buffer, Buffer];
  t.match(JSON.parse(String(manifest)), { audio: { encoding: 'opus' }, state: 'sealed' });
  t.ok(body.length < durationSeconds * 5_000, `${body.length} bytes for ${durationSeconds} s`);
  const { outside, inside } = await decodedOpus(await opened(lab, Buffer.concat([header, body])));
  const share = (samples: Samples, hertz: number) =>
    windowsWith(samples, RATE, hertz, 0.1).length / Math.floor(samples.length / (RATE / 10));
  t.ok(share(outside, OUTSIDE_HERTZ) > 0.95 && share(inside, INSIDE_HERTZ) > 0.95, 'each is on its own side');
  t.equal(share(outside, INSIDE_HERTZ) + share(inside, OUTSIDE_HERTZ), 0, 'and on no other');

  const browser = await startBrowser();
  const { page } = await openView(browser, lab, { language: 'fr', theme: 'light', width: 1280 });
  await logIn(page, lab);
  await page.goto(`/recordings/${id}`);
  await unlock(page, lab, 'how Opus sounds');
  await page.getByTestId('play-button').click();
  const { rate, left, right } = await hear(page);
  const sides = [
    inMost(left, rate, OUTSIDE_HERTZ, INSIDE_HERTZ),
    inMost(right, rate, INSIDE_HERTZ, OUTSIDE_HERTZ),
  ];
  for (const [own, stray] of sides) {
    t.ok(own > 0.1, `it is heard at ${own.toFixed(3)}`);
    t.ok(stray < own / 4, `in stereo: the other side at ${stray.toFixed(4)}`);
  }
  await browser.close();
});
