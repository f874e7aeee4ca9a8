// ARI, asked which channels live, by a peer over a real socket that describes itself as Asterisk does.

import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Test, test } from 'tap';
import { createAri } from '../../src/asterisk/ari.ts';
import { codeOf } from './support/world.ts';

const USER = 'greffier';
const SECRET = 'the secret of this test';

const channels = {
  swaggerVersion: '1.1',
  apis: [
    {
      path: '/channels',
      operations: [
        { httpMethod: 'GET', nickname: 'list', summary: '', notes: '', responseClass: 'List[Channel]' },
      ],
    },
  ],
  models: {},
};

/** A peer with two channels. */
async function asterisk(t: Test): Promise<string> {
  const server = createServer((request, answer) => {
    const base = `http://${request.headers.host}/ari`;
    const found: Record<string, object> = {
      '/ari/api-docs/resources.json': {
        apiVersion: '8.0.0',
        swaggerVersion: '1.1',
        basePath: base,
        apis: [{ path: '/api-docs/channels.{format}', description: 'Channels' }],
      },
      '/ari/api-docs/channels.json': { ...channels, basePath: base, resourcePath: '/api-docs/channels.json' },
      '/ari/channels': [{ id: '1795886.1' }, { id: '1795886.2' }],
    };
    const body = isKnown(request) ? found[String(request.url).split('?')[0] ?? ''] : undefined;
    answer.writeHead(isKnown(request) ? (body ? 200 : 404) : 401, { 'content-type': 'application/json' });
    answer.end(JSON.stringify(body ?? {}));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const isKnown = ({ headers }: IncomingMessage) =>
  headers.authorization === `Basic ${Buffer.from(`${USER}:${SECRET}`).toString('base64')}`;

test('standard output belongs to whoever asked, not to the library that speaks ARI', async (t) => {
  const said = t.capture(console, 'log');
  const live = await createAri({ url: await asterisk(t), user: USER, secret: SECRET }).liveChannels();
  t.same([...live], ['1795886.1', '1795886.2']);
  t.same(
    said().map(({ args }) => args),
    [],
  );
  console.log('what we say ourselves is said');
  t.same(
    said().map(({ args }) => args),
    [['what we say ourselves is said']],
  );
});

test('an Asterisk that refuses or does not answer is an error', async (t) => {
  const url = await asterisk(t);
  const ask = (options: object) =>
    codeOf(() => createAri({ url, user: USER, secret: SECRET, ...options }).liveChannels());
  t.equal(await ask({ secret: 'another one' }), 'ari-unreachable');
  t.equal(await ask({ url: 'http://127.0.0.1:9' }), 'ari-unreachable');
});
