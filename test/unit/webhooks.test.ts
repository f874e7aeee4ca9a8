// Other programs are told of what happens: signed, once more until they take it, and nothing of a person.

import { createHmac } from 'node:crypto';
import { test } from 'tap';
import { ID, listed, SECRET, world } from './support/hook.ts';
import type { Answer } from './support/receiver.ts';

test('a call that ended and its recording are told, signed with the time, by ids alone', async (t) => {
  const { w, hooks, receiver } = await world(t);
  listed(w);
  await hooks.reached(ID, 'catalogued');
  await hooks.look();
  t.same(receiver.taken.map(({ headers }) => headers['greffier-event']).sort(), [
    'call.ended',
    'recording.sealed',
  ]);
  for (const { headers, body } of receiver.taken) {
    const [, seconds, given] =
      /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['greffier-signature'])) ?? [];
    t.equal(
      given,
      createHmac('sha256', SECRET).update(`${seconds}.${body}`).digest('hex'),
      'the signature is right',
    );
    t.equal(Number(seconds), w.clock().getTime() / 1000);
    t.equal(JSON.parse(body).id, headers['greffier-event-id']);
    for (const secret of ['5678', '33170000000', 'ffffffff', '"201"']) t.notOk(body.includes(secret), secret);
  }
  t.match(JSON.parse(receiver.taken.find(({ body }) => body.includes('call.ended'))?.body ?? ''), {
    client: 'dupont',
    call: {
      id: ID,
      direction: 'inbound',
      line: 'Accueil',
      durationSeconds: 60,
      disposition: 'answered',
      recorded: true,
    },
  });
});

test('what fails is tried again after longer and longer pauses, and given up after a day, which health shows', async (t) => {
  const { w, hooks, receiver, brief } = await world(t, {}, [503]);
  listed(w);
  await hooks.reached(ID, 'catalogued');
  const pauses: number[] = [];
  let before = w.clock().getTime();
  while ((await brief())?.waiting) {
    const tries = receiver.taken.length;
    await hooks.look();
    if (receiver.taken.length > tries) {
      pauses.push((w.clock().getTime() - before) / 1000);
      before = w.clock().getTime();
    }
    w.clock.move(pauses.length < 4 ? 10_000 : 600_000);
  }
  t.same(pauses.slice(1, 4), [10, 20, 40], 'seconds between the first tries');
  t.ok(Math.max(...pauses) <= 4_200, 'an hour at most');
  t.match(await brief(), { id: 'crm', waiting: 0, dead: 2, error: null });
  t.equal((await w.alarms.latest(9)).filter(({ code }) => code === 'webhook.dead').length, 1);
  await hooks.look();
  t.equal((await brief())?.waiting, 0, 'an alarm about webhooks is not told by them');
});

test('a receiver that mends itself gets what it missed, under the same id', async (t) => {
  const { w, hooks, receiver, brief } = await world(t, { events: ['call.ended'] }, [500, 302 as Answer, 200]);
  listed(w);
  await hooks.reached(ID, 'catalogued');
  for (let tries = 0; tries < 3; tries += 1) {
    await hooks.look();
    w.clock.move(3_600_000);
  }
  t.same(
    new Set(receiver.taken.map(({ headers }) => headers['greffier-event-id'])),
    new Set([`call.ended:${ID}`]),
  );
  t.equal(receiver.taken.length, 3);
  t.match(await brief(), { waiting: 0, dead: 0 });
});

test('a redirection is not followed', async (t) => {
  const { w, hooks, receiver, brief } = await world(t, { events: ['call.ended'] });
  receiver.answers[0] = { to: receiver.url.replace('/hook', '/elsewhere') };
  listed(w);
  await hooks.reached(ID, 'catalogued');
  await hooks.look();
  t.equal(receiver.taken.length, 1);
  t.match(await brief(), { waiting: 1, error: 'status 302' });
});

test('a receiver that never answers is left after ten seconds, and keeps no other waiting', {
  timeout: 60_000,
}, async (t) => {
  const { w, hooks, brief } = await world(t, { events: ['call.ended'] }, ['silence']);
  listed(w);
  await hooks.reached(ID, 'catalogued');
  await hooks.look();
  t.match(await brief(), { waiting: 1, error: 'no answer in 10 s' });
});

test('a certificate that nobody vouches for is refused', async (t) => {
  const { w, hooks, receiver, brief } = await world(t, { ca: undefined, events: ['call.ended'] });
  listed(w);
  await hooks.reached(ID, 'catalogued');
  await hooks.look();
  t.equal(receiver.taken.length, 0);
  t.match((await brief())?.error, /certificate/);
});

test('a house network that is not listed is not reached', async (t) => {
  const { w, hooks, receiver, brief } = await world(t, { allow: [], events: ['call.ended'] });
  listed(w);
  await hooks.reached(ID, 'catalogued');
  await hooks.look();
  t.equal(receiver.taken.length, 0);
  t.match((await brief())?.error, /is in a network that is not listed/);
});
