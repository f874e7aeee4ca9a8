// Queues as an answering service needs them, on real calls: agents come and go by phone, callers go on to where somebody
// is, a closed line says so, and nothing of it keeps the number of whoever waited.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Test, test } from 'tap';
import { labInfo } from '../../appliance/lab/info.ts';
import { openLab } from '../../appliance/lab/lab.ts';
import { inBox } from '../support/lab.ts';
import { driftsSince } from '../support/ledger.ts';
import { fileInBox } from '../support/opened.ts';
import { type Outcome, oneOutcome, outcome, voicesIn } from '../support/outcome.ts';
import type { Phone } from '../support/phone.ts';
import { talkFor } from '../support/talk.ts';
import { heardIn, readWav, type Samples } from '../support/tones.ts';
import { until } from '../support/until.ts';

const name = process.env.GREFFIER_LAB ?? 'test';
const lab = await labInfo(name);
const began = new Date();
/** 202 and 203 may log in to its queue; after ten seconds, or when nobody is there, 201 is rung. */
const PERMANENCE = '+33123456717';
const URGENT = '+33123456718';
const CLOSED = '+33123456719';
/** 201, 202 and 203 serve its queue at any time. */
const STANDARD = '+33123456707';
const NUMBER = '+33612345678';
const OUTSIDE = '0655555555';
const QUEUE_LOG = '/var/log/asterisk/queues/queue_log';

const queue = (id: string) => inBox(lab, 'asterisk', '-rx', `queue show ${id}`);
const account = () => inBox(lab, 'cat', QUEUE_LOG);

/** Dials a service of the house and hears it out. */
async function says(phone: Phone, server: string, code: string): Promise<void> {
  await phone.dial(`sip:${code}@${server}`);
  await phone.until('CALL_ESTABLISHED');
  await phone.until('CALL_CLOSED', 15_000);
}

/** A caller comes in, whoever answers talks for a second and a half. Returns what the phone showed of the caller. */
async function reaches(caller: Phone, agent: Phone, line: string): Promise<string> {
  await caller.dial(line);
  const { peeruri = '' } = (await agent.until('CALL_INCOMING', 40_000)) as { peeruri?: string };
  await agent.until('CALL_ESTABLISHED', 10_000);
  await talkFor(1_500);
  await caller.hangUp();
  await Promise.all([caller.until('CALL_CLOSED'), agent.until('CALL_CLOSED')]);
  return peeruri;
}

const inbound = (all: Outcome[]) => all.filter(({ record }) => record.direction === 'inbound');
const answeredBy = (all: Outcome[]) => inbound(all).map(({ record }) => record.extensions[0]?.extension);

test('an agent logs in by phone and is rung, pauses and is not, comes back, logs out; the relief takes the rest', async (t) => {
  const shown: string[] = [];
  const all = await outcome(
    lab,
    async (s) => {
      const [alice, bruno, caller] = await Promise.all([s.inside('201'), s.inside('202'), s.outside(NUMBER)]);
      for (const [code, agent] of [
        ['*41', bruno],
        ['*432', alice],
        ['*44', bruno],
        ['*42', alice],
      ] as const) {
        await says(bruno, s.server, code);
        shown.push(await reaches(caller, agent, s.sip(PERMANENCE)));
      }
    },
    8,
  );
  t.same(answeredBy(all), ['202', '201', '202', '201']);
  for (const { recording } of inbound(all))
    t.equal(voicesIn(recording?.inside ?? new Float64Array()).length, 1);
  t.ok(
    shown.every((uri) => uri.includes('33612345678')),
    `phones show who calls: ${shown}`,
  );
  const services = all.filter(({ record }) => record.direction === 'internal');
  t.same(
    services.map(({ record }) => record.dialled),
    ['queue-log-in', 'queue-pause', 'queue-resume', 'queue-log-out'],
  );
  const log = await account();
  for (const line of [
    /\|permanence\|PJSIP\/202\|ADDMEMBER\|/,
    /\|permanence\|NONE\|ENTERQUEUE\|\|\|1$/m,
    /\|permanence\|PJSIP\/202\|CONNECT\|\d+\|/,
    /\|permanence\|PJSIP\/202\|COMPLETECALLER\|\d+\|\d+\|1$/m,
    /\|permanence\|PJSIP\/202\|PAUSE\|meal$/m,
    /\|permanence\|PJSIP\/202\|UNPAUSE\|/,
    /\|permanence\|PJSIP\/202\|REMOVEMEMBER\|/,
    /\|relais\|PJSIP\/201\|CONNECT\|/,
  ])
    t.match(log, line);
});

