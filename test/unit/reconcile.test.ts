// All accounts of the calls tell the same, or greffier reconcile says what does not (promise 6).

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'tap';
import { type CelEvent, parseCel, readCel } from '../../src/asterisk/cel.ts';
import { type Accounts, driftsOf } from '../../src/calls/drift.ts';
import type { CallRecord } from '../../src/calls/record.ts';
import { recordOf } from './support/calls.ts';
import { CALL, codeOf, ownFolder, RECORDED_CALL } from './support/world.ts';

const NOW = new Date('2026-11-22T09:00:00.000Z');
const DAY = new Date('2026-11-22T00:00:00.000Z');
const LINKED = '1763799304.7';
const CALLED = new Date('2026-11-22T08:15:00.000Z').getTime();

function events(linkedId = LINKED, origin = 'PJSIP', startedAt = CALLED): CelEvent[] {
  const one = (event: string, ms: number): CelEvent => ({
    event,
    at: new Date(startedAt + ms),
    uniqueId: linkedId,
    linkedId,
    origin,
  });
  return [one('CHAN_START', 0), one('ANSWER', 100), one('HANGUP', 9_000), one('LINKEDID_END', 9_001)];
}

const EARLIER = events('1763000000.1', 'Local', CALLED - 3_600_000);

/** Accounts of one recorded call that all tell the same, with what is put in their place. */
function accounts(others: Partial<Accounts> = {}, record: Partial<CallRecord> = {}): Accounts {
  const told = { ...recordOf(CALL, ...RECORDED_CALL), ...record };
  return {
    now: NOW,
    records: [told],
    recordings: new Map([[CALL, DAY]]),
    tombstones: new Map(),
    callRows: new Map([[CALL, told.arrivedAt]]),
    recordingRows: new Map([[CALL, DAY.toISOString()]]),
    spool: [],
    cel: [...EARLIER, ...events()],
    ...others,
  };
}

const kinds = (...given: Parameters<typeof accounts>) => driftsOf(accounts(...given)).map(({ kind }) => kind);

test('accounts that tell the same drift by nothing, while the recording lives and after', async (t) => {
  t.same(kinds(), []);
  t.same(kinds({ recordings: new Map(), tombstones: new Map([[CALL, DAY]]) }), []);
});

test('whatever one account tells and another does not is a drift, both ways', async (t) => {
  const none = new Map();
  t.same(kinds({ recordings: none, recordingRows: none }), ['recording-missing']);
  t.same(kinds({ records: [], callRows: none, cel: [] }), ['recording-without-record']);
  t.same(kinds({}, { recorded: false, reason: 'refused' }), ['recording-denied']);
  t.same(kinds({ callRows: none }), ['call-not-in-index']);
  t.same(kinds({ recordingRows: none }), ['recording-not-in-index']);
  const other = CALL.replace('3f', '4f');
  const { callRows, recordingRows } = accounts();
  t.same(kinds({ callRows: new Map([...callRows, [other, '2026']]) }), ['index-without-call']);
  t.same(kinds({ recordingRows: new Map([...recordingRows, [other, '2026']]) }), ['index-without-recording']);
});

test('a call that Asterisk had and no record tells of is a drift, and the other way round', async (t) => {
  const unknown = events('1763799400.1');
  t.same(kinds({ cel: [...EARLIER, ...events(), ...unknown] }), ['call-without-record']);
  t.same(kinds({ cel: EARLIER }), ['record-without-call']);
  t.same(kinds({ cel: [...EARLIER, ...events(), ...events('1763799400.1', 'Local')] }), [], 'no SIP in it');
});

test('a call that has only just ended is given half a minute', async (t) => {
  const cel = [...EARLIER, ...events(), ...events('1763799400.1')];
  const ended = CALLED + 9_001;
  t.same(kinds({ cel, now: new Date(ended + 30_000) }), []);
  t.same(kinds({ cel, now: new Date(ended + 30_001) }), ['call-without-record']);
  t.same(kinds({ cel: cel.slice(0, -1) }), [], 'it has not ended');
});

