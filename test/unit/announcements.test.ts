// A new wording is a new version: played at once wherever the old one was, while the old one stays (C01).

import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { test } from 'tap';
import { convertAnnouncement } from '../../src/announcement/convert.ts';
import { install } from '../../src/announcement/store.ts';
import { listAnnouncements, replaceAnnouncement } from '../../src/announcements.ts';
import { applySettings } from '../../src/apply.ts';
import { playersOf } from '../../src/policies/new-version.ts';
import { publishPolicies } from '../../src/publish.ts';
import { announcing, TEXT, uploaded } from './support/announcements.ts';
import { changed, inForce, set } from './support/policies.ts';
import { codeOf, messageOf } from './support/world.ts';

test('a new version is played wherever the old one was, and the audit log has both hashes', async (t) => {
  const { appliance, at, root, sha256, told } = await announcing(t);
  const wording = { id: 'notice-v1', text: TEXT };
  const replaced = await replaceAnnouncement(appliance, wording, uploaded(), 'marie');
  t.match(replaced, { id: 'notice-v2', replaces: 'notice-v1', sha256: await sha256('notice-v2') });
  t.same(
    replaced.changes.map(({ change, what }) => `${change} ${what}`),
    ['added announcement notice-v2', 'changed line +33123456701', 'changed outbound one'],
  );
  const { announcements, lines, outbound } = appliance.settings.data;
  t.match(
    announcements.find(({ id }) => id === 'notice-v2'),
    { client: 'one', language: 'fr', kind: 'notice', version: 2, text: TEXT },
  );
  t.ok(
    announcements.some(({ id }) => id === 'notice-v1'),
    'the old wording stays',
  );
  t.same([lines[0]?.announcements, outbound[0]?.announcements], [['notice-v2'], ['notice-v2']]);
  t.same(lines[1]?.announcements, ['notice-two-v1'], 'nothing of another client changes (C34)');
  const rules = await inForce(root);
  t.match(rules, /\[line-33123456701\]\npolicy=quality\nannouncements=notice-v2\n/);
  t.match(
    rules,
    new RegExp(`\\[announcement-notice-v2\\]\nmilliseconds=2800\nsha256=${await sha256('notice-v2')}\n`),
  );
  t.match(rules, /\[announcement-notice-v1\]/, 'and its audio: calls in progress play it');
  t.equal((await stat(at('announcements/notice-v2.wav'))).mode & 0o777, 0o644, 'Asterisk may read it');
  t.equal(await readFile(at('announcements/notice-v2.txt'), 'utf8'), `${TEXT}\n`);
  const [old, fresh] = [await sha256('notice-v1'), await sha256('notice-v2')];
  t.same(await told(), [`marie: notice-v1 (sha256 ${old}) → notice-v2 (sha256 ${fresh}), uploaded`]);
});

test('the second-level information is replaced the same way (C06)', async (t) => {
  const { appliance } = await announcing(t);
  await replaceAnnouncement(appliance, { id: 'more-v1', text: TEXT }, uploaded(), 'marie');
  t.equal(appliance.settings.data.lines[0]?.information, 'more-v2');
  t.same(playersOf(appliance.settings.data, 'more-v2'), ['+33123456701']);
});

test('the same words recorded better are a new version too, and versions count on', async (t) => {
  const { appliance, sha256, at } = await announcing(t);
  const before = await sha256('notice-v1');
  const again = async (id: string, hertz: number, as?: string) => {
    const sound = uploaded(hertz);
    return (await replaceAnnouncement(appliance, { id, text: TEXT, as }, sound, 'marie')).id;
  };
  t.equal(await again('notice-v1', 800), 'notice-v2');
  t.equal(await again('notice-v2', 900), 'notice-v3');
  t.equal(await again('notice-v3', 1000, 'hello-v7'), 'hello-v7');
  t.equal(appliance.settings.data.announcements.find(({ id }) => id === 'hello-v7')?.version, 7);
  t.equal(await again('hello-v7', 1100), 'hello-v8');
  // Something by that name was there once: it is the proof of what somebody heard.
  await writeFile(at('announcements/hello-v9.wav'), 'something else');
  t.equal(await again('hello-v8', 1200), 'hello-v10');
  t.equal(await sha256('notice-v1'), before);
  t.equal(await readFile(at('announcements/hello-v9.wav'), 'utf8'), 'something else');
});

