// A site with browser phones: a browser's end of their websocket, and what stands in for Asterisk's.

import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Test } from 'tap';
import { WebSocket, WebSocketServer } from 'ws';
import { until } from '../../support/until.ts';
import { siteOf } from './board.ts';
import { openKeyWorld } from './keys.ts';
import { openWeb } from './web.ts';

export const PATH = '/api/supervision/browser-phone';
/** Carla's; Hugo's is another. */
export const [OWN, OTHER] = ['293', '294'];

export const soon = (what: string, fact: () => Promise<boolean>) => until(what, fact, 5_000);

/** A site with two browser phones, its server, and what stands in for Asterisk's end of the websocket. */
export async function world(t: Test) {
  const w = await openKeyWorld(t);
  const site = siteOf();
  for (const person of site.people) {
    if (person.id === 'carla') person.extensions.push(OWN as string);
    if (person.id === 'hugo') person.extensions.push(OTHER as string);
  }
  Object.assign(w.appliance.settings.data, site);
  const folder = w.at('browser-phones');
  await mkdir(folder, { recursive: true });
  await mkdir(w.at('spool'), { recursive: true });
  for (const number of [OWN, OTHER]) await writeFile(join(folder, number as string), `secret-of-${number}\n`);
  const asterisk = new WebSocketServer({ host: '127.0.0.1', port: 0, path: '/ws' });
  await once(asterisk, 'listening');
  t.teardown(() => asterisk.close());
  const said: string[] = [];
  const ends: WebSocket[] = [];
  asterisk.on('connection', (socket) => {
    ends.push(socket);
    socket.on('message', (data) => said.push(String(data)));
  });
  Object.assign(w.appliance.config.paths, { browserPhones: folder });
  Object.assign(w.appliance.config, {
    asterisk: {
      ...w.appliance.config.asterisk,
      ari: { url: `http://127.0.0.1:${(asterisk.address() as AddressInfo).port}` },
    },
  });
  const web = await openWeb(t, w.appliance, w.root, w.clock);
  await web.person('carla', ['supervisor']);
  await web.person('alice', ['agent']);
  await web.person('zoe', ['manager']);
  const address = new URL(await web.server.listen({ host: '127.0.0.1', port: 0 }));

  /** A browser's end, logged in as somebody, on a page of some site. */
  function open(
    user: string | null,
    origin: string | null = address.origin,
    token = user ? web.sessions.begin(user) : '',
    headers: Record<string, string> = {},
  ) {
    const socket = new WebSocket(`wss://${address.host}${PATH}/socket`, 'sip', {
      rejectUnauthorized: false,
      headers: { cookie: `__Host-session=${token}`, ...(origin && { origin }), ...headers },
    });
    t.teardown(() => socket.terminate());
    return { socket, token };
  }
  return { w, web, asterisk, said, ends, open };
}

/** The status with which a websocket was refused. */
export async function refusal({ socket }: { socket: WebSocket }): Promise<number> {
  socket.on('error', () => {});
  const [, answer] = await once(socket, 'unexpected-response');
  return answer.statusCode;
}

/** The code with which it was closed. */
export async function closed({ socket }: { socket: WebSocket }): Promise<number> {
  const [code] = await once(socket, 'close');
  return code;
}
