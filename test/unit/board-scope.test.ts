// Whose calls somebody sees on the live board: those of the own teams, and nothing of anybody else (C10, C14, C19, C34).

import { test } from 'tap';
import { clientsWatched } from '../../src/board/view.ts';
import { answered, inbound, openBoard, phone, queued } from './support/board.ts';

test('a supervisor sees the agents of the own teams, their calls and their queues', async (t) => {
  const board = openBoard();
  board.call('c1', ...answered('1.1'));
  board.call('c2', ...queued('2.1', 0, '33123456702', 'two'));
  board.call('c3', [0, inbound('33123456702', '3.1')], [4, 'answer extension=206']);
  const carla = board.seen('carla', 9);
  t.same(
    carla.agents.map(({ extension }) => extension),
    ['201', '202', '205'],
  );
  t.same(
    carla.calls.map(({ id }) => id),
    ['c1'],
  );
  t.same(
    carla.queues.map(({ id }) => id),
    ['desk'],
  );
  const gilles = board.seen('gilles', 9);
  t.same(
    gilles.agents.map(({ extension }) => extension),
    ['206'],
  );
  t.same(
    gilles.calls.map(({ id }) => id),
    ['c2', 'c3'],
  );
  t.same([clientsWatched(board.site, 'carla'), clientsWatched(board.site, 'gilles')], [['one'], ['two']]);
});

test('the call of another team of the same client is not there, and neither is its agent', async (t) => {
  const board = openBoard();
  board.call(
    'c1',
    [0, 'arrival direction=outbound extension=208 to=0612345678 channel=1.1'],
    [3, 'answer extension=208'],
  );
  t.match(board.seen('carla', 9), { calls: [], agents: [{}, {}, {}] });
  t.match(board.seen('zoe', 9), { calls: [{ id: 'c1' }], agents: [{ extension: '208' }], queues: [] });
});

test('between two teams each sees its own side', async (t) => {
  const board = openBoard();
  board.call(
    'c1',
    [0, 'arrival direction=internal extension=201 to=206 channel=1.1'],
    [3, 'answer extension=206'],
  );
  t.same(board.seen('carla', 9).calls[0]?.extensions, ['201']);
  t.same(board.seen('gilles', 9).calls[0]?.extensions, ['206']);
  board.call('c2', ...queued('2.1', 0, '33123456702', 'two'), [9, 'joined extension=202']);
  const [, passed] = board.seen('carla', 12).calls;
  t.match(passed, { line: '', queue: '', extensions: ['202'] }, 'the other client’s line has no name here');
});

test('whoever supervises no team sees nothing', async (t) => {
  const board = openBoard();
  board.call('c1', ...answered('1.1'));
  for (const user of ['alice', 'nobody']) {
    t.match(board.seen(user, 9), { agents: [], calls: [], queues: [] });
    t.same(clientsWatched(board.site, user), []);
  }
});

test('a staff representative is there, and nothing is told of what they do (C10)', async (t) => {
  const board = openBoard();
  const before = board.agent('carla', '205', 0);
  t.same(before, {
    extension: '205',
    name: 'elise',
    teams: ['Accueil'],
    state: 'private',
    since: null,
    call: null,
    queues: [],
    modes: [],
  });
  board.call(
    'c1',
    [0, 'arrival direction=outbound extension=205 to=0612345678 channel=1.1'],
    [3, 'answer extension=205'],
  );
  board.call(
    'c2',
    [0, 'arrival direction=internal extension=201 to=205 channel=2.1'],
    [3, 'answer extension=205'],
  );
  board.event(phone('205', 'INUSE'), 3);
  t.same(board.agent('carla', '205', 9), before);
  t.same(board.seen('carla', 9).calls, []);
  t.match(board.agent('carla', '201', 9), { state: 'talking', call: null });
});

test('no number and no name of whoever is outside; four digits for those who see the list of calls', async (t) => {
  const board = openBoard();
  board.call('c1', ...answered('1.1'));
  const shown = JSON.stringify(board.seen('carla', 9));
  for (const secret of ['33612345678', '612345678', '5678', 'Zoé', '1.1'])
    t.notOk(shown.includes(secret), secret);
  t.equal(board.seen('carla', 9, true).calls[0]?.last4, '5678');
  t.notOk(JSON.stringify([...board.facts.calls]).includes('612345678'), 'not even in memory');
});

test('the modes are those of the own teams only', async (t) => {
  const board = openBoard();
  board.site.teams.push({
    id: 'x',
    name: 'X',
    client: 'one',
    members: ['alice'],
    supervisors: ['carla', 'zoe'],
    modes: ['take-over'],
  });
  t.same(board.agent('carla', '201', 0)?.modes, ['listen', 'whisper', 'take-over']);
  t.same(board.agent('zoe', '201', 0)?.modes, ['take-over']);
  t.same(board.agent('carla', '202', 0)?.modes, ['listen', 'whisper']);
});
