// Whoever listens says why, from a list; the agent sees who it was, each month is told in figures, and an extract for
// training says nothing of whom it is of (C20, C30).

import { readdir } from 'node:fs/promises';
import { type Test, test } from 'tap';
import { createDestruction } from '../../src/destruction.ts';
import { keepReport, transparencyOf } from '../../src/listens.ts';
import { monthAt, monthBefore } from '../../src/transparency/report.ts';
import { reportText } from '../../src/transparency/text.ts';
import { openKeyWorld } from './support/keys.ts';
import { keep, type Store, swept } from './support/store.ts';
import { openWeb } from './support/web.ts';

const DUE = '2026-12-22T08:00:00.000Z';

async function world(t: Test) {
  const w = await openKeyWorld(t);
  Object.assign(w.appliance.settings.data, {
    people: [
      { id: 'alice', extensions: ['201'] },
      { id: 'bob', extensions: ['202'] },
    ],
  });
  Object.assign(w.appliance.config.site, { timezone: 'Europe/Paris', language: 'fr' });
  Object.assign(w.appliance.config.state, { reports: w.at('reports') });
  const web = await openWeb(t, w.appliance, w.root, w.clock);
  const kept = await keep(w as unknown as Store, DUE);
  const playback = (body: object) => ({ url: `/api/recordings/${kept.id}/playback`, body });
  return { w, web, playback, ...kept };
}

test('nobody listens without a code of the list, and “other” is explained', async (t) => {
  const { web, playback } = await world(t);
  const marie = await web.person('marie', ['manager']);
  const code = async (body: object) => {
    const { url, body: payload } = playback(body);
    const answer = await marie('POST', url, payload);
    return answer.status === 201 ? 'listens' : answer.body.error.code;
  };
  t.equal(await code({}), 'bad-request');
  t.equal(await code({ code: 'curiosity' }), 'bad-request');
  t.equal(await code({ code: 'other', reason: 'short' }), 'no-reason');
  t.equal(await code({ code: 'other', reason: 'the judge asked for it' }), 'listens');
  t.equal(await code({ code: 'quality' }), 'listens');
  for (const personal of [
    'call back 06 12 34 56 78',
    'ask paul@example.org',
    '+33612345678',
    '4970 1000 0000 0055',
  ])
    t.equal(await code({ code: 'complaint', reason: personal }), 'personal-reason', personal);
  t.equal(
    await code({ code: 'complaint', reason: 'second complaint of 2026, on 2026-11-22, file 12/345' }),
    'listens',
  );
  t.ok((await marie('GET', '/api/reasons')).body.reasons.includes('dispute'));
});

test('an agent sees who listened to the own calls, when and why, when the recording is gone too; nobody else’s', async (t) => {
  const { w, web, playback, id } = await world(t);
  const marie = await web.person('marie', ['manager']);
  const { url, body } = playback({ code: 'complaint', reason: 'the customer complained' });
  await marie('POST', url, body);
  const [alice, bob] = [await web.person('alice', ['agent']), await web.person('bob', ['agent'])];
  const expected = {
    by: 'marie',
    how: 'play',
    recording: id,
    code: 'complaint',
    reason: 'the customer complained',
  };
  t.match((await alice('GET', '/api/listens/mine')).body, { listens: [expected], total: 1 });
  t.same((await bob('GET', '/api/listens/mine')).body, { listens: [], total: 0 });
  w.clock.move(60 * 86_400_000);
  t.same((await swept(createDestruction(w.appliance), w.clock())).destroyed, [id]);
  t.match((await web.again('alice')('GET', '/api/listens/mine')).body, { listens: [expected] });
});

test('each month is told in figures, signed, by the clock of the site, and names no recording', async (t) => {
  const { w, web, playback, id } = await world(t);
  const marie = await web.person('marie', ['manager']);
  const { url, body } = playback({ code: 'training' });
  await marie('POST', url, body);
  await marie('POST', url, body);
  await (await web.person('igor', ['it-admin']))('POST', url, body);
  const report = await transparencyOf(w.appliance);
  t.match(report, {
    month: '2026-11',
    listens: 2,
    refused: 1,
    byPerson: { marie: 2 },
    byReason: { training: 2 },
    byExtension: { '201': 2 },
  });
  t.match(reportText(report, 'fr'), /Écoutes par motif\n\n- training: 2/);
  t.match(reportText(report, 'en'), /Listens by person\n\n- marie: 2/);
  t.notOk(JSON.stringify(report).includes(id));
  w.clock.move(10 * 86_400_000);
  await keepReport(w.appliance);
  await keepReport(w.appliance);
  t.same((await readdir(w.at('reports'))).sort(), [
    'transparency-2026-11.json',
    'transparency-2026-11.json.asc',
    'transparency-2026-11.md',
  ]);
  t.equal(monthAt(new Date('2026-11-30T23:30:00Z'), 'Europe/Paris'), '2026-12');
  t.equal(monthBefore('2026-01'), '2025-12');
});

test('a training extract says nothing of its source, and goes with it (C20)', async (t) => {
  const { w, web, id } = await world(t);
  const [marie, alice] = [await web.person('marie', ['manager']), await web.person('alice', ['agent'])];
  const wish = { recording: id, title: 'Bien conclure', fromMs: 1_000, toMs: 9_000 };
  const refused = async (change: object) =>
    (await marie('POST', '/api/extracts', { ...wish, ...change })).body.error?.code;
  t.equal(await refused({ title: 'Appel du 06 12 34 56 78' }), 'personal-reason');
  t.equal(await refused({ fromMs: 9_000, toMs: 2_000 }), 'bad-range');
  t.equal(await refused({ toMs: 9_000_000 }), 'bad-range');
  t.equal(await refused({ recording: 'none' }), 'recording-not-found');
  t.match(await marie('POST', '/api/extracts', { ...wish, recording: 'none' }), {
    status: 404,
    body: { error: { code: 'recording-not-found' } },
  });
  t.equal((await alice('POST', '/api/extracts', wish)).status, 403);
  const { body: made } = await marie('POST', '/api/extracts', wish);
  t.same(Object.keys(made).sort(), ['expiresAt', 'fromMs', 'id', 'title', 'toMs']);
  t.equal(made.expiresAt, DUE);
  const listed = await alice('GET', '/api/extracts');
  for (const source of [id, '5678', 'f00d', '"201"', 'Accueil', '+33123456701'])
    t.notOk(JSON.stringify(listed.body).includes(source), source);
  const played = await alice('GET', `/api/extracts/${made.id}/message`);
  t.match(played, { status: 200, type: 'application/pgp-encrypted' });
  t.ok(String(played.body).startsWith(`header.pgp of ${id}`), 'the message as it is sealed');
  t.match((await w.audit.entries()).at(-1), { action: 'extract-play', actor: 'alice', recording: id });
  w.clock.move(60 * 86_400_000);
  await swept(createDestruction(w.appliance), w.clock());
  t.equal((await web.again('alice')('GET', `/api/extracts/${made.id}/message`)).status, 404);
  t.same(await readdir(w.at('extracts')), []);
});