test('a channel that went on under the name of an older call is known by both', async (t) => {
  const [start, ...rest] = events('1763799400.1');
  const merged = rest.map((event) => ({ ...event, linkedId: LINKED }));
  const end = { ...events('1763799400.1').at(-1), uniqueId: '1763799400.1' } as CelEvent;
  t.same(kinds({ cel: [...EARLIER, ...events(), ...(start ? [start] : []), ...merged, end] }), []);
});

test('a record from before the first event is no drift', async (t) => {
  t.same(kinds({ cel: events('1763799400.1', 'Local', CALLED + 60_000) }), []);
  t.same(kinds({ cel: [] }), []);
});

test('what is on its way is no drift for a minute, and for as long as its channel lives', async (t) => {
  const waiting = (ms: number, live: boolean) => [
    { id: CALL, linkedId: LINKED, changedAt: new Date(NOW.getTime() - ms), live },
  ];
  const none = { records: [], callRows: new Map(), recordingRows: new Map() };
  t.same(kinds({ ...none, spool: waiting(59_999, false) }), []);
  t.same(kinds({ ...none, spool: waiting(60_000, false) }), ['left-in-spool']);
  t.same(kinds({ ...none, spool: waiting(3_600_000, true) }), []);
});

test('a call that was agreed to and chosen, and is not there, is a drift unless its reason explains it', async (t) => {
  const missed = (reason: string, more: Partial<CallRecord> = {}) =>
    kinds(
      { recordings: new Map(), recordingRows: new Map() },
      { recorded: false, reason, endedAt: '2026-11-22T08:16:00.123Z', ...more },
    );
  t.same(missed('no-audio'), ['not-recorded']);
  for (const reason of ['destroyed', 'excluded', 'two-outside', 'not-informed'])
    t.same(missed(reason), [], reason);
  t.same(missed('no-audio', { endedAt: '2026-11-22T08:15:07.123Z' }), [], 'a second of talk');
  t.same(missed('no-audio', { disposition: 'abandoned' }), []);
  t.same(missed('no-audio', { draw: null }), []);
  t.same(missed('no-audio', { consent: 'refused' }), []);
});

test('Asterisk’s events are read as cel_custom writes them, from all files, oldest first', async (t) => {
  const file = join(await ownFolder(t), 'greffier.csv');
  t.equal(await codeOf(() => readCel(file)), 'no-cel');
  t.equal(await codeOf(() => readCel('/nonexistent/greffier.csv')), 'no-cel');
  const line = (second: number) => `"CHAN_START","17637993${second}.123456","1.${second}","1.1","PJSIP"\n`;
  await writeFile(file, 'something else\n');
  t.equal(await codeOf(() => readCel(file)), 'bad-cel', 'read wrongly, nothing would ever drift');
  await writeFile(file, `${line(12)}"HANGUP","1763799313.0`);
  await writeFile(`${file}.1`, line(11));
  await writeFile(`${file}.10`, line(10));
  await writeFile(`${file}.gz`, line(99));
  const read = await readCel(file);
  t.same(
    read.map(({ uniqueId }) => uniqueId),
    ['1.10', '1.11', '1.12'],
  );
  t.match(read[2], { event: 'CHAN_START', linkedId: '1.1', origin: 'PJSIP' });
  t.equal(read[2]?.at.toISOString(), '2025-11-22T08:15:12.123Z');
});

test('a line of events that is not of the form is none', async (t) => {
  const good = 'CHAN_START,1763799304.5,1.1,1.1,PJSIP';
  t.equal(parseCel(good).length, 1, 'quotes may be left out');
  for (const bad of ['', good.replace('1763799304.5', 'x'), `${good},more`, '"CHAN_START', good.slice(0, 20)])
    t.same(parseCel(bad), [], bad);
});
