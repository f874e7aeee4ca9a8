// Announcements over the web: listed, heard, and replaced by a file.

import { randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { test } from 'tap';
import { openCode } from '../../src/announcement/codes.ts';
import { toneWav } from '../support/tones.ts';
import { TEXT } from './support/announcements.ts';
import { openSettingsWeb } from './support/settings-web.ts';

const file = (hertz = 1000, seconds = 2) => ({
  name: 'new.wav',
  audio: toneWav([[hertz, seconds]]).toString('base64'),
});

test('the list tells what plays each, for how long, and whether its audio is in order', async (t) => {
  const w = await openSettingsWeb(t);
  await rm(w.at('announcements', 'more-v1.wav'));
  const { status, body } = await w.admin('GET', '/api/announcements');
  t.equal(status, 200);
  t.match(body.announcements, [
    {
      id: 'notice-v1',
      seconds: 1,
      lines: ['+33123456701', 'outbound one'],
      audio: 'in order',
      replaced: false,
    },
    { id: 'more-v1', seconds: null, sha256: null, audio: /missing/ },
    { id: 'notice-two-v1' },
  ]);
});

test('what callers hear is heard in the browser, and nothing else is', async (t) => {
  const w = await openSettingsWeb(t);
  const { status, type, body } = await w.admin('GET', '/api/announcements/notice-v1/audio');
  t.match({ status, type }, { status: 200, type: 'audio/wav' });
  t.match(body, /^RIFF/);
  await rm(w.at('announcements', 'more-v1.wav'));
  const codeOf = async (id: string) =>
    (await w.admin('GET', `/api/announcements/${encodeURIComponent(id)}/audio`)).body.error.code;
  t.equal(await codeOf('more-v1'), 'announcement-missing');
  t.equal(await codeOf('../settings'), 'announcement-unknown');
});

test('a new version is planned, applied, and played wherever the old one was', async (t) => {
  const w = await openSettingsWeb(t);
  const wish = { text: TEXT, ...file() };
  const plan = await w.manager('POST', '/api/announcements/notice-v1/plan', wish);
  t.match(plan, { status: 200, body: { id: 'notice-v2', replaces: 'notice-v1', seconds: 2.8 } });
  t.match(plan.body.plan, {
    base: await w.base(),
    faults: [],
    changes: [{ what: 'announcement notice-v2' }, {}, {}],
  });
  t.notOk(
    (await readdir(w.at('announcements'))).some((name) => name.startsWith('notice-v2')),
    'nothing is there yet',
  );

  const done = await w.manager('POST', '/api/announcements/notice-v1/versions', {
    ...wish,
    base: plan.body.plan.base,
  });
  t.match(done, { status: 201, body: { id: 'notice-v2', sha256: plan.body.sha256, after: /^\w{12}$/ } });
  const { announcements } = (await w.manager('GET', '/api/announcements')).body;
  t.match(announcements[0], { id: 'notice-v1', lines: [], replaced: true });
  t.match(announcements[1], { id: 'notice-v2', lines: ['+33123456701', 'outbound one'], text: TEXT });
  t.match(await w.told('announcement-replaced'), [
    { actor: 'marie', from: '192.0.2.1', reason: /uploaded$/ },
  ]);
  const again = await w.manager('POST', '/api/announcements/notice-v1/plan', wish);
  t.equal(again.body.error.code, 'announcement-replaced');
});

test('what cannot be an announcement is refused with its value and the cure', async (t) => {
  const w = await openSettingsWeb(t);
  const plan = (audio: Buffer | string, text = TEXT) =>
    w.manager('POST', '/api/announcements/notice-v1/plan', {
      text,
      name: 'new.wav',
      audio: typeof audio === 'string' ? audio : audio.toString('base64'),
    });
  const message = async (audio: Buffer | string) => {
    const { status, body } = await plan(audio);
    t.match({ status, ...body.error }, { status: 400, code: 'announcement-unsuitable' });
    return `${body.error.message} (${body.error.hint})`;
  };
  t.match(await message(toneWav([[1000, 0.2]])), /lasts 0\.2 s only.*0\.5 to 120 seconds/);
  t.match(await message(Buffer.alloc(32_044)), /cannot be read.*give a WAV/);
  t.match(await message(randomBytes(2_000)), /cannot be read as audio/);
  t.match(await message('!!!!'), /did not arrive whole/);
  const short = await plan(toneWav([[1000, 2]]), 'Trop court.');
  t.match(short.body.plan.faults[0]?.says, /announcement notice-v2 .*text/);
  const nothing = await w.manager('POST', '/api/announcements/none/plan', { text: TEXT, ...file() });
  t.match(nothing, { status: 404, body: { error: { code: 'announcement-unknown' } } });
});

test('what callers are told is decided by a manager, with the second factor once more', async (t) => {
  const w = await openSettingsWeb(t);
  const wish = { text: TEXT, ...file(), base: await w.base() };
  const replace = '/api/announcements/notice-v1/versions';
  t.equal((await w.admin('POST', replace, wish)).body.error.code, 'forbidden');
  t.equal((await w.again('marie')('POST', replace, wish)).body.error.code, 'step-up-needed');
  const stale = await w.manager('POST', replace, { ...wish, base: '0'.repeat(64) });
  t.match(stale, { status: 409, body: { error: { code: 'settings-changed' } } });
  t.same((await readdir(w.at('announcements'))).sort(), [
    'more-v1.wav',
    'notice-two-v1.wav',
    'notice-v1.wav',
  ]);
});

test('a code for dictating is told to whoever may decide, and to nobody else', async (t) => {
  const w = await openSettingsWeb(t);
  const now = w.appliance.clock();
  const { code } = await openCode(w.at('policies'), new Date(now.getTime() + 60_000), now);
  const codes = async (ask: typeof w.manager) => (await ask('GET', '/api/announcements')).body.dictations;
  t.match(await codes(w.manager), [{ code: `*90${code}` }]);
  t.same(await codes(w.admin), []);
  w.world.clock.move(61_000);
  t.same(await codes(w.manager), [], 'it holds no more');
});
