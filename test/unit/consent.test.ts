// What may be kept of a call by its sheet alone, and why a call left nothing.

import { test } from 'tap';
import { mayKeep } from '../../src/consent/verdict.ts';
import { audioWasExpected, whyNotRecorded } from '../../src/consent/why-not.ts';
import { sheetOf as sheet } from './support/calls.ts';
import { instead, RECORDED_CALL, without } from './support/world.ts';

const [ARRIVAL = ''] = RECORDED_CALL;
const TOLD = ['announcement.start id=a', 'announcement.end id=a'];
const AGREED = [...TOLD, 'consent choice=not-refused'];
const START = 'recording.start size=0';

test('a capture that followed the announcement and was not refused may be kept', async (t) => {
  t.same(mayKeep(sheet(...RECORDED_CALL)), { keep: true, consent: 'not-refused' });
});

test('consent is silence, key 1 or a written obligation, as the policy has it (C05, C11)', async (t) => {
  for (const consent of ['not-refused', 'given', 'legal-obligation'])
    t.same(mayKeep(sheet(...instead('consent', `consent choice=${consent}`))), { keep: true, consent });
});

test('what a caller refused is never kept, whatever else the sheet says (C02)', async (t) => {
  t.same(mayKeep(sheet(...instead('consent', 'consent choice=refused'))), { keep: false, reason: 'refused' });
  for (const order of [
    ['consent choice=refused', 'consent choice=not-refused'],
    ['consent choice=not-refused', 'consent choice=refused'],
  ]) {
    const facts = RECORDED_CALL.flatMap((fact) => (fact.startsWith('consent') ? order : [fact]));
    t.same(mayKeep(sheet(...facts)), { keep: false, reason: 'refused' });
  }
});

test('a capture that began before the announcement was heard to its end is never kept (C01)', async (t) => {
  const unheard = { keep: false, reason: 'announcement-not-heard' };
  t.same(mayKeep(sheet(ARRIVAL, START, ...AGREED)), unheard);
  t.same(mayKeep(sheet(...without('announcement.end'))), unheard);
  t.same(mayKeep(sheet(...AGREED, START, 'announcement.start id=b', START)), unheard, 'a second start');
});

test('each of several announcements has to be heard before the capture begins (C01)', async (t) => {
  const second = ['announcement.start id=b', 'announcement.end id=b'];
  t.equal(mayKeep(sheet(...TOLD, ...second, 'consent choice=given', START)).keep, true);
  t.equal(mayKeep(sheet(...TOLD, second[0] ?? '', 'consent choice=given', START)).keep, false);
  t.equal(mayKeep(sheet(...TOLD, 'consent choice=given', ...second, START)).keep, false);
});

test('a party who is told later has to agree anew before the capture goes on (C02)', async (t) => {
  const first = [...AGREED, START, 'recording.stop size=4 reason=transfer'];
  t.equal(mayKeep(sheet(...first, ...AGREED, START)).keep, true);
  t.same(mayKeep(sheet(...first, ...TOLD, START)), { keep: false, reason: 'consent-unknown' });
  t.equal(mayKeep(sheet(...first, 'announcement.start id=a', 'call.end')).keep, true, 'it did not go on');
});

test('consent that is unknown is no consent', async (t) => {
  for (const facts of [
    without('consent'),
    instead('consent', 'consent'),
    instead('consent', 'consent choice=not'),
    instead('consent', 'consent choice=constructor'),
  ])
    t.same(mayKeep(sheet(...facts)), { keep: false, reason: 'consent-unknown' });
});

test('after an objection in the middle of the call nothing is kept (C04)', async (t) => {
  t.same(mayKeep(sheet(...RECORDED_CALL, 'recording.destroyed reason=objection extension=201')), {
    keep: false,
    reason: 'destroyed',
  });
});

test('audio that the sheet does not speak of is not kept', async (t) => {
  t.same(mayKeep(sheet(...without('recording.start'))), { keep: false, reason: 'recording-not-started' });
  t.same(mayKeep(sheet()), { keep: false, reason: 'recording-not-started' });
});

const SAID = [
  'policy-never',
  'policy-unknown',
  'not-drawn',
  'refused',
  'no-consent',
  'consent-unknown',
  'announcement-failed',
  'no-recipient',
  'no-spool',
  'private',
  'unknown-number',
  'not-informed',
  'outside-window',
  'excluded',
  'internal',
  'two-outside',
  'closed',
];

test('each call that was not recorded says why', async (t) => {
  const why = (...facts: string[]) => whyNotRecorded(sheet(ARRIVAL, ...facts));
  for (const reason of SAID)
    t.equal(why(`recording.none reason=${reason}`, 'ringing', 'call.end cause=16'), reason);
  const ANSWER = 'answer extension=201';
  t.equal(why('announcement.start id=a sha256=b', 'call.end cause=16'), 'hung-up-before');
  t.equal(why(...TOLD, 'call.end cause=16'), 'hung-up-before');
  t.equal(whyNotRecorded(sheet(...without('answer'))), 'unanswered');
  t.equal(why(...AGREED, 'queue.join queue=a', 'call.end'), 'unanswered');
  t.equal(why(...AGREED, 'recording.armed', ANSWER, 'call.end'), 'never-started');
  t.equal(why(...AGREED, 'recording.armed', 'call.end'), 'unanswered');
  t.equal(why(...AGREED, ANSWER, START, 'recording.destroyed reason=objection'), 'destroyed');
  t.equal(why(...AGREED, ANSWER, START, 'recording.cut size=0 reason=excluded'), 'excluded');
  t.equal(why(...TOLD, ANSWER, START, 'consent choice=given'), 'consent-unknown');
  t.equal(whyNotRecorded(sheet(...RECORDED_CALL)), 'no-audio');
});

test('audio is missed only where two parties were connected while a capture ran', async (t) => {
  t.equal(audioWasExpected(sheet(...RECORDED_CALL)), true);
  t.equal(audioWasExpected(sheet(...without('answer'))), false);
  t.equal(audioWasExpected(sheet(...without('recording.start'))), false);
  t.equal(audioWasExpected(sheet(...RECORDED_CALL, 'recording.cut size=0 reason=excluded')), false);
  t.equal(audioWasExpected(sheet(...AGREED, START, 'recording.stop size=0', 'answer extension=201')), false);
});
