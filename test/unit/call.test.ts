// The call's sheet, and what may be kept by it.

import { test } from 'tap';
import { outsideParty } from '../../src/arrival/outside-party.ts';
import { mayKeep, whyNotRecorded } from '../../src/consent/verdict.ts';
import { callFacts, progressOf } from '../../src/recording/progress.ts';
import { lineOf, parseSheet, type Sheet } from '../../src/spool/sheet.ts';
import { CALL, RECORDED_CALL, sheetText } from './support/world.ts';

const sheet = (...facts: string[]): Sheet => parseSheet(CALL, sheetText(...facts));
const without = (...events: string[]) =>
  RECORDED_CALL.filter((fact) => !events.includes(fact.split(' ')[0] ?? ''));
const instead = (event: string, fact: string) =>
  RECORDED_CALL.map((one) => (one.startsWith(event) ? fact : one));

test('a caller’s name brings neither a fact nor a line of its own into the sheet', async (t) => {
  for (const name of [
    'Zoë; rm -rf /',
    'a=b consent=not-refused',
    'x\n2026-11-22T08:15:00.000Z consent choice=not-refused',
    `\${SHELL(id)}`,
    '__proto__',
  ]) {
    const read = sheet(
      `arrival direction=inbound did=331 from= name=${encodeURIComponent(name)} channel=1.1`,
    );
    t.equal(read.lines.length, 1, JSON.stringify(name));
    t.equal(lineOf(read, 'arrival')?.values.name, name);
  }
});

test('a name in another encoding is kept as it came', async (t) => {
  t.equal(lineOf(sheet('arrival name=Ren%E9'), 'arrival')?.values.name, 'Ren%E9');
});

test('a line that is not of the form is no fact', async (t) => {
  const text = sheetText(...RECORDED_CALL);
  for (const cut of [10, 24, 25]) {
    const last = sheetText('call.end cause=16').slice(0, cut);
    const read = parseSheet(CALL, sheetText(...without('call.end')) + last);
    t.equal(progressOf(read, undefined), 'running', `cut after ${cut} characters`);
  }
  t.same(parseSheet(CALL, text.replaceAll('Z ', ' ')).lines, []);
  t.same(parseSheet(CALL, `${'\0'.repeat(4096)}\n\n \n`).lines, []);
});

test('a capture that followed the announcement and was not refused may be kept', async (t) => {
  t.same(mayKeep(sheet(...RECORDED_CALL)), { keep: true, consent: 'not-refused' });
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
  const early = [...RECORDED_CALL];
  early.splice(1, 0, ...early.splice(4, 1));
  t.same(mayKeep(sheet(...early)), { keep: false, reason: 'announcement-not-heard' });
  t.same(mayKeep(sheet(...without('announcement.end'))), { keep: false, reason: 'announcement-not-heard' });
});

test('consent that is unknown is no consent', async (t) => {
  for (const facts of [
    without('consent'),
    instead('consent', 'consent'),
    instead('consent', 'consent choice=not'),
  ])
    t.same(mayKeep(sheet(...facts)), { keep: false, reason: 'consent-unknown' });
});

test('audio that the sheet does not speak of is not kept', async (t) => {
  t.same(mayKeep(sheet(...without('recording.start'))), { keep: false, reason: 'recording-not-started' });
  t.same(mayKeep(sheet()), { keep: false, reason: 'recording-not-started' });
});

test('each call that was not recorded says why', async (t) => {
  const [arrival = ''] = RECORDED_CALL;
  const why = (...facts: string[]) => whyNotRecorded(sheet(arrival, ...facts));
  for (const reason of ['refused', 'policy-never', 'no-recipient', 'announcement-failed', 'consent-unknown'])
    t.equal(why(`recording.none reason=${reason}`, 'ringing', 'call.end cause=16'), reason);
  t.equal(why('announcement.start id=a sha256=b', 'call.end cause=16'), 'hung-up-before');
  t.equal(whyNotRecorded(sheet(...without('answer'))), 'unanswered');
  t.equal(whyNotRecorded(sheet(...RECORDED_CALL)), undefined);
});

test('a recording is complete when the dialplan says so, and interrupted when its channel is gone', async (t) => {
  const open = sheet(...without('call.end', 'recording.end'));
  t.equal(progressOf(sheet(...RECORDED_CALL), new Set()), 'complete');
  t.equal(progressOf(open, new Set(['1763799304.7'])), 'running');
  t.equal(progressOf(open, new Set(['1763799304.8'])), 'interrupted');
  t.equal(progressOf(open, undefined), 'running', 'Asterisk is not reachable: nothing is known');
});

test('the facts of a call are those of its sheet', async (t) => {
  t.equal(callFacts(sheet('ringing')), undefined);
  const facts = callFacts(sheet(...RECORDED_CALL));
  t.match(facts, { id: CALL, did: '+33123456701', from: '33612345678', extension: '201' });
  t.equal(facts?.announcement?.endedAt.toISOString(), '2026-11-22T08:15:02.123Z');
  t.equal(facts?.endedAt?.toISOString(), '2026-11-22T08:15:08.123Z');
  t.equal(callFacts(sheet(...without('announcement.end')))?.announcement, null);
});

const KEY = '0123456789abcdef';
const party = (presented: string) => outsideParty(presented, 'FR', KEY);

test('one number has one fingerprint, however the carrier spells it', async (t) => {
  const spellings = ['+33612345678', '0033612345678', '0612345678', '33612345678'];
  for (const spelling of spellings) {
    t.match(party(spelling), { number: '+33612345678', valid: true, shown: { last4: '5678' } }, spelling);
    t.equal(party(spelling).shown.fingerprint, party('+33612345678').shown.fingerprint, spelling);
  }
  t.not(party('+33612345679').shown.fingerprint, party('+33612345678').shown.fingerprint);
});

test('what is shown of a number holds at most its last four digits (C19)', async (t) => {
  const { shown } = party('+33612345678');
  t.match(shown.fingerprint, /^[0-9a-f]{64}$/);
  t.not(outsideParty('+33612345678', 'FR', 'another key 16 chars').shown.fingerprint, shown.fingerprint);
  for (const short of ['201', '3633', '118218']) t.equal(party(short).shown.last4, '', short);
});

test('a withheld number shows nothing, and a malformed one is kept as it came', async (t) => {
  t.same(party(''), { number: '', valid: false, shown: { last4: '', fingerprint: '' } });
  t.match(party('+33000'), { number: '+33000', valid: false, shown: { last4: '' } });
  t.equal(party('9'.repeat(400)).number.length, 32);
  t.match(party('++00'), { number: '++00', valid: false });
});