test('a caller whom nobody answers goes on after the queue’s seconds, without being told again', async (t) => {
  const all = await outcome(
    lab,
    async (s) => {
      const bruno = await s.inside('202', { answers: 'manual' });
      const [alice, caller] = await Promise.all([s.inside('201'), s.outside(NUMBER)]);
      await says(bruno, s.server, '*41');
      await reaches(caller, alice, s.sip(PERMANENCE));
      await says(bruno, s.server, '*42');
    },
    3,
  );
  const [{ record }] = inbound(all) as [Outcome];
  t.match(record, {
    recorded: true,
    extensions: [{ extension: '201' }],
    announcements: [{ id: 'court-fr-v1' }],
  });
  t.equal(record.announcements.length, 1);
  t.ok(
    (record.queue?.waitMs ?? 0) > 9_000 && (record.queue?.waitMs ?? 0) < 13_000,
    `${record.queue?.waitMs} ms`,
  );
});

test('who calls the urgent line is before who waits already, and whoever leaves has hung up', async (t) => {
  const all = await outcome(
    lab,
    async (s) => {
      const bruno = await s.inside('202', { answers: 'manual' });
      await says(bruno, s.server, '*41');
      const [first, urgent] = await Promise.all([s.outside(NUMBER), s.outside('+33612345679')]);
      await first.dial(s.sip(PERMANENCE));
      await talkFor(1_500);
      await urgent.dial(s.sip(URGENT));
      await until('both wait', async () => / 2\. PJSIP/.test(await queue('permanence')), 20_000);
      t.match(await queue('permanence'), / 1\. PJSIP\/trunk-\S+ \(wait: 0:\d\d, prio: 10\)/);
      await Promise.all([first.hangUp(), urgent.hangUp()]);
      await says(bruno, s.server, '*42');
    },
    4,
  );
  for (const { record } of inbound(all)) t.match(record, { disposition: 'abandoned', recorded: false });
});

test('a closed line says so once and ends the call; nothing is captured, and the record says closed', async (t) => {
  const message = readWav(await fileInBox(lab, '/var/lib/greffier/announcements/ferme-fr-v1.wav'));
  let heard: Samples = new Float64Array();
  const { record } = await oneOutcome(lab, async (s) => {
    const [alice, caller] = await Promise.all([s.inside('201'), s.outside(NUMBER)]);
    await caller.dial(s.sip(CLOSED));
    await caller.until('CALL_ESTABLISHED');
    await caller.press('2');
    t.equal(await inBox(lab, 'find', '/var/spool/greffier', '-name', '*.raw'), '');
    await caller.until('CALL_CLOSED', 20_000);
    heard = readWav(await readFile(await caller.heard())).channels[0] as Samples;
    await t.rejects(alice.until('CALL_INCOMING', 500), 'nobody is rung');
  });
  const { share } = heardIn(message.channels[0] as Samples, heard, 8_000);
  t.ok(share > 0.98, `the caller heard ${Math.round(share * 100)} % of the message`);
  t.match(record, { recorded: false, reason: 'closed', disposition: 'rejected', draw: null, consent: null });
  t.match(record.announcements, [{ id: 'ferme-fr-v1', heardToTheEndAt: /^2/ }]);
});

test('on a holiday a line is closed whatever the hour, and the day after it is open', async (t) => {
  const today = (await inBox(lab, 'sh', '-c', 'TZ=Europe/Paris date +%F')).trim();
  await change(t, (settings) => {
    const line = settings.lines.find(({ did }: { did: string }) => did === CLOSED);
    line.hours = { ...line.hours, windows: [], holidays: ['2020-01-01', today] };
  });
  const call = () =>
    oneOutcome(lab, async (s) => {
      const [alice, caller] = await Promise.all([s.inside('201'), s.outside(NUMBER)]);
      await caller.dial(s.sip(CLOSED));
      await Promise.race([caller.until('CALL_CLOSED', 30_000), alice.until('CALL_ESTABLISHED', 30_000)]);
      await talkFor(1_500);
      await caller.hangUp();
    });
  t.equal((await call()).record.reason, 'closed');
  await change(t, (settings) => {
    settings.lines.find(({ did }: { did: string }) => did === CLOSED).hours.holidays = ['2020-01-01'];
  });
  t.match((await call()).record, { recorded: true, extensions: [{ extension: '201' }] });
});

