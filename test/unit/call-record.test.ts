// The record of each call, recorded or not (promise 6), and what stays of it.

import { test } from 'tap';
import { drawAgain } from '../../src/calls/draws.ts';
import { readCallRecord, withoutPeople } from '../../src/calls/record.ts';
import { stateOf } from '../../src/calls/state.ts';
import { drawOf, isChosen, thresholdOf } from '../../src/policies/draws.ts';
import { canonicalBytes } from '../../src/shared/canonical.ts';
import { recordOf, sheetOf } from './support/calls.ts';
import { CALL, codeOf, instead, RECORDED_CALL } from './support/world.ts';

const [ARRIVAL = ''] = RECORDED_CALL;
const at = (second: number) => `2026-11-22T08:15:${String(second).padStart(2, '0')}.123Z`;

test('a record tells what became of the call, and reads back as it was written', async (t) => {
  const record = recordOf(CALL, ...RECORDED_CALL);
  t.match(record, {
    direction: 'inbound',
    line: { did: '+33123456701', name: 'Accueil' },
    policy: { id: 'accueil', generation: '0123456789ab' },
    extensions: [{ extension: '201', at: at(6) }],
    answeredAt: at(6),
    waitingMs: 6_000,
    announcements: [{ id: 'accueil-fr-v1', startedAt: at(1), heardToTheEndAt: at(2) }],
    draw: { value: '1a2b3c4d', threshold: '40000000', share: 25, chosen: true },
    consent: 'not-refused',
    disposition: 'answered',
    cause: 16,
    linkedId: '1763799304.7',
  });
  t.same(readCallRecord(canonicalBytes(record)), record);
});

test('a record of another format is not guessed at', async (t) => {
  const record = recordOf(CALL, ...RECORDED_CALL);
  for (const bad of ['', '{', '{}', JSON.stringify({ ...record, format: 'greffier-call-2' })])
    t.equal(await codeOf(() => readCallRecord(bad)), 'bad-call-record', bad.slice(0, 20));
  t.equal(await codeOf(() => readCallRecord(JSON.stringify({ ...record, more: 1 }))), 'bad-call-record');
});

test('pauses, parking, transfers, keys and queue are in the record, with their times', async (t) => {
  const record = recordOf(
    CALL,
    ARRIVAL,
    'queue.join queue=accueil',
    'answer extension=201',
    'recording.start size=0 reason=automatic',
    'key code=pause extension=201 result=done',
    'recording.stop size=400 reason=pause',
    'recording.start size=400 reason=resume',
    'parked place=701',
    'unparked',
    'transfer kind=blind to=0612345678',
    'transfer kind=blind to=202',
    'conference id=600',
    'call.end cause=16',
  );
  t.match(record, {
    queue: { id: 'accueil', joinedAt: at(1), leftAt: at(2), waitMs: 1_000 },
    pauses: [{ startedAt: at(5), endedAt: at(6), reason: 'pause' }],
    parks: [{ startedAt: at(7), endedAt: at(8) }],
    transfers: [
      { kind: 'blind', to: 'outside' },
      { kind: 'blind', to: '202' },
    ],
    conferences: [{ at: at(11), id: '600' }],
    keys: [{ at: at(4), code: 'pause', extension: '201', result: 'done' }],
  });
});

test('no number stands in a record in clear, whichever way the call went (C19)', async (t) => {
  for (const arrival of [
    ARRIVAL,
    'arrival direction=outbound extension=201 to=33612345678 channel=1.1 linked=1.1',
    'arrival direction=inbound did=33123456701 from=33612345678 name=33612345678',
  ]) {
    const facts = [arrival, 'transfer kind=blind to=33612345678', 'call.end cause=16'];
    t.notMatch(JSON.stringify(recordOf(CALL, ...facts)), /612345678/, arrival);
  }
});

test('each call ends in one word', async (t) => {
  const ends = (...facts: string[]) => recordOf(CALL, ARRIVAL, ...facts).disposition;
  for (const [status, word] of Object.entries({
    BUSY: 'busy',
    NOANSWER: 'unanswered',
    CHANUNAVAIL: 'failed',
    CONGESTION: 'failed',
    CANCEL: 'abandoned',
  }))
    t.equal(ends(`unanswered status=${status}`, 'call.end cause=16'), word, status);
  t.equal(ends('answer extension=201', 'unanswered status=BUSY', 'call.end cause=16'), 'answered');
  t.equal(ends('queue.join queue=a', 'queue.leave status=FULL', 'call.end cause=16'), 'rejected');
  t.equal(ends('queue.join queue=a', 'queue.leave status=TIMEOUT', 'call.end cause=16'), 'unanswered');
  t.equal(ends('queue.join queue=a', 'queue.leave status=', 'call.end cause=16'), 'abandoned');
  t.equal(ends('ringing', 'call.end cause=16'), 'abandoned');
  const overflowed = ['queue.join queue=a', 'queue.leave status=TIMEOUT', 'ringing', 'call.end cause=16'];
  t.equal(ends(...overflowed), 'abandoned', 'who was let on and hung up has hung up');
  t.equal(ends('unanswered status=CLOSED', 'call.end cause=16'), 'rejected', 'outside the hours');
  t.equal(ends('ringing'), 'failed', 'Asterisk was killed');
});

test('what a record holds of people goes, and nothing else (C23)', async (t) => {
  const record = recordOf(CALL, ...RECORDED_CALL, 'key code=destroy extension=201 result=done');
  const left = withoutPeople(record);
  for (const person of ['"5678"', 'f00d', '"201"']) t.notOk(JSON.stringify(left).includes(person), person);
  t.same({ ...left, outside: 0, extensions: 0, keys: 0 }, { ...record, outside: 0, extensions: 0, keys: 0 });
});

test('a draw that somebody changed afterwards is found (C11)', async (t) => {
  const seed = 'ab'.repeat(32);
  const drawing = { drawOf, isChosen, thresholdOf };
  const value = drawOf(seed, CALL);
  const again = (fact: string) =>
    drawAgain(recordOf(CALL, ...instead('draw', `draw ${fact}`)), [seed], drawing).map(({ what }) => what);
  const yes = isChosen(value, '40000000') ? 'yes' : 'no';
  t.same(again(`value=${value} threshold=40000000 share=25 chosen=${yes}`), []);
  t.same(again(`value=${value} threshold=g share=100 chosen=yes`), []);
  t.same(again(`value=00000000 threshold=40000000 share=25 chosen=yes`), ['value']);
  t.same(again(`value=${value} threshold=ffffffff share=25 chosen=yes`), ['threshold']);
  t.same(again(`value=${value} threshold=40000000 share=25 chosen=${yes === 'yes' ? 'no' : 'yes'}`), [
    'chosen',
  ]);
});

test('a call in progress is in one state', async (t) => {
  const state = (...facts: string[]) => stateOf(sheetOf(ARRIVAL, ...facts));
  t.equal(state(), 'arrived');
  t.equal(state('announcement.start id=a'), 'announced');
  t.equal(state('queue.join queue=a'), 'waiting');
  t.equal(state('recording.start size=0', 'ringing', 'answer extension=201'), 'recording');
  t.equal(
    state('answer extension=201', 'recording.start size=0', 'recording.stop size=4 reason=pause'),
    'paused',
  );
  t.equal(state('answer extension=201', 'recording.start size=0', 'recording.destroyed'), 'connected');
});
