// The live board: what it says of calls, agents and queues is what the sheets and Asterisk say, and nothing else.

import { test } from 'tap';
import { answered, at, inbound, member, openBoard, phone, queued } from './support/board.ts';

const iso = (seconds: number) => at(seconds).toISOString();

test('a call is followed from its arrival to its end', async (t) => {
  const board = openBoard();
  const seen = (seconds: number) => board.seen('carla', seconds).calls[0];
  board.call('c1', ...answered('1.1').slice(0, 1));
  t.equal(seen(1), undefined, 'while the announcement plays it is nobody’s yet');
  board.call('c1', ...answered('1.1').slice(0, 3));
  t.match(seen(4), {
    state: 'ringing',
    line: 'Accueil',
    direction: 'inbound',
    since: iso(0),
    extensions: [],
  });
  board.event(phone('201', 'RINGING'), 4);
  t.match(board.agent('carla', '201', 4), { state: 'ringing', since: iso(4), call: 'c1' });
  board.call('c1', ...answered('1.1'));
  t.match(seen(6), {
    state: 'talking',
    stateSince: iso(5),
    extensions: ['201'],
    recorded: 'no',
    listenable: true,
  });
  t.match(board.agent('carla', '201', 6), { state: 'talking', since: iso(5), call: 'c1' });
  board.event(phone('201', 'ONHOLD'), 8);
  t.match(seen(9), { state: 'on-hold', stateSince: iso(8), listenable: false });
  t.match(board.agent('carla', '201', 9), { state: 'on-hold', since: iso(8) });
  board.call('c1', ...answered('1.1'), [30, 'call.end cause=16']);
  board.event(phone('201', 'NOT_INUSE'), 30);
  t.equal(seen(31), undefined);
  t.match(board.agent('carla', '201', 31), { state: 'free', since: iso(30), call: null });
});

test('whether it is recorded at the moment, paused or not', async (t) => {
  const board = openBoard();
  const after = (...facts: string[]) => {
    board.call('c1', ...answered('1.1'), ...facts.map((fact): [number, string] => [6, fact]));
    return board.seen('carla', 7).calls[0];
  };
  const [start, pause] = ['recording.start size=0 reason=automatic', 'recording.stop size=8 reason=pause'];
  t.equal(after(start)?.recorded, 'yes');
  t.equal(after(start, pause)?.recorded, 'paused');
  t.equal(after(start, pause, 'key code=resume extension=201 result=refused')?.recorded, 'no');
  t.equal(after(start, pause, 'recording.start size=8 reason=resume')?.recorded, 'yes');
  t.equal(after(start, 'recording.cut size=8 reason=joined')?.recorded, 'no');
  t.match(after(start, 'recording.destroyed reason=objection'), { recorded: 'no', listenable: false });
});

test('a call may be listened to when the party was told, has not objected, and the policy says so (C13)', async (t) => {
  const board = openBoard();
  const listenable = (...facts: [number, string][]) => {
    board.call('c1', ...facts);
    return board.seen('carla', 9).calls[0]?.listenable;
  };
  const [arrival, , ringing, answer] = answered('1.1') as [
    [number, string],
    [number, string],
    [number, string],
    [number, string],
  ];
  t.equal(listenable(...answered('1.1')), true);
  t.equal(listenable(arrival, ringing, answer), false, 'not told');
  t.equal(listenable(arrival, [3, 'consent choice=refused'], answer), false);
  t.equal(
    listenable([0, inbound('33123456701', '1.1', 'quiet')], [3, 'consent choice=given'], answer),
    false,
  );
  t.equal(listenable(...answered('1.1').slice(0, 3)), false, 'it rings');
  t.equal(listenable(...answered('1.1'), [6, 'conference id=room']), false);
});