test('what is refused is named, and changes nothing', async (t) => {
  const { appliance, at, root, told } = await announcing(t);
  await replaceAnnouncement(appliance, { id: 'notice-two-v1', text: TEXT }, uploaded(), 'marie');
  const state = async () => [
    await inForce(root),
    await readFile(at('settings.json'), 'utf8'),
    ...(await readdir(at('announcements'))),
    await told(),
  ];
  const before = await state();
  const notice = { id: 'notice-v1', text: TEXT };
  const silent = { ...uploaded(0), name: 'quiet.wav' };
  for (const [wording, sound, code, message] of [
    [{ ...notice, id: 'nobody' }, uploaded(), 'announcement-unknown', /no announcement nobody/],
    [
      { ...notice, id: 'notice-two-v1' },
      uploaded(),
      'announcement-replaced',
      /notice-two-v2 is played in its place/,
    ],
    [{ ...notice, as: 'more-v1' }, uploaded(), 'announcement-exists', /more-v1 is there already/],
    [{ ...notice, as: '../../etc/x' }, uploaded(), 'bad-settings', /\.\.\/etc\/x/],
    [{ ...notice, text: 'Bonjour.' }, uploaded(), 'bad-settings', /announcement notice-v2 .*text/],
    [notice, silent, 'announcement-unsuitable', /quiet\.wav is silent/],
    [notice, uploaded(1000, 0.3), 'announcement-unsuitable', /new\.wav lasts 0\.3 s only/],
  ] as const) {
    const work = () => replaceAnnouncement(appliance, wording, sound, 'marie');
    t.match(await messageOf(work), message);
    t.equal(await codeOf(work), code);
  }
  t.same(await state(), before);
});

test('when the change cannot be written down, the audio goes too, and every line keeps what it had (C30)', async (t) => {
  const { appliance, at, root } = await announcing(t);
  const before = [await inForce(root), await readFile(at('settings.json'), 'utf8')];
  await rm(at('audit'), { recursive: true });
  const work = () => replaceAnnouncement(appliance, { id: 'notice-v1', text: TEXT }, uploaded(), 'marie');
  t.equal(await codeOf(work), 'audit-unavailable');
  t.same([await inForce(root), await readFile(at('settings.json'), 'utf8')], before);
  t.notOk((await readdir(at('announcements'))).some((name) => name.startsWith('notice-v2')));
});

test('killed between audio and settings, nothing has changed; done again, it takes up the same version', async (t) => {
  const wav = await convertAnnouncement(uploaded().audio, 'new.wav');
  for (const lost of [[], ['notice-v2.txt']]) {
    const { appliance, at, root } = await announcing(t);
    const before = await inForce(root);
    await install(at('announcements'), { id: 'notice-v2', text: TEXT, wav });
    for (const name of lost) await rm(at(`announcements/${name}`));
    t.equal(await publishPolicies(appliance).then(() => inForce(root)), before);
    const wording = { id: 'notice-v1', text: TEXT };
    t.equal((await replaceAnnouncement(appliance, wording, uploaded(), 'marie')).id, 'notice-v2');
    t.equal(await readFile(at('announcements/notice-v2.txt'), 'utf8'), `${TEXT}\n`);
  }
});

test('of two replacements at once one is made, whole, and the other refused', async (t) => {
  const { another, sha256, told } = await announcing(t);
  const ends = await Promise.all(
    [800, 900].map(async (hertz) => {
      const appliance = await another();
      return codeOf(() =>
        replaceAnnouncement(appliance, { id: 'notice-v1', text: TEXT }, uploaded(hertz), 'marie'),
      );
    }),
  );
  t.same(ends.toSorted(), ['announcement-replaced', 'nothing was thrown']);
  const { settings } = await another();
  const [played = ''] = settings.data.lines[0]?.announcements ?? [];
  t.match(await told(), [new RegExp(`→ ${played} \\(sha256 ${await sha256(played)}\\)`)]);
});

test('the list tells what plays each announcement, and why its audio cannot be played', async (t) => {
  const { appliance, at, sha256 } = await announcing(t);
  await rm(at('announcements/more-v1.wav'));
  await writeFile(at('announcements/notice-two-v1.wav'), 'no sound');
  t.match(await listAnnouncements(appliance), [
    {
      id: 'notice-v1',
      seconds: 1,
      sha256: await sha256('notice-v1'),
      lines: ['+33123456701', 'outbound one'],
      audio: 'in order',
    },
    { id: 'more-v1', seconds: null, sha256: null, lines: ['+33123456701'], audio: /is missing$/ },
    { id: 'notice-two-v1', lines: ['+33123456702'], audio: /it is not a WAV file$/ },
  ]);
});

test('a line is never left without its notice: the new version is one as well (C01)', async (t) => {
  const { appliance } = await announcing(t);
  const internal = { policy: 'quality', announcements: ['notice-v1'], information: 'more-v1' };
  await applySettings(
    appliance,
    changed((draft) => {
      draft.internal = internal;
      set(0, 'lines', { announcements: ['notice-v1', 'more-v1'], information: 'more-v1' })(draft);
    }),
    'marie',
  );
  await replaceAnnouncement(appliance, { id: 'more-v1', text: TEXT }, uploaded(800), 'marie');
  await replaceAnnouncement(appliance, { id: 'notice-v1', text: TEXT }, uploaded(900), 'marie');
  const { lines, internal: inside } = appliance.settings.data;
  t.same(lines[0]?.announcements, ['notice-v2', 'more-v2']);
  t.match(inside, { announcements: ['notice-v2'], information: 'more-v2' });
  t.same(playersOf(appliance.settings.data, 'notice-v1'), []);
});
