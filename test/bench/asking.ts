// Asks a server of this machine over HTTPS, on one connection that stays open, as a browser does.

import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { json } from 'node:stream/consumers';

export type Ask = (path: string) => Promise<unknown>;

/** @param cookie of somebody who is logged in */
export function askAs(cookie: string, port: number, teardown: (end: () => unknown) => void): Ask {
  const agent = new Agent({ keepAlive: true, maxSockets: 1, rejectUnauthorized: false });
  teardown(() => agent.destroy());
  return async (path) => {
    const sent = request({ agent, port, path, host: '127.0.0.1', headers: { cookie } });
    sent.end();
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    const body = await json(answer);
    if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode} ${JSON.stringify(body)}`);
    return body;
  };
}
