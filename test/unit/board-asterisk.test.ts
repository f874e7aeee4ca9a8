// The board and Asterisk's manager interface, over a real socket: what it asks for, and that it is right again after every
// loss of the link.

import { mkdir, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { type Test, test } from 'tap';
import { keepAmi } from '../../src/asterisk/ami.ts';
import { createLiveBoard } from '../../src/live-board.ts';
import { answered, siteOf } from './support/board.ts';
import { openKeyWorld } from './support/keys.ts';
import { type Answer, peer, send } from './support/manager.ts';
import { CALL } from './support/world.ts';

/** Answers the three lists: these phones, one member, these channels. */
const asterisk =
  (phones: Record<string, string>, channels: string[]): Answer =>
  ({ action = '', actionid = '' }, socket) => {
    const item = (fields: Record<string, string>) => send(socket, { ...fields, ActionID: actionid });
    const items: Record<string, Record<string, string>[]> = {
      DeviceStateList: Object.entries(phones).map(([number, State]) => ({
        Event: 'DeviceStateChange',
        Device: `PJSIP/${number}`,
        State,
      })),
      QueueStatus: [
        { Event: 'QueueParams', Queue: 'desk' },
        { Event: 'QueueMember', Queue: 'desk', Location: 'PJSIP/201', Paused: '0', LastCall: '0' },
      ],
      CoreShowChannels: channels.map((Uniqueid) => ({ Event: 'CoreShowChannel', Uniqueid })),
    };
    if (!items[action]) return { Response: 'Success' };
    send(socket, { Response: 'Success', EventList: 'start', ActionID: actionid });
    for (const one of items[action]) item(one);
    item({ Event: `${action}Complete`, EventList: 'Complete' });
    return undefined;
  };

async function world(t: Test) {
  const w = await openKeyWorld(t);
  Object.assign(w.appliance.settings.data, siteOf());
  Object.assign(w.appliance.config.site, { timezone: 'Europe/Paris' });
  await mkdir(w.at('spool'), { recursive: true });
  const board = createLiveBoard(w.appliance);
  const seen = () => board.boardFor({ user: 'carla', seesLast4: false });
  const sheet = answered('1.1').map(([, fact]) => `${w.clock().toISOString()} ${fact}\n`);
  await writeFile(w.appliance.spool.sheetPath(CALL), sheet.join(''));
  const stopping = new AbortController();
  t.teardown(() => stopping.abort());
  const keep = (options: Parameters<typeof keepAmi>[0]) =>
    void keepAmi(options, {
      signal: stopping.signal,
      log: w.log,
      onDown: () => board.down(),
      async onUp(ami) {
        ami.onEvent((event) => board.onEvent(event));
        await board.up(ami);
      },
    });
  return { board, seen, keep };
}

/** How long until something holds, in ms. Throws after five seconds, which is what is promised. */
async function soon(what: string, holds: () => boolean): Promise<number> {
  const began = Date.now();
  while (!holds()) {
    if (Date.now() - began > 5_000) throw new Error(`not within five seconds: ${what}`);
    await delay(20);
  }
  return Date.now() - began;
}

test('phones, queues and channels are asked for at once, and the board is right', async (t) => {
  const { seen, keep } = await world(t);
  t.match(seen(), { stale: true });
  const { options, received } = await peer(t, asterisk({ 201: 'INUSE', 202: 'NOT_INUSE' }, ['1.1']));
  keep(options);
  await soon('the board is right', () => !seen().stale);
  t.match(seen(), {
    calls: [{ id: CALL, state: 'talking', extensions: ['201'] }],
    agents: [{ state: 'talking' }, { state: 'free', queues: [] }, { state: 'private' }],
    queues: [{ loggedIn: 1, available: 0 }],
  });
  const asked = received.map(({ action }) => action).filter((action) => action !== 'Ping');
  t.same(asked, ['login', 'CoreShowChannels', 'DeviceStateList', 'QueueStatus']);
});

test('Asterisk is killed and comes back: within five seconds the board tells no call that is gone', async (t) => {
  const { seen, keep } = await world(t);
  const first = await peer(t, asterisk({ 201: 'INUSE' }, ['1.1']));
  keep(first.options);
  await soon('the call is seen', () => seen().calls.length === 1 && !seen().stale);
  first.stop();
  await soon('the board says that it is stale', () => seen().stale);
  t.match(seen(), { staleSince: /^2026/, calls: [{ id: CALL }] });
  // Long enough for the pauses between two attempts to be the longest.
  await delay(4_000);
  await peer(t, asterisk({ 201: 'NOT_INUSE' }, []), first.options.port);
  const back = await soon('the board is right again', () => !seen().stale);
  t.comment(`right again after ${back} ms`);
  t.match(seen(), { calls: [], agents: [{ state: 'free' }, { state: 'offline' }, {}] });
});

test('what Asterisk says while it is asked is newer than its answer', async (t) => {
  const { seen, keep } = await world(t);
  const lists = asterisk({ 202: 'INUSE' }, ['1.1']);
  const { options } = await peer(t, (fields, socket) => {
    if (fields.action === 'QueueStatus')
      send(socket, { Event: 'DeviceStateChange', Device: 'PJSIP/202', State: 'RINGING' });
    return lists(fields, socket);
  });
  keep(options);
  await soon('the board is right', () => !seen().stale);
  t.match(seen().agents[1], { extension: '202', state: 'ringing' });
});

test('a list that is refused is asked for again, and the board stays stale until then', async (t) => {
  const { seen, keep } = await world(t);
  let refusals = 1;
  const lists = asterisk({ 201: 'NOT_INUSE' }, []);
  const { options } = await peer(t, (fields, socket) =>
    fields.action === 'DeviceStateList' && refusals-- > 0
      ? { Response: 'Error', Message: 'not yet' }
      : lists(fields, socket),
  );
  keep(options);
  await delay(300);
  t.equal(seen().stale, true);
  await soon('the board is right', () => !seen().stale);
});
