// greffier announcements, as an admin types it.

import { readdir, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { type Test, test } from 'tap';
import { readCodes } from '../../src/announcement/codes.ts';
import type { Appliance } from '../../src/appliance.ts';
import { announcementsCommands } from '../../src/cli/announcements.ts';
import { toneWav } from '../support/tones.ts';
import { announcing, TEXT } from './support/announcements.ts';
import { run as runCommand } from './support/cli.ts';
import { messageOf } from './support/world.ts';

const run = (t: Test, appliance: Appliance, ...words: string[]) =>
  runCommand(t, announcementsCommands, appliance, 'announcements', ...words);

test('a file is put in force: the plan is printed, the id, how long it lasts and its hash', async (t) => {
  const { appliance, at, sha256 } = await announcing(t);
  await writeFile(at('new.wav'), toneWav([[1000, 2]]));
  await writeFile(at('text'), `\n${TEXT}\n`);
  const { out, status } = await run(
    t,
    appliance,
    'set',
    'notice-v1',
    at('new.wav'),
    '--text-file',
    at('text'),
  );
  t.equal(status, 0);
  t.match(out, /^\+ announcement notice-v2\n/);
  t.match(out, /~ line \+33123456701\n {4}announcements +notice-v1 → notice-v2\n/);
  t.match(out, `announcement notice-v2, 2.8 s, sha256 ${await sha256('notice-v2')}\n`);
  t.match(out, /generation \w{12} → \w{12}\n$/);

  const listed = await run(t, appliance, 'list');
  t.match(
    listed.out,
    /notice-v1 +one +fr +1 +notice +1\.0 +\w{12} +in order\nnotice-v2 +one +fr +2 +notice +2\.8 +\w{12} +\+33123456701, outbound one +in order\n/,
  );
  t.notMatch(listed.out, /Bonjour/);
  t.match((await run(t, appliance, 'show', 'notice-v2')).out, new RegExp(`text +${TEXT}\n`));
  const shown = JSON.parse((await run(t, appliance, 'show', 'notice-v2', '--json')).out);
  t.match(shown, {
    version: 2,
    seconds: 2.8,
    sha256: await sha256('notice-v2'),
    lines: ['+33123456701', 'outbound one'],
  });
});

test('for a program, all of it is one JSON object', async (t) => {
  const { appliance, at, sha256 } = await announcing(t);
  await writeFile(at('new.wav'), toneWav([[1000, 2]]));
  const words = ['set', 'more-v1', at('new.wav'), '--text', TEXT, '--as', 'more-v5', '--json'];
  t.match(JSON.parse((await run(t, appliance, ...words)).out), {
    id: 'more-v5',
    replaces: 'more-v1',
    sha256: await sha256('more-v5'),
    milliseconds: 2_800,
    after: /^\w{12}$/,
  });
});

test('an announcement that nothing plays may have a new version, and is warned of', async (t) => {
  const { appliance, at } = await announcing(t);
  const { lines, outbound, ...rest } = appliance.settings.data;
  await appliance.settings.update((data) =>
    Object.assign(data, { ...rest, lines: lines.slice(1), outbound: [] }),
  );
  t.equal(outbound.length, 1);
  await writeFile(at('new.wav'), toneWav([[1000, 2]]));
  const { err, status } = await run(t, appliance, 'set', 'notice-v1', at('new.wav'), '--text', TEXT);
  t.match({ err, status }, { err: /nothing plays notice-v1, so nothing plays notice-v2/, status: 0 });
});

test('without a text, a file or an id there is a hint, and a contradiction ends with status 2', async (t) => {
  const { appliance, at } = await announcing(t);
  const message = (...words: string[]) => messageOf(() => run(t, appliance, ...words));
  t.match(await message('set', 'notice-v1', at('new.wav')), /the text of notice-v1 is given nowhere/);
  t.match(await message('set', 'notice-v1', at('x'), '--text', TEXT, '--text-file', at('y')), /given twice/);
  t.match(await message('set', 'notice-v1', at('absent.wav'), '--text', TEXT), /^cannot read .*absent\.wav/);
  t.match(await message('show', 'nobody'), /^no announcement nobody$/);
  await writeFile(at('new.wav'), toneWav([[1000, 2]]));
  const refused = await run(t, appliance, 'set', 'notice-v1', at('new.wav'), '--text', 'Bonjour.');
  t.match(refused, { out: '', err: /announcement notice-v2 .*text/, status: 2 });
});

test('Ctrl-C cancels a dictation: status 130, and the code that was shown holds no more', async (t) => {
  const { appliance, at } = await announcing(t);
  const words = ['dictate', 'notice-v1', '--text', TEXT, '--minutes', '5'];
  const ended = run(t, appliance, ...words);
  let codes = await readCodes(at('policies'));
  for (; codes.length === 0; codes = await readCodes(at('policies'))) await delay(50);
  process.emit('SIGINT');
  const { out, err, status } = await ended;
  t.equal(out, `dial *90${codes[0]?.code} from any phone of the house\n`);
  t.match(err, /waiting until 2026-11-22T08:05:00.000Z; Ctrl-C cancels/);
  t.match({ err, status }, { err: /cancelled: nothing has changed/, status: 130 });
  t.same(await readCodes(at('policies')), []);
  t.same(await readdir(at('spool')), []);
});
