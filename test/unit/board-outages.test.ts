// The live board under load and after outages: right at each moment, and right again when Asterisk is back.

import { test } from 'tap';
import { keepOnly, noFacts, takeAll, takeSheet } from '../../src/board/facts.ts';
import { answered, at, openBoard, phone, queued, sheetOf } from './support/board.ts';

const iso = (seconds: number) => at(seconds).toISOString();

test('a flood: a hundred calls, ten a second, and the board is right at each of them', async (t) => {
  const board = openBoard();
  for (let count = 0; count < 100; count += 1) {
    board.call(`c${count}`, ...queued(`${count}.1`, count / 10));
    t.equal(board.seen('carla', 20).queues[0]?.waiting, count + 1);
  }
  for (let count = 0; count < 100; count += 1)
    board.call(`c${count}`, ...queued(`${count}.1`, count / 10), [
      20 + count / 10,
      `answer extension=${count % 2 ? 201 : 202}`,
    ]);
  t.match(board.seen('carla', 31).queues[0], { waiting: 0, longestSince: null });
  t.equal(board.seen('carla', 31).calls.filter(({ state }) => state === 'talking').length, 100);
  for (let count = 0; count < 100; count += 1)
    board.call(`c${count}`, ...queued(`${count}.1`, count / 10), [40, 'call.end cause=16']);
  t.same(board.seen('carla', 41).calls, []);
  keepOnly(board.facts, []);
  t.equal(board.facts.over.size, 0, 'nothing of them is kept');
});

test('while Asterisk is not heard the board says since when; afterwards it is right again', async (t) => {
  const board = openBoard();
  board.call('c1', ...answered('1.1'));
  board.call('c2', ...queued('2.1', 0));
  board.facts.staleSince = iso(10);
  t.match(board.seen('carla', 11), { stale: true, staleSince: iso(10) });
  board.call('c3', ...queued('3.1', 12));
  t.equal(board.seen('carla', 17).queues[0]?.waiting, 2, 'calls are told by their sheets meanwhile');
  const devices = [phone('201', 'NOT_INUSE'), phone('202', 'INUSE')];
  const members = [{ queue: 'desk', location: 'PJSIP/202', paused: '0' }];
  takeAll(board.facts, { devices, members, channels: new Set(['2.1']) }, ['c1', 'c2'], at(20));
  const seen = board.seen('carla', 21);
  t.match(seen, { stale: false, staleSince: null });
  t.same(
    seen.calls.map(({ id }) => id),
    ['c2', 'c3'],
    'c1 has no channel left, c3 came while it was asked',
  );
  t.match(seen.queues[0], { loggedIn: 1, available: 0 });
  t.match(board.agent('carla', '201', 21), { state: 'free', since: iso(-60), queues: [] }, 'free as before');
  t.match(board.agent('carla', '202', 21), { state: 'talking', since: iso(20), call: null });
  takeSheet(board.facts, 'c1', sheetOf('c1', answered('1.1')));
  t.equal(board.seen('carla', 22).calls.length, 2, 'its sheet does not bring it back');
});

test('after a start nothing is known of the phones, and calls are known by their sheets', async (t) => {
  const board = openBoard();
  Object.assign(board.facts, noFacts(at(0)));
  takeSheet(board.facts, 'c1', sheetOf('c1', answered('1.1')));
  t.match(board.seen('carla', 6), {
    stale: true,
    staleSince: iso(0),
    calls: [{ id: 'c1', state: 'talking' }],
  });
  t.same(
    board.seen('carla', 6).agents.map(({ state }) => state),
    ['talking', 'offline', 'private'],
  );
});