test('transfer, parking, pickup and colleagues: who takes part is who is on the line now', async (t) => {
  const board = openBoard();
  const on = () => board.seen('carla', 60).calls.find(({ id }) => id === 'c1');
  board.call('c1', ...answered('1.1'), [9, 'transfer kind=blind to=202']);
  t.match(on(), { state: 'ringing', extensions: [] });
  t.equal(board.agent('carla', '201', 10)?.state, 'free');
  board.event(phone('202', 'RINGING'), 10);
  t.equal(board.agent('carla', '202', 10)?.call, 'c1');
  board.call('c1', ...answered('1.1'), [9, 'transfer kind=blind to=202'], [12, 'answer extension=202']);
  t.match(on(), { state: 'talking', extensions: ['202'], since: iso(0) });
  board.call('c1', ...answered('1.1'), [9, 'parked place=701']);
  t.match(on(), { state: 'parked', extensions: [] });
  board.call('c1', ...answered('1.1'), [9, 'joined extension=202']);
  t.match(on(), { extensions: ['202'] });
  board.call('c1', ...answered('1.1'), [9, 'joined extension=outside']);
  t.equal(on(), undefined, 'two parties outside');
  board.call(
    'c2',
    [0, 'arrival direction=internal extension=201 to=202 channel=2.1'],
    [4, 'answer extension=202'],
  );
  t.match(board.seen('carla', 60).calls, [{ id: 'c2', extensions: ['201', '202'], listenable: false }]);
  t.equal(board.agent('carla', '201', 60)?.since, iso(4), 'before that it rang');
  board.call('c3', [0, 'arrival direction=internal extension=201 to=pickup channel=3.1']);
  t.equal(board.seen('carla', 60).calls.length, 1, 'a service of the house is no call');
});

test('a call out is its caller’s from the first moment, and a private one shows no digit', async (t) => {
  const board = openBoard();
  board.call(
    'c1',
    [0, 'arrival direction=outbound extension=201 to=0612345678 channel=1.1 policy=told'],
    [1, 'ringing'],
  );
  t.match(board.seen('carla', 2, true).calls, [
    { direction: 'outbound', state: 'ringing', extensions: ['201'], last4: '5678' },
  ]);
  t.match(board.agent('carla', '201', 2), { state: 'ringing', call: 'c1' });
  board.call('c1', [0, 'arrival direction=outbound extension=201 private=yes channel=1.1'], [1, 'ringing']);
  t.match(board.seen('carla', 2, true).calls, [{ last4: '', listenable: false }]);
});

test('a queue: who waits since when, who is there, who could answer; then peace, pause and leaving', async (t) => {
  const board = openBoard();
  const queue = (seconds: number) => board.seen('carla', seconds).queues[0];
  board.call('c1', ...queued('1.1', 10));
  board.call('c2', ...queued('2.1', 0));
  t.match(queue(20), { name: 'Standard', waiting: 2, longestSince: iso(4), loggedIn: 2, available: 2 });
  board.event(phone('201', 'RINGING'), 21);
  t.equal(board.agent('carla', '201', 21)?.call, 'c2', 'the one that has waited longest');
  board.call('c2', ...queued('2.1', 0), [22, 'answer extension=201']);
  board.event(phone('201', 'INUSE'), 22);
  t.match(queue(23), { waiting: 1, longestSince: iso(14), available: 1 });
  board.call('c2', ...queued('2.1', 0), [22, 'answer extension=201'], [40, 'call.end cause=16']);
  board.event(phone('201', 'NOT_INUSE'), 40);
  t.match(board.agent('carla', '201', 45), { state: 'wrap-up', since: iso(40) });
  t.match(board.agent('carla', '201', 61), { state: 'free' });
  board.event(member('desk', '202', { paused: '1', lastpause: String(at(50).getTime() / 1_000) }), 50);
  t.match(board.agent('carla', '202', 51), { state: 'paused', since: iso(50), queues: ['Standard'] });
  t.match(queue(61), { loggedIn: 2, available: 1 });
  board.event({ ...member('desk', '202'), event: 'QueueMemberRemoved' }, 70);
  t.match(board.agent('carla', '202', 71), { state: 'free', queues: [] });
  board.event(phone('201', 'UNAVAILABLE'), 72);
  t.match(queue(73), { loggedIn: 0, available: 0 });
  t.equal(board.agent('carla', '201', 73)?.state, 'offline');
});
