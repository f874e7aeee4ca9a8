// Announcements replaced on a real box, by a file and over the phone: the next caller hears the new one, and what is
// kept of the call proves it (C01).

import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';
import { type Test, test } from 'tap';
import { labInfo } from '../../appliance/lab/info.ts';
import { listRecordings } from '../support/fictitious-call.ts';
import { inBox } from '../support/lab.ts';
import { type Outcome, oneOutcome } from '../support/outcome.ts';
import { type Scene, TONES } from '../support/scene.ts';
import { talkFor } from '../support/talk.ts';
import { readWav, type Samples, toneWav, windowsWith } from '../support/tones.ts';

const lab = await labInfo(process.env.GREFFIER_LAB ?? 'test');
const SPOOL = '/var/spool/greffier';
const RULES = '/root/rules-before.yaml';
const WAV = '/root/new-announcement.wav';
/** A plain recorded line to extension 201, with a short announcement. */
const LINE = '+33123456714';
const TEXT = 'Appel enregistré. Pour refuser, tapez 2.';
/** As the recordings of the tones are made, and a quarter of what they are played at. */
const [RATE, FLOOR] = [8_000, 0.125];

interface New {
  id: string;
  sha256: string;
}

const inShell = (...argv: string[]) => ['-c', `${lab.shell} "$@"`, 'sh', ...argv];

async function until(what: string, fact: () => Promise<boolean>, deadlineMs: number): Promise<void> {
  for (const end = Date.now() + deadlineMs; ; await delay(100)) {
    if (await fact()) return;
    if (Date.now() > end) throw new Error(`not within ${deadlineMs} ms: ${what}`);
  }
}

/** The announcement that the line plays now. What a test changes is put back: the others want it short. */
async function announcementOf(t: Test): Promise<string> {
  await inBox(lab, 'sh', '-c', `greffier policies show --yaml > ${RULES}`);
  t.teardown(() => inBox(lab, 'greffier', 'policies', 'apply', RULES));
  const { lines } = JSON.parse(await inBox(lab, 'greffier', 'policies', 'show', '--json'));
  return lines.find(({ did }: { did: string }) => did === LINE).announcements[0];
}

/** Calls the line; resolves to all that the caller heard. */
async function callIn(s: Scene): Promise<Samples> {
  const [alice, caller] = await Promise.all([s.inside('201'), s.outside('+33612345678')]);
  await caller.dial(s.sip(LINE));
  await alice.until('CALL_ESTABLISHED', 40_000);
  await talkFor(2_000);
  await caller.hangUp();
  await alice.until('CALL_CLOSED');
  await caller.stop();
  return readWav(await readFile(await caller.heard())).channels[0] as Samples;
}

/** The next caller hears a tone for so long, and record and manifest name what was played, with its hash. */
async function isHeard(t: Test, { id, sha256 }: New, hertz: number, ms: number): Promise<void> {
  let heard: Samples = new Float64Array();
  const { record, recording }: Outcome = await oneOutcome(lab, async (s) => {
    heard = await callIn(s);
  });
  const lasted = windowsWith(heard, RATE, hertz, FLOOR).length * 100;
  t.ok(lasted >= ms, `the caller heard ${hertz} Hz for ${lasted} ms`);
  const played = [{ id, sha256, heardToTheEndAt: /^\d{4}-/ }];
  t.equal(record.announcements.length, 1);
  t.match(record.announcements, played);
  t.match(recording?.manifest.announcements, played);
  const [onDisk] = (await inBox(lab, 'sha256sum', `/var/lib/greffier/announcements/${id}.wav`)).split(' ');
  t.equal(onDisk, sha256, 'which is that of the file on the box');
}

test('an uploaded announcement is heard by the next caller, and its id and hash are proved', async (t) => {
  const old = await announcementOf(t);
  const wav = toneWav([[TONES.other, 2]]);
  await execa('sh', inShell('sh', '-c', `cat > ${WAV}`), { input: wav });
  const words = ['announcements', 'set', old, WAV, '--text', TEXT, '--json'];
  const replaced = JSON.parse(await inBox(lab, 'greffier', ...words)) as New & { replaces: string };
  t.not(replaced.id, old);
  t.equal(replaced.replaces, old);
  await isHeard(t, replaced, TONES.other, 1_800);
});

/** Starts a dictation on the box. `dictated` resolves when the command has ended well. */
async function startDictation(id: string): Promise<{ number: string; dictated: Promise<New> }> {
  const words = ['announcements', 'dictate', id, '--text', TEXT, '--minutes', '3'];
  const command = execa('sh', inShell('greffier', ...words), { stdin: 'ignore' });
  const dictated = command.then(({ stdout }) => {
    const [, fresh = '', sha256 = ''] = /^announcement (\S+), .* sha256 ([0-9a-f]{64})$/m.exec(stdout) ?? [];
    return { id: fresh, sha256 };
  });
  // A test that ends before it has said so itself.
  dictated.catch(() => {});
  const shown = new Promise<string>((resolve) => {
    let text = '';
    command.stdout.on('data', (chunk) => {
      text += chunk;
      const number = /^dial (\*90\d{6}) /m.exec(text)?.[1];
      if (number) resolve(number);
    });
  });
  const number = await Promise.race([shown, dictated.then(() => 'none: it ended without a code')]);
  return { number, dictated };
}

test('an announcement is dictated over the phone, and is heard by the next caller', async (t) => {
  const old = await announcementOf(t);
  const recordings = (await listRecordings(lab)).length;
  const { number, dictated } = await startDictation(old);
  t.match(number, /^\*90\d{6}$/);
  const takes = (...tests: string[]) => inBox(lab, 'find', SPOOL, '-name', 'dictation-*.wav', ...tests);
  const { record, recording } = await oneOutcome(lab, async (s) => {
    const carla = await s.inside('203');
    await carla.dial(s.sip(number));
    await carla.until('CALL_ESTABLISHED');
    await until('three seconds are recorded', async () => (await takes('-size', '+48k')) !== '', 40_000);
    await carla.press('#');
    await talkFor(1_500);
    await carla.press('1');
    await carla.until('CALL_CLOSED', 30_000);
  });
  const fresh = await dictated;
  t.not(fresh.id, old);
  t.match(record, {
    direction: 'internal',
    dialled: 'dictation',
    extensions: [{ extension: '203' }],
    disposition: 'answered',
    recorded: false,
    reason: 'internal',
  });
  t.equal(recording, null);
  t.equal((await listRecordings(lab)).length, recordings, 'it is no recording of a call');
  t.equal(await inBox(lab, 'find', SPOOL, '-name', 'dictation-*'), '', 'nothing of it stays in the spool');
  const codes = await inBox(lab, 'cat', '/var/lib/greffier/policies/dictation.conf');
  t.notMatch(codes, number.slice(3), 'and the code is gone');
  await isHeard(t, fresh, TONES['203'], 2_500);
});

test('a third wrong code ends the call, and nothing was recorded', async (t) => {
  const { record } = await oneOutcome(lab, async (s) => {
    const carla = await s.inside('203');
    await carla.dial(s.sip('*90000000'));
    await carla.until('CALL_ESTABLISHED');
    for (const code of ['111111', '222222']) {
      // The prompt is heard to its end before the next code is taken.
      await talkFor(5_000);
      await carla.keys(code);
    }
    await carla.until('CALL_CLOSED', 20_000);
  });
  t.match(record, { dialled: 'dictation', recorded: false });
  t.equal(await inBox(lab, 'find', SPOOL, '-name', 'dictation-*'), '');
});
