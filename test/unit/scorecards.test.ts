// Scorecards: four questions, of talks kept for quality, by somebody else, seen by the one who led the talk, for a year.

import { type Test, test } from 'tap';
import { purgeDue } from '../../src/purging.ts';
import { trendOf } from '../../src/scorecards/trends.ts';
import { keepOther, web } from './support/clients.ts';
import { keepOf } from './support/rights.ts';

const MARKS = { procedure: 3, accuracy: 4, collection: null, relationship: 2 };

async function judged(t: Test) {
  const w = await web(t);
  const recording = await keepOf(w.desk);
  const quinn = await w.person('quinn', ['quality']);
  const wish = {
    recording,
    agent: 'nadia',
    marks: MARKS,
    feedback: 'Clear announcement; ask for the file earlier.',
  };
  const judge = (changes: object = {}) => quinn('POST', '/api/scorecards', { ...wish, ...changes });
  return { w, recording, quinn, judge };
}

test('the one who led the talk reads what is said of it, and answers; nobody else’s agent does', async (t) => {
  const { w, judge, quinn, recording } = await judged(t);
  t.match((await quinn('GET', `/api/recordings/${recording}/agents`)).body.agents, [
    { id: 'nadia', name: 'Nadia' },
  ]);
  const { status, body: made } = await judge();
  t.match(
    [status, made],
    [201, { agent: 'nadia', agentName: 'Nadia', marks: MARKS, seenAt: null, playable: true }],
  );
  t.notOk('client' in made);
  const [nadia, omar] = [await w.person('nadia', ['agent']), await w.person('omar', ['agent'])];
  t.match((await nadia('GET', '/api/scorecards/mine')).body.cards, [
    { id: made.id, feedback: /file earlier/ },
  ]);
  t.same((await omar('GET', '/api/scorecards/mine')).body.cards, []);
  t.equal((await omar('PUT', `/api/scorecards/${made.id}/answer`, { answer: 'Not mine.' })).status, 404);
  t.equal((await nadia('PUT', `/api/scorecards/${made.id}/answer`, { answer: ' I had none. ' })).status, 200);
  const [seen] = (await quinn('GET', '/api/scorecards?agent=nadia')).body.cards;
  t.match(seen, { answer: 'I had none.', seenAt: String });
  t.equal((await nadia('GET', '/api/scorecards')).status, 403, 'an agent reads nobody’s but the own ones');
  t.match(await w.entries('scorecard-made'), [{ actor: 'quinn', subject: 'nadia', recording }]);
  t.notMatch(
    JSON.stringify(await w.desk.audit.entries()),
    /file earlier|I had none/,
    'the words are not in the log',
  );
});

test('only talks kept for quality, of whoever took part, by somebody else, with a mark, and without a number', async (t) => {
  const { w, judge, recording } = await judged(t);
  const code = async (changes: object) => (await judge(changes)).body.error?.code;
  t.equal(await code({ agent: 'omar' }), 'not-their-talk');
  t.equal(
    await code({ marks: { procedure: null, accuracy: null, collection: null, relationship: null } }),
    'no-marks',
  );
  t.equal(await code({ marks: { ...MARKS, procedure: 5 } }), 'bad-request');
  t.equal(await code({ marks: { ...MARKS, accent: 1 } }), 'bad-request');
  t.equal(await code({ feedback: 'call 06 12 34 56 78 again' }), 'personal-reason');
  t.equal(await code({ recording: 'none' }), 'recording-not-found');
  const row = w.desk.catalogue.recording(recording) as never as Record<string, unknown>;
  w.desk.catalogue.putRecording({ ...row, purpose: 'contract' } as never);
  t.equal(await code({}), 'wrong-purpose');
  w.desk.catalogue.putRecording({ ...row, purpose: 'quality' } as never);
  const nadia = await w.person('nadia', ['quality']);
  const own = await nadia('POST', '/api/scorecards', {
    recording,
    agent: 'nadia',
    marks: MARKS,
    feedback: '',
  });
  t.match([own.status, own.body.error.code], [403, 'own-talk']);
  t.same(await w.entries('scorecard-made'), []);
});

test('who is limited to a client judges, reads and withdraws nothing of another one', async (t) => {
  const { w, judge } = await judged(t);
  const other = await keepOther(w);
  const { body: made } = await judge();
  const anna = await w.limited('anna', ['quality'], ['autre']);
  t.same((await anna('GET', '/api/scorecards')).body.cards, []);
  t.equal((await anna('DELETE', `/api/scorecards/${made.id}`)).status, 404);
  t.equal((await anna('POST', '/api/scorecards', { ...made, id: undefined })).status, 400);
  const wish = { agent: 'omar', marks: MARKS, feedback: '' };
  t.equal((await anna('POST', '/api/scorecards', { ...wish, recording: other })).status, 201);
  t.equal((await anna('POST', '/api/scorecards', { ...wish, recording: made.recording })).status, 404);
  t.equal((await anna('GET', `/api/recordings/${made.recording}/agents`)).status, 404);
});

test('a year after it was made a scorecard is destroyed, on record; its recording may go before (C22)', async (t) => {
  const { w, judge, quinn } = await judged(t);
  const { body: made } = await judge();
  t.equal(
    made.expiresAt.slice(0, 10),
    new Date(Date.parse(made.madeAt) + 365 * 86_400_000).toISOString().slice(0, 10),
  );
  await w.desk.appliance.scorecards.one(made.id);
  w.desk.clock.move(366 * 86_400_000);
  await purgeDue(w.desk.appliance);
  t.same(await w.desk.appliance.scorecards.over(w.desk.clock()), [], 'its file is gone');
  t.match(await w.entries('scorecard-destroyed'), [
    { actor: 'system', subject: 'nadia', recording: made.recording },
  ]);
  t.same((await w.again('quinn')('GET', '/api/scorecards')).body.cards, []);
  t.ok(quinn);
});

test('whoever made one, or their colleague, withdraws it, on record', async (t) => {
  const { w, judge, quinn } = await judged(t);
  const { body: made } = await judge();
  t.equal((await quinn('DELETE', `/api/scorecards/${made.id}`)).status, 204);
  t.equal((await quinn('DELETE', `/api/scorecards/${made.id}`)).status, 404);
  t.match(await w.entries('scorecard-withdrawn'), [{ actor: 'quinn', subject: 'nadia' }]);
});

test('marks go from month to month, by criterion, with how many cards that is', (t) => {
  const card = (talkedAt: string, procedure: number | null) => ({
    talkedAt,
    marks: { procedure, accuracy: 4, collection: null, relationship: null },
  });
  const trend = trendOf([card('2026-11-02', 1), card('2026-10-30', 3), card('2026-11-20', null)], (at) =>
    at.slice(0, 7),
  );
  t.same(trend, [
    {
      month: '2026-10',
      cards: 1,
      mean: 3.5,
      byCriterion: { procedure: 3, accuracy: 4, collection: null, relationship: null },
    },
    {
      month: '2026-11',
      cards: 2,
      mean: 3,
      byCriterion: { procedure: 1, accuracy: 4, collection: null, relationship: null },
    },
  ]);
  t.end();
});
