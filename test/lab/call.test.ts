// The first call, on a real box, by real phones, measured.

import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { test } from 'tap';
import { labInfo } from '../../appliance/lab/info.ts';
import { fingerprints, foundOnDisk } from '../support/disk.ts';
import {
  INSIDE_HERTZ,
  listRecordings,
  newRecording,
  OUTSIDE_HERTZ,
  talk,
} from '../support/fictitious-call.ts';
import { inBox } from '../support/lab.ts';
import { decoded, fileInBox, folderOf, opened } from '../support/opened.ts';
import { heardIn, readWav, type Samples, windowsWith } from '../support/tones.ts';
import { until } from '../support/until.ts';

const name = process.env.GREFFIER_LAB ?? 'test';
const lab = await labInfo(name);
const SPOOL = '/var/spool/greffier';
const ANNOUNCEMENTS = '/var/lib/greffier/announcements';
const RATE = 8_000;
const BEFORE_HERTZ = 1500;

interface Call {
  id: string;
  recorded: boolean;
  answered: boolean;
  reason: string;
}

const calls = async (): Promise<Call[]> =>
  JSON.parse(await inBox(lab, 'greffier', 'calls', 'list', '--json', '--limit', '100000'));
const ids = async () => (await listRecordings(lab)).map(({ id }) => id);
const alarms = async (): Promise<string[]> =>
  JSON.parse(await inBox(lab, 'greffier', 'status', '--json')).alarms.map(
    ({ code }: { code: string }) => code,
  );

/** Whether the rules in force have a section of that name. */
const rulesName = async (section: string) =>
  (await inBox(lab, 'sh', '-c', 'cd /var/lib/greffier/policies && cat "$(cat current).conf"')).includes(
    `[${section}]`,
  );

/** Share of the recording's 100 ms windows that hold the tone at a quarter of its amplitude or more. */
const shareOf = (samples: Samples, hertz: number) =>
  windowsWith(samples, RATE, hertz, 0.125).length / Math.floor(samples.length / (RATE / 10));
const spoolIsEmpty = async () => (await inBox(lab, 'ls', '-A', SPOOL)) === '';

test('a caller who is told and does not object is recorded, both parties and nothing from before', async (t) => {
  const known = await ids();
  const announcement = readWav(await fileInBox(lab, `${ANNOUNCEMENTS}/accueil-fr-v1.wav`))
    .channels[0] as Samples;
  let captured: Buffer = Buffer.alloc(0);
  const conversation = await talk(lab, {
    displayName: 'X $(touch /tmp/x)`../..`;rm',
    before: [BEFORE_HERTZ, announcement.length / RATE],
    talkMs: 12_000,
    during: async () => {
      await delay(2_000);
      const [raw] = (await inBox(lab, 'find', SPOOL, '-name', '*.raw')).trim().split('\n');
      captured = await fileInBox(lab, raw ?? '');
      t.ok(captured.length > 8_000, 'audio is being captured');
      t.equal(
        await foundOnDisk(lab, name, fingerprints(captured)),
        0,
        'no clear audio is on the disk during the call',
      );
    },
  });
  const spokenMs = conversation.endedAt - conversation.connectedAt;
  await until('the spool is empty', spoolIsEmpty, 5_000);
  const recording = await newRecording(lab, known);

  const folder = await folderOf(lab, recording.id);
  const [header, body, details] = await Promise.all(
    ['header', 'body', 'details'].map((part) => fileInBox(lab, `${folder}/${part}.pgp`)),
  );
  const flac = await opened(lab, Buffer.concat([header as Buffer, body as Buffer]));
  const { raw, outside, inside } = await decoded(flac);

  const heard = readWav(await readFile(await conversation.caller.heard())).channels[0] as Samples;
  const { share } = heardIn(announcement, heard, RATE);
  t.ok(share > 0.98, `the caller heard ${Math.round(share * 100)} % of the announcement`);
  t.same(
    windowsWith(outside, RATE, BEFORE_HERTZ),
    [],
    'what the caller said before its end is not in the recording',
  );

  t.ok(shareOf(outside, OUTSIDE_HERTZ) > 0.97, 'left is the outside party');
  t.ok(shareOf(inside, INSIDE_HERTZ) > 0.97, 'right is the inside party');
  t.same(windowsWith(outside, RATE, INSIDE_HERTZ), [], 'and neither is in the other');
  t.same(windowsWith(inside, RATE, OUTSIDE_HERTZ), []);
  const ms = (outside.length / RATE) * 1000;
  t.ok(Math.abs(ms - spokenMs) < spokenMs * 0.02, `${ms} ms recorded of ${spokenMs} ms of talk`);

  t.match(JSON.parse(String(await opened(lab, Buffer.concat([header as Buffer, details as Buffer])))), {
    outsideNumber: '+33612345678',
    outsideName: 'X $(touch /tmp/x)`../..`;rm',
  });
  t.equal(
    await inBox(lab, 'sh', '-c', 'ls /tmp/x 2>/dev/null || true'),
    '',
    'a name is never run as a command',
  );

  const manifest = JSON.parse(String(await fileInBox(lab, `${folder}/manifest.json`)));
  t.ok(
    manifest.announcements[0].heardToTheEndAt < manifest.answeredAt,
    'announced before the two were connected',
  );
  t.notMatch(JSON.stringify(manifest), /33612345678/, 'no full number outside the sealed part');
  t.notMatch(
    await inBox(lab, 'journalctl', '--no-pager', '-o', 'cat'),
    /612345678/,
    'no caller number in the journal',
  );

  const clear = [...fingerprints(raw), ...fingerprints(flac)];
  t.equal(await foundOnDisk(lab, name, clear), 0, 'no clear audio is on the disk after the call');
  const sealed = fingerprints(body as Buffer);
  t.equal(
    await foundOnDisk(lab, name, sealed),
    sealed.length,
    'while the ciphertext is found by the same search',
  );
  await conversation.forget();
});

