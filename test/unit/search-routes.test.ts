// The list of recordings over HTTP: what it is asked, who is told, and two clients that never see each other (C34).

import { randomUUID } from 'node:crypto';
import { test } from 'tap';
import { recordingRow } from '../../src/catalogue-rows.ts';
import { keepOther, web } from './support/clients.ts';
import { keepOf, PARTY } from './support/rights.ts';
import { manifestOf } from './support/store.ts';

const LATER = '2027-05-22T08:15:00.123Z';

test('a number is asked for in the body, in any spelling, and found by its fingerprint', async (t) => {
  const w = await web(t);
  const [mine, other] = [await keepOf(w.desk), await keepOther(w)];
  const marie = await w.person('marie', ['manager']);
  for (const number of ['06 12 34 56 78', '+33 6.12.34.56.78', '0033-612345678']) {
    const { status, body } = await marie('POST', '/api/recordings/parties', { number });
    t.match([status, body], [200, { party: PARTY.fingerprint, last4: '5678' }], number);
  }
  const { body } = await marie('GET', `/api/recordings?party=${PARTY.fingerprint}`);
  t.match(body, { recordings: [{ id: mine, outside: { last4: '5678' } }], next: null, total: 2 });
  t.same(body.found, { count: 1, more: false });
  const all = await marie('GET', '/api/recordings');
  t.same(all.body.recordings.map(({ id }: { id: string }) => id).sort(), [mine, other].sort());
  t.match(await marie('POST', '/api/recordings/parties', { number: '0612 34' }), {
    status: 400,
    body: { error: { code: 'bad-number' } },
  });
  t.equal((await marie('GET', '/api/recordings?number=0612345678')).status, 400, 'and never in the address');
});

test('who looks for somebody outside is in the audit log before the answer, once a search, and never for whom', async (t) => {
  const w = await web(t);
  await keepOf(w.desk);
  const marie = await w.person('marie', ['manager']);
  await marie('POST', '/api/recordings/parties', { number: '0612345678' });
  await marie('GET', `/api/recordings?party=${PARTY.fingerprint}`);
  await marie('GET', `/api/recordings?party=${PARTY.fingerprint}&sort=longest`);
  t.match(await w.entries('search-caller'), [{ actor: 'marie', code: 'number', from: '192.0.2.1' }]);
  await marie('GET', '/api/recordings?lastDigits=5678');
  t.match(await w.entries('search-caller'), [{}, { actor: 'marie', code: 'last-digits' }]);
  w.desk.clock.move(16 * 60_000);
  await w.again('marie')('GET', `/api/recordings?party=${PARTY.fingerprint}`);
  t.equal((await w.entries('search-caller')).length, 3, 'a link that was kept is a search of its own');
  t.notMatch(JSON.stringify(await w.desk.audit.entries()), /5678|612345|[0-9a-f]{64}/);
  await marie('GET', '/api/recordings?line=%2B33123456701&extension=201&purpose=quality');
  t.equal((await w.entries('search-caller')).length, 3, 'a line or an extension is nobody outside');
});

test('person, line, queue, client, day, length, purpose, consent, state, hold and due day narrow the list down', async (t) => {
  const w = await web(t);
  const mine = await keepOf(w.desk);
  await keepOther(w);
  w.desk.catalogue.hold(mine, '2028-01-01T00:00:00.000Z');
  const row = w.desk.catalogue.recording(mine);
  w.desk.catalogue.putCall({ ...(w.desk.catalogue.call(mine) as object), queue: 'accueil' } as never);
  const marie = await w.person('marie', ['manager']);
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' }).format(
    new Date(row?.started_at ?? 0),
  );
  for (const query of [
    'person=nadia',
    'line=%2B33123456701',
    'queue=accueil',
    'client=demo',
    'held=true',
    `client=demo&from=${day}&to=${day}`,
    'client=demo&minSeconds=0&maxSeconds=86400&purpose=quality&consent=not-refused&state=sealed',
  ]) {
    const { body } = await marie('GET', `/api/recordings?${query}`);
    t.same(
      body.recordings?.map(({ id }: { id: string }) => id),
      [mine],
      query,
    );
    t.same(body.found, { count: 1, more: false }, query);
  }
  for (const query of [
    'person=chef',
    'person=nobody',
    'queue=ventes',
    'to=2020-01-01',
    'from=2030-01-01',
    'held=true&dueWithinDays=1',
  ])
    t.same((await marie('GET', `/api/recordings?${query}`)).body.recordings, [], query);
  for (const query of [
    'from=2026-02-30',
    'sort=random',
    'held=perhaps',
    'lastDigits=12',
    'unknown=1',
    'minSeconds=-1',
  ])
    t.equal((await marie('GET', `/api/recordings?${query}`)).status, 400, query);
});

test('pages follow one another in each order, and a cursor is good for its own order', async (t) => {
  const w = await web(t);
  const marie = await w.person('marie', ['manager']);
  for (let count = 0; count < 5; count += 1) {
    const { milliseconds: _, ...row } = recordingRow(manifestOf(randomUUID(), LATER));
    w.desk.catalogue.putRecording({ ...row, milliseconds: count * 1000 });
  }
  for (const sort of ['newest', 'oldest', 'longest', 'due']) {
    const ids: string[] = [];
    let next = '';
    do {
      const { body } = await marie('GET', `/api/recordings?limit=2&sort=${sort}${next && `&cursor=${next}`}`);
      ids.push(...body.recordings.map(({ id }: { id: string }) => id));
      t.equal('found' in body, next === '', 'counted on the first page alone');
      next = body.next ?? '';
    } while (next);
    t.equal(new Set(ids).size, 5, sort);
  }
  const { body } = await marie('GET', '/api/recordings?limit=2&sort=longest');
  t.match(await marie('GET', `/api/recordings?sort=newest&cursor=${body.next}`), {
    status: 400,
    body: { error: { code: 'bad-cursor' } },
  });
});
