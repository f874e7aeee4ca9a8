// The board over a real server and a real socket: who may ask, what is streamed, and that it ends.

import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { setTimeout as delay } from 'node:timers/promises';
import { type Test, test } from 'tap';
import { callRow } from '../../src/catalogue-rows.ts';
import { answered, siteOf } from './support/board.ts';
import { recordOf } from './support/calls.ts';
import { openKeyWorld } from './support/keys.ts';
import { openWeb } from './support/web.ts';
import { CALL, RECORDED_CALL } from './support/world.ts';

async function world(t: Test) {
  const w = await openKeyWorld(t);
  Object.assign(w.appliance.settings.data, siteOf());
  Object.assign(w.appliance.config.site, { timezone: 'Europe/Paris' });
  await mkdir(w.at('spool'), { recursive: true });
  const web = await openWeb(t, w.appliance, w.root, w.clock);
  await web.person('carla', ['supervisor']);
  const write = (...facts: string[]) =>
    writeFile(
      w.appliance.spool.sheetPath(CALL),
      facts.map((fact) => `${w.clock().toISOString()} ${fact}\n`).join(''),
    );
  return { w, web, write };
}

/** Opens the stream as a browser does, and gathers what comes. */
async function listenTo(t: Test, { web }: Awaited<ReturnType<typeof world>>) {
  const address = new URL(await web.server.listen({ host: '127.0.0.1', port: 0 }));
  const cookie = `__Host-session=${web.sessions.begin('carla')}`;
  const asked = request(new URL('/api/board/live', address), {
    headers: { cookie },
    rejectUnauthorized: false,
  }).end();
  t.teardown(() => asked.destroy());
  const [answer] = await once(asked, 'response');
  const heard = { text: '', ended: false };
  answer.setEncoding('utf8').on('data', (chunk: string) => {
    heard.text += chunk;
  });
  answer.on('close', () => {
    heard.ended = true;
  });
  return { asked, answer, heard };
}

test('a snapshot, for those who may; of the own team alone', async (t) => {
  const { web, write } = await world(t);
  await write(...answered('1.1').map(([, fact]) => fact));
  web.board.look();
  await delay(150);
  const { status, body } = await web.again('carla')('GET', '/api/board');
  t.equal(status, 200);
  t.match(body, {
    at: /^2026/,
    stale: true,
    calls: [{ id: CALL, state: 'talking', last4: null }],
  });
  t.notOk(JSON.stringify(body).includes('33612345678'));
  const boss = await web.person('zoe', ['manager']);
  t.match((await boss('GET', '/api/board')).body, { calls: [], agents: [{ extension: '208' }] });
  t.equal((await (await web.person('igor', ['it-admin']))('GET', '/api/board')).status, 403);
});

test('today’s figures are those of the client, from the index, and are counted again after a while', async (t) => {
  const { w, web } = await world(t);
  const carla = web.again('carla');
  const put = (id: string, client: string, ...facts: string[]) => {
    const row = callRow(recordOf(id, ...facts));
    w.catalogue.putCall({ ...row, client });
  };
  put(CALL, 'one', ...RECORDED_CALL);
  put(CALL.replace('3f', '4f'), 'one', ...RECORDED_CALL.slice(0, 5), 'call.end cause=16');
  put(CALL.replace('3f', '5f'), 'two', ...RECORDED_CALL);
  const { figures } = (await carla('GET', '/api/board')).body;
  t.match(figures, {
    day: '2026-11-22',
    calls: 2,
    answered: 1,
    answerRate: 0.5,
    waitingSeconds: 6,
    handlingSeconds: 3,
  });
  t.match(figures.hours[9], { calls: 2, answered: 1 }, 'a quarter past nine in Paris');
  put(CALL.replace('3f', '6f'), 'one', ...RECORDED_CALL);
  t.equal((await carla('GET', '/api/board')).body.figures.calls, 2);
  w.clock.move(5_000);
  t.equal((await carla('GET', '/api/board')).body.figures.calls, 3);
});

test('the stream tells of a change, and ends with the server', async (t) => {
  const opened = await world(t);
  const { answer, heard } = await listenTo(t, opened);
  t.match(answer.headers, { 'content-type': /^text\/event-stream/, 'cache-control': 'no-store' });
  await delay(100);
  t.match(heard.text, /^retry: 2000\n\nevent: board\ndata: \{"at":"2026[^\n]*"calls":\[\]/);
  await opened.write(...answered('1.1').map(([, fact]) => fact));
  opened.web.board.look(CALL);
  await delay(500);
  const boards = heard.text.split('event: board').length - 1;
  t.equal(boards, 2);
  t.match(heard.text.split('event: board').at(-1), CALL);
  await opened.web.server.close();
  await delay(50);
  t.ok(heard.ended);
});

test('without a session there is no stream, and a role that may not watch gets none', async (t) => {
  const { web } = await world(t);
  t.equal((await web.ask('GET', '/api/board/live')).status, 401);
  t.equal((await (await web.person('igor', ['it-admin']))('GET', '/api/board/live')).status, 403);
});
