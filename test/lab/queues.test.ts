// Queues as an answering service needs them, on real calls: agents come and go by phone, callers go on to where somebody
// is, and nothing of it keeps the number of whoever waited.

import { test } from 'tap';
import { labInfo } from '../../appliance/lab/info.ts';
import { inBox } from '../support/lab.ts';
import { driftsSince } from '../support/ledger.ts';
import { type Outcome, oneOutcome, outcome, voicesIn } from '../support/outcome.ts';
import { change, queueWith, reaches, says } from '../support/queues.ts';
import { talkFor } from '../support/talk.ts';
import { until } from '../support/until.ts';

const name = process.env.GREFFIER_LAB ?? 'test';
const lab = await labInfo(name);
const began = new Date();
/** 202 and 203 may log in to its queue; after ten seconds, or when nobody is there, 201 is rung. */
const PERMANENCE = '+33123456721';
const URGENT = '+33123456722';
/** 201, 202 and 203 serve its queue at any time. */
const STANDARD = '+33123456707';
const NUMBER = '+33612345678';
const OUTSIDE = '0655555555';
const QUEUE_LOG = '/var/log/asterisk/queues/queue_log';

const queue = (id: string) => inBox(lab, 'asterisk', '-rx', `queue show ${id}`);
const account = () => inBox(lab, 'cat', QUEUE_LOG);

const inbound = (all: Outcome[]) => all.filter(({ record }) => record.direction === 'inbound');
const answeredBy = (all: Outcome[]) => inbound(all).map(({ record }) => record.extensions[0]?.extension);

test('an agent logs in by phone and is rung, pauses and is not, comes back, logs out; the relief takes the rest', async (t) => {
  const shown: string[] = [];
  const before = (await account()).length;
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
  const log = (await account()).slice(before);
  t.notMatch(log, /ENTERQUEUE\|[^|]*\|[^|]/, 'where the caller’s number would stand, nothing does');
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

test('settings that are applied while somebody waits drop nobody: the next phone that is there is rung', async (t) => {
  const { record, recording } = await oneOutcome(lab, async (s) => {
    const caller = await s.outside(NUMBER);
    await caller.dial(s.sip(STANDARD));
    await until('the caller waits', async () => / 1\. PJSIP/.test(await queue('standard')), 30_000);
    await change(lab, name, t, queueWith('standard', { weight: 7 }));
    t.match(await queue('standard'), /, W:7,[\s\S]* 1\. PJSIP\/trunk-/, 'read again, and still waiting');
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
  await until('Asterisk has kept it', () => there().catch(() => false), 30_000);
  await change(lab, name, t, queueWith('permanence', { extensions: ['202'] }));
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
