// A supervisor's session, from what the dialplan writes of it to what the audit log says (C13).

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'tap';
import { sessionEntry } from '../../src/call-path/session-entry.ts';
import type { Settings } from '../../src/policies/schema.ts';
import { parseSheet } from '../../src/spool/sheet.ts';
import { modeOf, secondsOf, sessionOf } from '../../src/supervision/session.ts';
import { openTickets, type Wish } from '../../src/supervision/tickets.ts';
import { handClock, ownFolder } from './support/world.ts';

const ID = '11111111-2222-4333-8444-555555555555';
const CALL = '99999999-2222-4333-8444-555555555555';
const settings = { people: [{ id: 'carla', extensions: ['203'] }] } as unknown as Settings;

/** A sheet, a line each second. */
function sheet(...lines: string[]) {
  const text = lines.map(
    (line, second) => `2026-11-23T09:30:${String(second).padStart(2, '0')}.000Z ${line}\n`,
  );
  return parseSheet(ID, text.join(''));
}

const OPENED = [
  'arrival direction=internal extension=203 to=supervision channel=1.1 linked=1.1',
  'recording.none reason=internal',
  'answer extension=203 channel=1.1',
];
const ASKED = `supervision.asked turn=1 agent=201 mode=listen team=front code=quality ticket= call=${CALL}`;
const WHISPERS = [
  `supervision.asked turn=2 agent=201 mode=whisper team=front code=quality ticket= call=${CALL}`,
  'supervision.begin turn=2 mode=whisper',
];

test('a session is asked for, begins, changes its mode and ends; its entry says how and for how long', async (t) => {
  const asked = sheet(...OPENED, ASKED);
  t.match(sessionOf(asked), { state: 'asked', extension: '203', agent: '201', channel: '1.1', call: CALL });
  t.same(sessionOf(asked)?.open, { turn: '1', mode: 'listen', team: 'front' });
  t.equal(sessionEntry(asked, settings), undefined);
  const runs = sessionOf(sheet(...OPENED, ASKED, 'supervision.begin turn=1 mode=listen', ...WHISPERS));
  t.match(runs, { state: 'running', open: undefined });
  t.equal(runs && modeOf(runs), 'whisper');
  const ended = sheet(
    ...OPENED,
    ASKED,
    'supervision.begin turn=1 mode=listen',
    ...WHISPERS,
    'supervision.end why=',
    'call.end cause=16',
  );
  const session = sessionOf(ended);
  t.equal(session && secondsOf(session), 3);
  t.same(sessionEntry(ended, settings), {
    actor: 'carla',
    action: 'supervision-end',
    subject: ID,
    code: 'quality',
    recording: CALL,
    extensions: '201',
    reason: 'listen, whisper: 3 s',
  });
});

test('a session that the caller’s objection ended says so', async (t) => {
  const ended = sheet(
    ...OPENED,
    ASKED,
    'supervision.begin turn=1 mode=barge',
    'supervision.end why=objected',
  );
  t.equal(sessionEntry(ended, settings)?.reason, 'barge: 1 s, objected');
});

test('what the dialplan refused is one entry too', async (t) => {
  const refused = sheet(
    ...OPENED,
    'supervision.refused turn=1 agent=205 mode=listen code=quality ticket= why=excluded',
    'supervision.end why=',
    'call.end cause=16',
  );
  t.match(sessionEntry(refused, settings), {
    action: 'supervision-refused',
    actor: 'carla',
    extensions: '205',
    reason: 'excluded',
  });
  t.equal(sessionOf(refused)?.state, 'refused');
});

test('a phone that rang in vain, and any other call, is no session in the log', async (t) => {
  t.equal(
    sessionEntry(sheet(OPENED[0] as string, 'supervision.ringing ticket=1', 'call.end cause=0'), settings),
    undefined,
  );
  t.equal(sessionOf(sheet('arrival direction=internal extension=203 to=201 channel=1.1')), undefined);
  t.equal(sessionOf(sheet('arrival direction=inbound did=33123456701 to=supervision')), undefined);
});

test('a ticket is good for half a minute, and the spool holds extensions and words of ours only', async (t) => {
  const folder = await ownFolder(t);
  const clock = handClock('2026-11-23T09:30:00Z');
  const tickets = await openTickets(folder, clock);
  const wish: Wish = {
    by: 'carla',
    extension: '203',
    agent: '201',
    mode: 'listen',
    code: 'other',
    words: 'a word of the supervisor',
  };
  const ticket = await tickets.issue(wish);
  t.match(ticket, /^\d{9}$/);
  t.equal(await readFile(join(folder, `supervision-${ticket}`), 'utf8'), '203 201 listen other');
  t.same(tickets.find(ticket), wish);
  await tickets.forget(ticket);
  t.same(await readdir(folder), [], 'used once');
  const second = await tickets.issue(wish);
  clock.move(46_000);
  t.equal(tickets.find(second), undefined);
  await tickets.issue(wish);
  t.equal((await readdir(folder)).length, 1, 'what has had its time is swept');
  await openTickets(folder, clock);
  t.same(await readdir(folder), [], 'what an earlier daemon issued is nobody’s');
});
