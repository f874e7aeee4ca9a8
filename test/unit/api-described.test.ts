// The description of the API is made from the routes that run, and what they answer is held against it: `openWeb` makes a
// fault of each answer and each code that is not as described, so every test of a route is a test of its description.

import { test } from 'tap';
import { PERMISSIONS, ROLES } from '../../src/access/roles.ts';
import { CODES } from '../../src/api/codes.ts';
import { TOPICS } from '../../src/api/titles.ts';
import { keepSealed, lay, oldEnough, openKeyWorld } from './support/keys.ts';
import { sources } from './support/sources.ts';
import { type Method, openWeb } from './support/web.ts';

interface Operation {
  operationId: string;
  summary: string;
  'x-title-fr': string;
  'x-permission': string;
  'x-roles': string[];
  'x-step-up': boolean;
  'x-errors': string[];
  requestBody?: { content: Record<string, { schema: object }> };
  parameters?: { name: string; in: string; schema: object }[];
  responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>;
}
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
}

test('every route that runs is described with its permission, request, answers and errors, and nothing else is', async (t) => {
  const w = await openKeyWorld(t);
  const { server, person } = await openWeb(t, w.appliance, w.root, w.clock);
  const ask = await person('paul', ['agent']);
  const { status, body } = await ask('GET', '/api/openapi.json');
  t.equal(status, 200);
  const { openapi, paths } = body as Document;
  t.equal(openapi, '3.1.0');
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
  );
  const running = server.inventory.map(({ method, url }) => `${method} ${url}`);
  t.same(described.sort(), running.sort());
  t.same(
    TOPICS.flatMap(({ routes }) => Object.keys(routes)).sort(),
    running,
    'no line describes a route that is gone',
  );
  const ids = new Set<string>();
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const name = `${method} ${path}`;
      t.notOk(ids.has(operation.operationId), `${name} has an id of its own`);
      ids.add(operation.operationId);
      const permission = operation['x-permission'];
      t.ok(permission === 'public' || permission in PERMISSIONS, `${name} says who may: ${permission}`);
      t.ok(permission === 'public' || operation['x-roles'].every((role) => ROLES.includes(role as never)));
      t.ok(operation.summary && operation['x-title-fr'], `${name} is in words`);
      t.ok(operation.responses['5XX'], `${name} may fail`);
      const good = Object.entries(operation.responses).filter(([code]) => /^[12]/.test(code));
      t.equal(good.length, 1, `${name} answers in one way`);
      for (const [code, answer] of good)
        t.ok(
          ['101', '204'].includes(code) || Object.values(answer.content ?? {})[0]?.schema,
          `${name} says what it answers`,
        );
      for (const code of operation['x-errors']) {
        const told = operation.responses[`${CODES[code]?.status}`]?.description ?? '';
        t.ok(told.includes(`\`${code}\``), `${name} describes ${code}`);
      }
      for (const [, field] of path.matchAll(/\{(\w+)\}/g))
        t.ok(
          operation.parameters?.some((one) => one.in === 'path' && one.name === field),
          `${name} describes ${field}`,
        );
    }
  }
});

test('a code that is described is one that the program has, and one that no route names is not described', async (t) => {
  const text = sources('src/**/*.ts')
    .filter(({ path }) => !path.startsWith('src/api/'))
    .map((source) => source.text)
    .join('\n');
  const w = await openKeyWorld(t);
  const { server } = await openWeb(t, w.appliance, w.root, w.clock);
  const named = new Set(server.inventory.flatMap(({ errors }) => errors));
  const ofAll = ['foreign-origin', 'not-found'];
  for (const code of Object.keys(CODES)) {
    const stem = code.replace(/^supervision-/, '');
    t.ok(
      text.includes(`'${code}'`) || text.includes(`'${stem}'`) || text.includes(`${stem}:`),
      `${code} is thrown`,
    );
    t.ok(named.has(code) || ofAll.includes(code), `${code} is named by a route`);
  }
});

test('a walk over the routes of an appliance that holds recordings meets what is described', async (t) => {
  const w = await openKeyWorld(t);
  const [recovery, team] = [await oldEnough('Recovery'), await oldEnough('Team')];
  await lay(w, 'recovery', recovery);
  await lay(w, 'recipients/team', team);
  const { id } = await keepSealed(t, w, [recovery, team]);
  const { server, person } = await openWeb(t, w.appliance, w.root, w.clock);
  const ask = await person('claire', [...ROLES], { steppedUp: true });
  const reads = server.inventory.filter(({ method }) => method === 'GET');
  t.ok(reads.length > 20, `${reads.length} routes are read`);
  for (const { url } of reads) {
    const { status, body } = await ask('GET' as Method, url.replace(':id', id).replaceAll(/:\w+/g, 'none'));
    t.ok(status < 500, `${url} answers ${status}`);
    if (status >= 400) t.equal(CODES[body.error.code]?.status, status, `${url}: ${body.error.code}`);
  }
  t.equal((await ask('GET', '/api/recordings')).body.recordings.length, 1);
  t.equal((await ask('GET', `/api/recordings/${id}`)).body.manifest.id, id);
  t.equal((await ask('GET', '/api/keys')).body.recovery.length, 1);
});
