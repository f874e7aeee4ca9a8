// The stream that says when the lists have changed: to whoever may see what changed, and no more than that.

import { once } from 'node:events';
import { test } from 'tap';
import { openCatalogue } from '../../src/catalogue/catalogue.ts';
import { liveListRoutes } from '../../src/catalogue/live-routes.ts';
import { recordingRow } from '../../src/catalogue-rows.ts';
import type { WebServer } from '../../src/http/server.ts';
import { callAt } from './support/calls-of.ts';
import { web } from './support/clients.ts';
import { keep } from './support/store.ts';
import { ownFolder } from './support/world.ts';

test('each change of a list is counted for the client that it concerns', async (t) => {
  const { desk } = await web(t);
  const { catalogue } = desk;
  const of = (clients?: string[]) => catalogue.changes.count(clients);
  const before = [of(), of(['demo']), of(['autre'])] as const;
  const { id, manifest } = await keep(desk, '2027-05-22T08:15:00.123Z');
  const row = recordingRow(manifest);
  catalogue.putRecording(row);
  catalogue.putCall(callAt('2026-11-20T09:00:00Z', { client: 'autre' }));
  const sealed = of(['demo']) - before[1];
  t.ok(sealed >= 1);
  t.equal(of(['autre']) - before[2], 1);
  t.equal(of() - before[0], sealed + 1);
  catalogue.hold(id, '2028-01-01T00:00:00.000Z');
  t.equal(of(['demo']) - before[1], sealed + 1, 'a hold shows in the list');
  catalogue.hold('no-such-recording', null);
  t.equal(of() - before[0], sealed + 2);
  t.equal(of([]), 0);
});

test('whoever looks is told at once, and forgotten when they go or may no longer', async (t) => {
  const catalogue = await openCatalogue(await ownFolder(t));
  t.teardown(() => catalogue.close());
  const streams: NodeJS.ReadableStream[] = [];
  let good = true;
  const server = {
    addHook() {},
    get: (_path: string, _options: object, answer: (request: object, reply: object) => Promise<unknown>) =>
      void answer(
        { scope: ['demo'] },
        { type: () => ({ send: (stream: NodeJS.ReadableStream) => void streams.push(stream) }) },
      ),
  };
  liveListRoutes(server as unknown as WebServer, {
    changes: catalogue.changes,
    now: () => new Date(0),
    mayStill: async () => good,
    pace: { gapMs: 10, heartbeatMs: 40 },
  });
  const [stream] = streams;
  if (!stream) return t.fail('no stream');
  let text = '';
  const told = async (part: RegExp) => {
    while (!part.test(text)) text += String((await once(stream, 'data'))[0]);
    return text;
  };
  t.match(await told(/"changes":0/), /event: changed/);
  catalogue.putCall(callAt('2026-11-20T09:00:00Z', { client: 'autre' }));
  catalogue.putCall(callAt('2026-11-20T09:00:00Z'));
  t.notMatch(await told(/"changes":1/), /201|2026/, 'and of what, it does not say');
  good = false;
  stream.resume();
  await once(stream, 'end');
});