test('settings that are applied while somebody waits drop nobody: the next phone that is there is rung', async (t) => {
  const { record, recording } = await oneOutcome(lab, async (s) => {
    const caller = await s.outside(NUMBER);
    await caller.dial(s.sip(STANDARD));
    await until('the caller waits', async () => / 1\. PJSIP/.test(await queue('standard')), 30_000);
    await change(t, (settings) => {
      settings.queues.find(({ id }: { id: string }) => id === 'standard').wrap_up_seconds = 5;
    });
    t.match(await queue('standard'), /W:0, C:\d+[\s\S]*1\. PJSIP/, 'the queue was read again');
    t.match(await queue('standard'), / 1\. PJSIP\/trunk-/);
    const alice = await s.inside('201');
    await alice.until('CALL_ESTABLISHED', 30_000);
    await talkFor(1_500);
    await caller.hangUp();
  });
  t.match(record, { disposition: 'answered', queue: { id: 'standard' } });
  t.same(recording && voicesIn(recording.inside), ['201']);
});

test('without the daemon agents log in, and over a restart they stay; who is taken off the list is logged out', async (t) => {
  const there = async () => (await queue('permanence')).includes('PJSIP/203');
  await inBox(lab, 'systemctl', 'stop', 'greffier');
  await outcome(lab, async (s) => {
    const carla = await s.inside('203');
    await says(carla, s.server, '*41').finally(() => inBox(lab, 'systemctl', 'start', 'greffier'));
    t.ok(await there());
  });
  await inBox(lab, 'systemctl', 'restart', 'asterisk');
  await inBox(lab, 'asterisk', '-rx', 'core waitfullybooted');
  t.ok(await there(), 'Asterisk has kept it');
  await change(t, (settings) => {
    settings.queues.find(({ id }: { id: string }) => id === 'permanence').extensions = ['202'];
  });
  t.notOk(await there());
});

test('C19: of whoever waited, and of whoever outside an agent sent them to, no number stays in any store', async (t) => {
  await outcome(
    lab,
    async (s) => {
      const friend = await s.outside(OUTSIDE, { answers: 'auto', port: 5_080 });
      const [bruno, caller] = await Promise.all([s.inside('202'), s.outside(NUMBER)]);
      await says(bruno, s.server, '*41');
      await caller.dial(s.sip(PERMANENCE));
      await bruno.until('CALL_ESTABLISHED', 40_000);
      await talkFor(1_500);
      await bruno.command('transfer', s.sip(OUTSIDE));
      await friend.until('CALL_ESTABLISHED', 20_000);
      await talkFor(1_000);
      await caller.hangUp();
      await says(bruno, s.server, '*42');
    },
    3,
  );
  await until(
    'the number is written over',
    async () => /\|BLINDTRANSFER\|x{10}\|transferred\|/.test(await account()),
    5_000,
  );
  const found = await inBox(
    lab,
    'sh',
    '-c',
    'grep -rlaE "61234567[89]|655555555" /var/lib/greffier /var/log /var/lib/asterisk 2>/dev/null || true',
  );
  t.equal(found, '');
});

test('every call of these is explained, and no two accounts of it differ', async (t) => {
  t.same(await driftsSince(lab, began), []);
});

/** Applies a change of the settings, the way an admin does, and takes it back after the test. */
// biome-ignore lint/suspicious/noExplicitAny: what the admin would edit by hand
async function change(t: Test, edit: (settings: any) => void): Promise<void> {
  const file = join(openLab(name).root, 'root/queues.yaml');
  const before = await inBox(lab, 'greffier', 'policies', 'show', '--json');
  const apply = async (settings: string) => {
    await writeFile(file, settings);
    await inBox(lab, 'greffier', 'policies', 'apply', '/root/queues.yaml');
  };
  t.teardown(() => apply(before));
  const settings = JSON.parse(before);
  edit(settings);
  await apply(JSON.stringify(settings));
}
