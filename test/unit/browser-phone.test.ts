// A supervisor's phone in the browser, between a real browser's end of a websocket and Asterisk's: who is let through,
// what may be said, and when it ends (ADR 0024).

import { once } from 'node:events';
import { test } from 'tap';
import { WebSocket } from 'ws';
import { CLOSED } from '../../src/browser-phone/relay.ts';
import { closed, OTHER, OWN, PATH, refusal, soon, world } from './support/browser-phone.ts';
import { sipOf } from './support/sip.ts';

test('SIP of the own phone goes to Asterisk and back, over the subprotocol of RFC 7118', async (t) => {
  const { open, said, ends } = await world(t);
  const { socket } = open('carla');
  await once(socket, 'open');
  t.equal(socket.protocol, 'sip');
  socket.send(sipOf('REGISTER', OWN as string));
  await soon('Asterisk has heard it', async () => said.length === 1);
  t.match(said[0], /^REGISTER /);
  const [answer] = await Promise.all([
    once(socket, 'message'),
    ends[0]?.send('SIP/2.0 401 Unauthorized\r\n\r\n'),
  ]);
  t.equal(String(answer[0]), 'SIP/2.0 401 Unauthorized\r\n\r\n');
});

test('a session outlives the keep-alives of Asterisk', async (t) => {
  const { open, said, ends } = await world(t);
  const { socket } = open('carla');
  await once(socket, 'open');
  socket.once('message', () => socket.send('\r\n'));
  await soon('Asterisk is there', async () => ends.length === 1);
  ends[0]?.send('\r\n\r\n');
  await soon('Asterisk has its answer', async () => said.length === 1);
  t.same(said, ['\r\n']);
  t.equal(socket.readyState, WebSocket.OPEN);
});

test('nobody is let through without a session, the permission, and the own page', async (t) => {
  const { open, ends } = await world(t);
  t.equal(await refusal(open(null)), 401);
  t.equal(await refusal(open('alice')), 403, 'an agent');
  t.equal(await refusal(open('carla', 'https://elsewhere.example')), 403, 'a page of another site');
  t.equal(await refusal(open('carla', null)), 403, 'a browser always says where it comes from');
  t.equal(await closed(open('zoe')), CLOSED.ended, 'a manager without a browser phone');
  t.same(ends, [], 'Asterisk has seen none of them');
});

test('who says a word for another extension, dials or subscribes is cut off, and Asterisk hears nothing of it', async (t) => {
  const { open, said } = await world(t);
  const forbidden = [
    sipOf('REGISTER', OTHER as string),
    sipOf('INVITE', OWN as string),
    sipOf('SUBSCRIBE', OWN as string),
    'not SIP at all',
  ];
  for (const message of forbidden) {
    const browser = open('carla');
    await once(browser.socket, 'open');
    browser.socket.send(message);
    t.equal(await closed(browser), CLOSED.refused, message.slice(0, 30));
  }
  const large = open('carla');
  await once(large.socket, 'open');
  large.socket.send('x'.repeat(20_000));
  t.equal(await closed(large), 1_009, 'too large');
  t.same(said, []);
});

test('a log-out, and a role that is taken away, end it at once', async (t) => {
  const { open, web, ends } = await world(t);
  const first = open('carla');
  await soon('Asterisk is there', async () => ends.length === 1);
  web.sessions.end(first.token);
  t.equal(await closed(first), CLOSED.ended);
  await soon('Asterisk is rid of it', async () => ends[0]?.readyState === WebSocket.CLOSED);
  const second = open('carla');
  await soon('Asterisk is there again', async () => ends.length === 2);
  await web.people.change('carla', () => ({ roles: ['agent'] }));
  t.equal(await closed(second), CLOSED.ended);
});

test('one browser at a time: the newest', async (t) => {
  const { open, ends } = await world(t);
  const first = open('carla');
  await soon('the first is there', async () => ends.length === 1);
  const second = open('carla');
  t.equal(await closed(first), CLOSED.elsewhere);
  await soon('the second is there', async () => ends.length === 2);
  t.equal(second.socket.readyState, WebSocket.OPEN);
});

test('without Asterisk the browser is told so, and may try again', async (t) => {
  const { open, asterisk, ends } = await world(t);
  const first = open('carla');
  await soon('Asterisk is there', async () => ends.length === 1);
  ends[0]?.terminate();
  t.equal(await closed(first), CLOSED.away);
  asterisk.close();
  t.equal(await closed(open('carla')), CLOSED.away);
});

test('the owner is told what the phone needs, which is not its password; nobody else is', async (t) => {
  const { web } = await world(t);
  const carla = web.again('carla');
  t.match((await carla('GET', '/api/supervision/phones')).body, { desks: ['203'], browser: OWN });
  const { status, body } = await carla('GET', PATH);
  t.equal(status, 200);
  t.same(Object.keys(body).sort(), ['address', 'extension', 'ha1', 'realm']);
  t.match(body, { extension: OWN, realm: 'greffier', ha1: /^[0-9a-f]{32}$/ });
  t.notMatch(JSON.stringify(body), /secret-of/);
  t.equal((await web.again('zoe')('GET', PATH)).status, 404);
  t.match((await web.again('zoe')('GET', '/api/supervision/phones')).body, { desks: [], browser: null });
  t.equal((await web.again('alice')('GET', PATH)).status, 403);
});
