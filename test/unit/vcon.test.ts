// A call as a vCon: what was told and how it ended, the sealed recording by id and hash, and nothing of whoever called.

import { test } from 'tap';
import { vconOf } from '../../src/calls/vcon.ts';
import { callRow } from '../../src/catalogue-rows.ts';
import { callsCommands } from '../../src/cli/calls.ts';
import { dayOf } from '../../src/sealing/manifest.ts';
import { canonicalBytes } from '../../src/shared/canonical.ts';
import { recordOf } from './support/calls.ts';
import { run } from './support/cli.ts';
import { keepSealed, oldEnough, openKeyWorld } from './support/keys.ts';
import { openWeb } from './support/web.ts';
import { RECORDED_CALL } from './support/world.ts';

const NUMBER = /612345678|"5678|f00d/;

async function world(t: Parameters<typeof openKeyWorld>[0]) {
  const w = await openKeyWorld(t);
  const { id, manifest } = await keepSealed(t, w, [await oldEnough('Team')]);
  const record = {
    ...recordOf(id, ...RECORDED_CALL, 'ringing', 'answer extension=201', 'call.end cause=16'),
    arrivedAt: manifest.arrivedAt,
    client: 'dupont',
  };
  await w.vault.calls.put(id, dayOf(manifest), canonicalBytes(record));
  w.catalogue.putCall(callRow(record));
  return { w, id, manifest, record };
}

test('a recorded call has a dialog, its record and its sealed recording, and no audio', async (t) => {
  const { w, id, manifest } = await world(t);
  const { person } = await openWeb(t, w.appliance, w.root, w.clock);
  const ask = await person('claire', ['quality']);
  const { status, body } = await ask('GET', `/api/calls/${id}/vcon`);
  t.equal(status, 200);
  t.match(body, { vcon: '0.4.0', uuid: id, dialog: [{ type: 'recording', originator: 0 }] });
  for (const field of ['body', 'url', 'content_hash']) t.notOk(field in body.dialog[0], `no ${field}`);
  t.same(
    body.attachments.map(({ purpose }: { purpose: string }) => purpose),
    ['greffier-call-record', 'greffier-sealed-recording'],
  );
  t.same(JSON.parse(body.attachments[1].body).body, manifest.body, 'by its hash');
  t.notMatch(JSON.stringify(body), NUMBER);
  t.notOk('analysis' in body, 'no transcript');
  t.equal((await ask('GET', '/api/calls/none/vcon')).body.error.code, 'call-not-found');
});

test('the command line prints the same', async (t) => {
  const { w, id } = await world(t);
  const { out } = await run(t, callsCommands, w.appliance, 'calls', 'export', id, '--vcon');
  t.equal(JSON.parse(out).uuid, id);
  t.notMatch(out, NUMBER);
});

test('a call that nobody answered is incomplete, in the words of the draft', async (t) => {
  const { record } = await world(t);
  for (const [disposition, told] of [
    ['unanswered', 'no-answer'],
    ['busy', 'busy'],
    ['abandoned', 'hung-up'],
    ['rejected', 'failed'],
    ['failed', 'failed'],
  ] as const)
    t.match(vconOf({ ...record, disposition }, undefined).dialog, [
      { type: 'incomplete', disposition: told },
    ]);
  t.same(
    vconOf({ ...record, recorded: false, reason: 'refused' }, undefined).dialog,
    [],
    'answered and not recorded: there is no dialog',
  );
});

test('a recording that was destroyed is named no more', async (t) => {
  const { w, id } = await world(t);
  const row = w.catalogue.recording(id);
  if (row)
    w.catalogue.markDestroyed({ ...row, state: 'destroyed', destroyed_at: '2026-11-22T08:00:00.000Z' });
  const { out } = await run(t, callsCommands, w.appliance, 'calls', 'export', id, '--vcon');
  t.equal(JSON.parse(out).attachments.length, 1);
});

test('a token of one client exports the calls of that client alone', async (t) => {
  const { w, id } = await world(t);
  Object.assign(w.settings.data, {
    clients: [{ id: 'dupont' }, { id: 'martin' }].map((one) => ({ ...one, name: one.id })),
  });
  const { person, bearer } = await openWeb(t, w.appliance, w.root, w.clock);
  const claire = await person('claire', ['manager'], { steppedUp: true });
  for (const [client, status] of [
    ['dupont', 200],
    ['martin', 404],
  ] as const) {
    const wish = { name: 'crm', scopes: ['recordings:list'], client, expiresAt: '2027-06-01T00:00:00.000Z' };
    const { secret } = (await claire('POST', '/api/tokens', wish)).body;
    t.equal((await bearer(secret)('GET', `/api/calls/${id}/vcon`)).status, status, client);
  }
});

test('whoever is limited to other clients gets none, as if the call was not there, and that is on record', async (t) => {
  const { w, id } = await world(t);
  const { person, people } = await openWeb(t, w.appliance, w.root, w.clock);
  const anna = await person('anna', ['manager']);
  await people.change('anna', () => ({ clients: ['martin'] }));
  t.match(await anna('GET', `/api/calls/${id}/vcon`), {
    status: 404,
    body: { error: { code: 'call-not-found' } },
  });
  t.match((await w.audit.entries()).at(-1), { actor: 'anna', recording: id, reason: 'other-client' });
  await people.change('anna', () => ({ clients: ['martin', 'dupont'] }));
  t.equal((await anna('GET', `/api/calls/${id}/vcon`)).status, 200);
});
