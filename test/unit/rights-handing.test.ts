// What leaves the rights desk by the browser: the draft of the answer, and the package, once and to whoever asked.

import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { type Test, test } from 'tap';
import { callOf, keepOf, NUMBER, openDesk, requestOf, sealedOf } from './support/rights.ts';
import { openWeb } from './support/web.ts';
import { makeKey, ownFolder } from './support/world.ts';

async function web(t: Test) {
  const desk = await openDesk(t);
  const { server, sessions, person, again } = await openWeb(t, desk.appliance, desk.root, desk.clock);
  const diane = await person('diane', ['dpo'], { steppedUp: true });
  const paul = await person('paul', ['dpo']);
  /** Bytes, as a browser takes them. */
  const bytesFor = async (url: string) =>
    (await server.inject({ url, cookies: { '__Host-session': sessions.begin('diane') } })).rawPayload;
  return { desk, diane, paul, bytesFor, again };
}

test('the package is made after the second factor, leaves once, and is noted when it has left', async (t) => {
  const { desk, diane, paul, bytesFor } = await web(t);
  const key = await makeKey();
  const { id: mine } = await sealedOf(t, desk, [key.armoredPublic]);
  const { id: other } = await sealedOf(t, desk, [key.armoredPublic]);
  const { id } = await requestOf(desk, 'access');
  const at = `/api/rights/${id}/package`;
  t.match(await paul('POST', at, {}), { status: 403, body: { error: { code: 'step-up-needed' } } });
  const made = await diane('POST', at, { withhold: { [other]: 'the trade secret of a third party' } });
  t.match(made, { status: 201, body: { name: `request-${id}.tar` } });
  const address = `${at}?ticket=${made.body.ticket}`;
  t.match(await paul('GET', address), { status: 404, body: { error: { code: 'no-such-package' } } });
  t.equal((await diane('GET', `/api/rights/2026-0999/package?ticket=${made.body.ticket}`)).status, 404);
  t.same((await diane('GET', `/api/rights/${id}`)).body.exports, [], 'nothing has left yet');

  const to = await ownFolder(t);
  await writeFile(join(to, 'package.tar'), await bytesFor(address));
  await execa('tar', ['--extract', `--file=${to}/package.tar`, `--directory=${to}`]);
  const folder = join(to, `request-${id}`);
  t.ok((await readdir(join(folder, 'recordings'))).includes(`${mine}.pgp`));
  t.notOk((await readdir(join(folder, 'recordings'))).includes(`${other}.pgp`));
  await execa('sha256sum', ['--check', 'SHA256SUMS', 'SEALED256SUMS'], { cwd: folder });
  t.match((await diane('GET', `/api/rights/${id}`)).body.exports, [
    { by: 'diane', recordings: [{ id: mine }], withheld: [{ id: other }] },
  ]);
  t.equal((await diane('GET', address)).status, 404, 'a second time there is nothing');
  t.same(await readdir(join(desk.root, 'downloads')), [], 'nothing stays on the box');
});

test('the draft is read in both languages, and says what was done', async (t) => {
  const { desk, diane } = await web(t);
  const { id } = await requestOf(desk, 'access');
  await diane('POST', `/api/rights/${id}/search`, {});
  const [fr, en] = [
    await diane('GET', `/api/rights/${id}/letter?language=fr`),
    await diane('GET', `/api/rights/${id}/letter?language=en`),
  ];
  t.match(fr.type, /^text\/markdown/);
  t.match(fr.body, /aucune donnée/);
  t.match(en.body, new RegExp(`reference ${id}`));
  t.equal((await diane('GET', `/api/rights/${id}/letter?language=de`)).status, 400);
});

test('a person whose number was withheld is found by day and line, and the calls are attached', async (t) => {
  const { desk, diane } = await web(t);
  const call = '3f2b8c1e-5a64-4c0e-9d7a-0000000000aa';
  const { arrivedAt } = await callOf(desk, call, { last4: '', fingerprint: '' } as never);
  const { id } = await requestOf(desk, 'access', []);
  const day = arrivedAt.slice(0, 10);
  const find = (body: object) => diane('POST', `/api/rights/${id}/find`, body);
  t.match(await find({ from: day, to: day, line: '+33123456701' }), {
    status: 200,
    body: { calls: [{ id: call, recorded: false }] },
  });
  t.same((await find({ from: day, to: day, line: '+33999999999' })).body.calls, []);
  t.match(await find({ from: '2026-02-30', to: day }), { body: { error: { code: 'bad-date' } } });
  t.match(await find({ from: day, to: '2020-01-01' }), { body: { error: { code: 'bad-period' } } });
  t.match(await diane('POST', `/api/rights/${id}/search`, { calls: [call] }), {
    body: { calls: [{ id: call }] },
  });
});

test('each kind is worked on to its answer, and what was not done cannot be granted', async (t) => {
  const { desk, diane: first, again } = await web(t);
  let diane = first;
  const added: string[] = [];
  Object.assign(desk.appliance, { objections: { add: async (number: string) => added.push(number) } });
  const on = (id: string, name: string, body?: object) => diane('POST', `/api/rights/${id}/${name}`, body);

  const { id: objects } = await requestOf(desk, 'objection');
  t.match(await on(objects, 'answer', { outcome: 'granted' }), { body: { error: { code: 'not-done' } } });
  t.equal((await on(objects, 'objection', { numbers: ['06 12 34 56 78'] })).status, 200);
  t.same(added, [NUMBER], 'it is on the list of those that are never recorded again');
  t.match(await on(objects, 'answer', { outcome: 'granted' }), { body: { status: 'answered' } });
  t.match(await on(objects, 'close', { how: 'answered' }), { body: { status: 'closed' } });

  const { id: corrects } = await requestOf(desk, 'rectification');
  t.match(await on(corrects, 'objection', { numbers: [NUMBER] }), {
    body: { error: { code: 'wrong-kind' } },
  });
  t.equal((await on(corrects, 'note', { text: 'the address is 2 rue de la Paix' })).status, 200);
  t.match(await on(corrects, 'answer', { outcome: 'refused' }), { body: { error: { code: 'no-text' } } });
  desk.clock.move(40 * 86_400_000);
  diane = again('diane', { steppedUp: true });
  t.match(await on(corrects, 'answer', { outcome: 'granted' }), { body: { status: 'answered' } });

  await keepOf(desk);
  const { id: erases } = await requestOf(desk, 'erasure');
  t.match(await again('diane')('POST', `/api/rights/${erases}/erasure`), {
    body: { error: { code: 'step-up-needed' } },
  });
  t.match(await on(erases, 'erasure'), { status: 200, body: { approval: String } });
  t.match((await diane('GET', '/api/rights')).body.figures, {
    open: 1,
    answered: 2,
    inTime: 1,
    meanDays: 20,
    medianDays: 20,
  });
});
