// Figures for monitoring: on the loopback only, and nothing of a person in them.

import { networkInterfaces } from 'node:os';
import { test } from 'tap';
import { recordingRow } from '../../src/catalogue-rows.ts';
import { figuresOfSite } from '../../src/figures-of-site.ts';
import { countRequests } from '../../src/metrics/requests.ts';
import { serveMetrics } from '../../src/metrics/server.ts';
import { metricsText } from '../../src/metrics/text.ts';
import { openKeyWorld } from './support/keys.ts';
import { manifestOf } from './support/store.ts';
import { openWeb } from './support/web.ts';

async function served(t: Parameters<typeof openKeyWorld>[0]) {
  const w = await openKeyWorld(t);
  const requests = countRequests();
  const server = await serveMetrics(
    0,
    async () => [
      ...(await figuresOfSite(w.appliance, [{ name: 'ami', state: 'down', since: '' }])),
      requests.metric(),
    ],
    () => {},
  );
  t.teardown(() => server.close());
  const { port } = server.address() as { port: number };
  return { w, requests, port, read: async () => (await fetch(`http://127.0.0.1:${port}/metrics`)).text() };
}

test('the figures are those of the appliance', async (t) => {
  const { w, requests, read } = await served(t);
  w.catalogue.putRecording(
    recordingRow(manifestOf('00000000-0000-4000-8000-000000000001', '2026-11-22T06:00:00.000Z')),
  );
  w.catalogue.putRecording(
    recordingRow(manifestOf('00000000-0000-4000-8000-000000000002', '2026-11-22T07:30:00.000Z')),
  );
  await w.alarms.raise('sealing.failed', 'call of +33612345678 cannot be sealed', 'one');
  await w.alarms.raise('sealing.failed', 'the same', 'two');
  await w.audit.write({ actor: 'claire', action: 'play', reason: 'complaint' });
  requests.count('GET', '/api/recordings/:id', 200);
  requests.count('GET', '/api/recordings/:id', 200);
  const text = await read();
  const value = (name: string) =>
    text
      .split('\n')
      .find((line) => line.startsWith(`greffier_${name} `))
      ?.split(' ')[1];
  t.equal(value('recordings_sealed'), '2');
  t.equal(value('purge_overdue'), '1', 'what is due since less than an hour is not overdue');
  t.equal(value('audit_entries'), '1');
  t.equal(value('calls_live'), '0');
  t.equal(value('calls_unexplained'), '0');
  t.equal(value('vault_present'), '1');
  t.match(text, /^greffier_alarms_last_day\{code="sealing\.failed"\} 2$/m);
  t.match(text, /^greffier_service_up\{service="ami"\} 0$/m);
  t.match(
    text,
    /^greffier_http_requests_total\{method="GET",route="\/api\/recordings\/:id",status="200"\} 2$/m,
  );
  t.ok(Number(value('process_resident_bytes')) > 1e6);
});

test('nothing in them says who called, who was called or who listened', async (t) => {
  const { w, read } = await served(t);
  w.catalogue.putRecording(
    recordingRow(manifestOf('00000000-0000-4000-8000-000000000001', '2027-01-01T00:00:00.000Z')),
  );
  await w.alarms.raise('recording.failed', 'call of +33612345678', '00000000-0000-4000-8000-000000000001');
  await w.audit.write({ actor: 'claire', action: 'play', extensions: '201' });
  const text = await read();
  // What is measured may be any number, with those of an extension in it.
  const said = text.replaceAll(/ [-+.\de]+$/gm, '');
  for (const word of [
    '612345678',
    'claire',
    '201',
    '00000000-0000-4000',
    ...w.catalogue.recordings(1).map(({ did }) => did),
  ])
    t.notOk(
      said.split('\n').some((line) => !line.startsWith('#') && line.includes(word)),
      word,
    );
  const labels = [...text.matchAll(/(\w+)="/g)].map(([, name]) => name);
  for (const label of labels) t.match(label, /^(service|code|method|route|status)$/);
});

test('every figure has its help, its kind, and a number', async (t) => {
  const { read } = await served(t);
  const lines = (await read()).trimEnd().split('\n');
  const told = new Set<string>();
  for (const line of lines) {
    const named = /^# (HELP|TYPE) (greffier_\w+) (.+)$/.exec(line);
    if (named) told.add(`${named[1]} ${named[2]}`);
    else {
      const [, name] = /^(greffier_\w+)(?:\{[^}]*\})? (?:\+Inf|-?[\d.e+]+)$/.exec(line) ?? [];
      t.ok(name && told.has(`HELP ${name}`) && told.has(`TYPE ${name}`), line);
    }
  }
  t.equal(
    metricsText([
      { name: 'x', kind: 'gauge', help: 'h', values: [{ labels: { a: 'b"\n\\' }, value: 1 }] },
    ]).split('\n')[2],
    'greffier_x{a="b\\"\\n\\\\"} 1',
  );
});

test('nobody but this machine reaches them', async (t) => {
  const { port } = await served(t);
  const others = Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4');
  for (const { address } of others)
    await t.rejects(fetch(`http://${address}:${port}/metrics`), `${address} does not answer`);
  t.equal((await fetch(`http://127.0.0.1:${port}/other`)).status, 404);
  t.equal((await fetch(`http://127.0.0.1:${port}/metrics`, { method: 'POST' })).status, 404);
});

test('the web server counts by the pattern of the route, not by what was asked for', async (t) => {
  const w = await openKeyWorld(t);
  const requests = countRequests();
  const { person } = await openWeb(t, w.appliance, w.root, w.clock, requests.count);
  const ask = await person('claire', ['manager']);
  await ask('GET', '/api/recordings/secret-id');
  await ask('GET', '/api/nothing/secret-id');
  const text = metricsText([requests.metric()]);
  t.match(text, /route="\/api\/recordings\/:id",status="404"\} 1/);
  t.match(text, /route="none",status="404"\} 1/);
  t.notMatch(text, /secret-id/);
});