test('a caller who refuses is connected and never written to disk', async (t) => {
  const [before, known] = [await ids(), (await calls()).map(({ id }) => id)];
  const conversation = await talk(lab, {
    press: '2',
    during: async () => {
      t.equal(await inBox(lab, 'find', SPOOL, '-name', '*.raw'), '', 'nothing is captured');
    },
  });
  await conversation.forget();
  await until('the call is explained', async () => (await calls()).length > known.length, 15_000);
  const [call] = await calls();
  t.match(call, { recorded: false, answered: true, reason: 'refused' });
  t.same(await ids(), before);
});

test('without the prompt the call goes on, nothing is recorded and an alarm is raised', async (t) => {
  const before = await ids();
  await inBox(lab, 'mv', `${ANNOUNCEMENTS}/accueil-fr-v1.wav`, '/root/aside.wav');
  t.teardown(async () => {
    await inBox(lab, 'mv', '/root/aside.wav', `${ANNOUNCEMENTS}/accueil-fr-v1.wav`);
    await until('the rules know it again', () => rulesName('announcement-accueil-fr-v1'), 10_000);
  });
  await until(
    'the rules know that it is gone',
    async () => !(await rulesName('announcement-accueil-fr-v1')),
    10_000,
  );
  const conversation = await talk(lab, { talkMs: 1_000 });
  await conversation.forget();
  await until('the alarm', async () => (await alarms()).includes('announcement.failed'), 10_000);
  await until(
    'the call is explained',
    async () => (await calls())[0]?.reason === 'announcement-failed',
    5_000,
  );
  t.match((await calls())[0], { recorded: false, answered: true });
  t.same(await ids(), before);
});

test('with the daemon stopped the call goes on, and what was recorded is sealed when it returns', async (t) => {
  const before = await ids();
  await inBox(lab, 'systemctl', 'stop', 'greffier');
  const conversation = await talk(lab, { talkMs: 2_000 }).finally(() =>
    inBox(lab, 'systemctl', 'start', 'greffier'),
  );
  await conversation.forget();
  const recording = await newRecording(lab, before);
  t.ok(Math.abs(recording.durationSeconds - 2) < 0.2, `${recording.durationSeconds} s were kept`);
  await until('the spool is empty', spoolIsEmpty, 5_000);
});

test('past its due date a recording is gone, and a copy of its body opens no more', async (t) => {
  const before = await ids();
  await (await talk(lab, { did: '0123456702', talkMs: 2_000 })).forget();
  const { id } = await newRecording(lab, before);
  const folder = await folderOf(lab, id);
  const copy = await fileInBox(lab, `${folder}/body.pgp`);
  const state = async () =>
    JSON.parse(await inBox(lab, 'greffier', 'recordings', 'show', id, '--json')).state;
  await until('destroyed', async () => (await state()) === 'destroyed', 150_000);
  t.equal(await folderOf(lab, id), '', 'nothing of it is in the vault');
  await t.rejects(opened(lab, copy), 'the private key does not help without the header');
  const [tombstone] = (
    await inBox(lab, 'find', '/var/lib/greffier/vault/tombstones', '-name', `${id}.json`)
  ).split('\n');
  t.match(JSON.parse(String(await fileInBox(lab, tombstone ?? ''))), { id, reason: 'retention-over' });
});
