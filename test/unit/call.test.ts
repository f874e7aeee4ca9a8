// The call's sheet, and what it says of the call.

import { test } from 'tap';
import { outsideParty } from '../../src/arrival/outside-party.ts';
import { callFacts } from '../../src/calls/facts.ts';
import { progressOf } from '../../src/recording/progress.ts';
import { lineOf, parseSheet } from '../../src/spool/sheet.ts';
import { sheetOf as sheet } from './support/calls.ts';
import { CALL, RECORDED_CALL, sheetText, without } from './support/world.ts';

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

test('a recording is complete when the dialplan says so, and interrupted when its channel is gone', async (t) => {
  const open = sheet(...without('call.end', 'recording.stop'));
  t.equal(progressOf(sheet(...RECORDED_CALL), new Set()), 'complete');
  t.equal(progressOf(open, new Set(['1763799304.7'])), 'running');
  t.equal(progressOf(open, new Set(['1763799304.8'])), 'interrupted');
  const out = sheet(...without('call.end', 'answer'), 'answer extension=201 channel=1763799305.9');
  t.equal(progressOf(out, new Set(['1763799305.9'])), 'running', 'the phone that called is gone');
  t.equal(progressOf(open, undefined), 'running', 'Asterisk is not reachable: nothing is known');
});

test('the facts of a call are those of its sheet', async (t) => {
  t.equal(callFacts(sheet('ringing')), undefined);
  const facts = callFacts(sheet(...RECORDED_CALL));
  t.match(facts, { id: CALL, did: '+33123456701', outsideNumber: '33612345678', policy: 'accueil' });
  t.match(facts?.announcements, [{ heardToTheEndAt: new Date('2026-11-22T08:15:02.123Z') }]);
  t.equal(facts?.endedAt?.toISOString(), '2026-11-22T08:15:09.123Z');
  t.match(callFacts(sheet(...without('announcement.end')))?.announcements, [{ heardToTheEndAt: null }]);
});

test('the party outside is who called in, or who was called; of a call inside the house there is none', async (t) => {
  const outside = (arrival: string) => callFacts(sheet(`arrival ${arrival}`))?.outsideNumber;
  t.equal(outside('direction=inbound did=331 from=33612345678'), '33612345678');
  t.equal(outside('direction=outbound extension=201 to=0612345678'), '0612345678');
  t.equal(outside('direction=outbound extension=201'), '', 'a private call');
  t.equal(outside('direction=internal extension=201 to=202'), '');
});

test('those who took part are told once each time they join, in order', async (t) => {
  const facts = callFacts(
    sheet(
      'arrival direction=inbound did=331',
      'answer extension=201',
      'joined extension=201',
      'joined extension=202',
      'joined extension=outside',
      'joined extension=201',
    ),
  );
  t.same(
    facts?.extensions.map(({ extension }) => extension),
    ['201', '202', '201'],
  );
});

test('a notice that was begun anew after key 9 counts from its last start', async (t) => {
  const facts = callFacts(
    sheet(
      'arrival',
      'announcement.start id=a',
      'information.start id=i',
      'announcement.start id=a',
      'announcement.end id=a',
    ),
  );
  t.equal(facts?.announcements.length, 1);
  t.equal(facts?.announcements[0]?.startedAt.toISOString(), '2026-11-22T08:15:03.123Z');
  t.match(facts?.information, [{ id: 'i', heardToTheEndAt: null }]);
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
