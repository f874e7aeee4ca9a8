// Whoever has objected once and for all is put through without being asked, and never recorded, whoever calls whom
// (RGPD art. 21; C02, C07), on real calls.

import { test } from 'tap';
import { labInfo } from '../../appliance/lab/info.ts';
import { inBox } from '../support/lab.ts';
import { oneOutcome } from '../support/outcome.ts';
import type { Scene } from '../support/scene.ts';
import { talkFor } from '../support/talk.ts';

const lab = await labInfo(process.env.GREFFIER_LAB ?? 'test');
const LINE = '+33123456714';
const LIST = '/var/lib/greffier/policies/objections';
const inShell = (command: string) => inBox(lab, 'sh', '-c', command);

async function callsIn(s: Scene, from: string): Promise<void> {
  const [agent, caller] = await Promise.all([s.inside('201'), s.outside(from)]);
  await caller.dial(s.sip(LINE));
  await agent.until('CALL_ESTABLISHED', 60_000);
  await talkFor(1_500);
  await caller.hangUp();
}

const { id } = JSON.parse(await inShell("printf '06 55 66 77 88' | greffier objections add --json"));

for (const spelled of ['+33655667788', '0033655667788', '0655667788'])
  test(`a caller on the list is put through unasked and unrecorded, spelled ${spelled}`, async (t) => {
    const { record, recording } = await oneOutcome(lab, (s) => callsIn(s, spelled));
    t.equal(recording, null);
    t.match(record, { recorded: false, reason: 'objected', announcements: [], disposition: 'answered' });
  });

test('who is on the list is not recorded when we call, either (C07)', async (t) => {
  const { record, recording } = await oneOutcome(lab, async (s) => {
    const called = await s.outside('0655667788', { answers: 'auto', port: 5_080 });
    const alice = await s.inside('201');
    await alice.dial(s.sip('0655667788'));
    await called.until('CALL_ESTABLISHED');
    await talkFor(1_500);
    await alice.hangUp();
  });
  t.equal(recording, null);
  t.match(record, { direction: 'outbound', reason: 'objected', announcements: [], disposition: 'answered' });
});

test('anybody else is asked and recorded as before', async (t) => {
  const { record } = await oneOutcome(lab, (s) => callsIn(s, '+33655667789'));
  t.match(record, { recorded: true, reason: null });
});

test('when the list cannot be read nobody is recorded, the call goes on, and an alarm says so', async (t) => {
  t.teardown(() => inShell(`mv ${LIST}/away ${LIST}/key`));
  await inShell(`mv ${LIST}/key ${LIST}/away`);
  const { record } = await oneOutcome(lab, (s) => callsIn(s, '+33655667789'));
  t.match(record, { recorded: false, reason: 'objections-unknown', disposition: 'answered' });
  const { alarms } = JSON.parse(await inBox(lab, 'greffier', 'status', '--json'));
  t.ok(alarms.some(({ code }: { code: string }) => code === 'objections.damaged'));
});

test('who agrees again is taken off the list and recorded again; the number stands in no file', async (t) => {
  await inBox(lab, 'greffier', 'objections', 'remove', id, '--reason', 'agreed again in writing');
  const { record } = await oneOutcome(lab, (s) => callsIn(s, '+33655667788'));
  t.match(record, { recorded: true });
  const found = await inShell('grep -rlaE "(33|0)655667788" /var/lib/greffier --exclude-dir=spool || true');
  t.equal(found, '', 'in nothing that stays on the disk');
});
