// Whom a webhook tells what, in which form, and where it may lead.

import { readdir, readFile, writeFile } from 'node:fs/promises';
import { test } from 'tap';
import { addressOf, checkUrl } from '../../src/webhooks/address.ts';
import { fill } from '../../src/webhooks/event.ts';
import { ID, listed, world } from './support/hook.ts';
import { openKeyWorld } from './support/keys.ts';
import { sheetText } from './support/world.ts';

test('a hook of one client hears of that client alone; the appliance as a whole is none of its business', async (t) => {
  const { w, hooks, receiver } = await world(t, { client: 'martin' });
  listed(w);
  await hooks.reached(ID, 'catalogued');
  await w.alarms.raise('disk.low', 'the vault fills up');
  await hooks.look();
  t.same(receiver.taken, []);
});

test('destructions, objections and alarms are told from the log, once', async (t) => {
  const { w, hooks, receiver } = await world(t);
  listed(w);
  await w.audit.write({ actor: 'root', action: 'objection-added' });
  await w.audit.write({ actor: 'system', action: 'purge', recording: ID, reason: 'due' });
  await w.alarms.raise('disk.low', 'the vault of +33612345678 fills up', ID);
  await hooks.look();
  const told = () => receiver.taken.map(({ headers }) => headers['greffier-event']);
  t.same(told().sort(), ['alarm.raised', 'opt-out'], 'what is not destroyed yet is not told as destroyed');
  const row = w.catalogue.recording(ID);
  if (row)
    w.catalogue.markDestroyed({ ...row, state: 'destroyed', destroyed_at: '2026-11-22T08:00:00.000Z' });
  await hooks.look();
  await hooks.look();
  t.same(told().sort(), ['alarm.raised', 'opt-out', 'recording.destroyed']);
  const alarm = JSON.parse(receiver.taken.find(({ body }) => body.includes('disk.low'))?.body ?? '');
  t.same(alarm.alarm, { code: 'disk.low', call: ID }, 'its code, and no words');
});

test('a call that was refused is an opt-out', async (t) => {
  const { w, hooks, receiver } = await world(t);
  listed(w, { recorded: 0, reason: 'refused' });
  w.catalogue.remove({ recordings: [ID], calls: [] });
  await hooks.reached(ID, 'catalogued');
  await hooks.look();
  t.same(receiver.taken.map(({ headers }) => headers['greffier-event']).sort(), ['call.ended', 'opt-out']);
});

test('a template gives the form of another program, with its token', async (t) => {
  const w = await openKeyWorld(t);
  const [template, bearer] = [w.at('template.json'), w.at('bearer')];
  await writeFile(
    template,
    '{"properties":{"hs_call_title":"{{call.line}} ({{call.disposition}})","hs_call_duration":"{{call.durationMs}}","none":"{{call.constructor}}"}}',
  );
  await writeFile(bearer, 'pat-123\n');
  const { w: world2, hooks, receiver } = await world(t, { template, bearer, events: ['call.ended'] });
  listed(world2);
  await hooks.reached(ID, 'catalogued');
  await hooks.look();
  t.same(JSON.parse(receiver.taken[0]?.body ?? ''), {
    properties: { hs_call_title: 'Accueil (answered)', hs_call_duration: 60_000, none: null },
  });
  t.equal(receiver.taken[0]?.headers.authorization, 'Bearer pat-123');
});

test('the number travels to a hook of that client alone, where the site has said so, and never of who objected', async (t) => {
  for (const [hook, more, expected] of [
    [{ client: 'dupont', numbers: true }, {}, '+33612345678'],
    [{ client: 'dupont' }, {}, undefined],
    [{ numbers: true }, {}, undefined],
    [{ client: 'dupont', numbers: true }, { reason: 'objected', recorded: 0 }, undefined],
  ] as const) {
    const { w, hooks, receiver } = await world(t, { ...hook, events: ['call.ended'] });
    Object.assign(w.appliance.config, { secrets: { hmac: 'a key of the tests' } });
    listed(w, more);
    const arrival = 'arrival direction=inbound from=0612345678 did=33170000000';
    await writeFile(w.appliance.spool.sheetPath(ID), sheetText(arrival));
    await hooks.reached(ID, 'catalogued');
    await hooks.look();
    t.equal(JSON.parse(receiver.taken[0]?.body ?? '').number, expected, JSON.stringify({ ...hook, ...more }));
  }
});

test('the mappings that are shipped are filled from a call without a gap', async (t) => {
  const call = {
    id: ID,
    direction: 'inbound',
    directionTitle: 'Inbound',
    directionUpper: 'INBOUND',
    line: 'Accueil',
    startedAt: '2026-11-22T07:00:00.000Z',
    answeredAt: null,
    endedAt: null,
    day: '2026-11-22',
    durationSeconds: 60,
    durationMs: 60_000,
    disposition: 'answered',
    recorded: true,
    reason: null,
  };
  const event = {
    id: 'call.ended:1',
    type: 'call.ended' as const,
    at: '',
    site: 'S',
    client: 'dupont',
    call,
  };
  const names = (await readdir('appliance/webhooks')).filter((name) => name.endsWith('.json'));
  t.same(names.sort(), ['hubspot.json', 'pipedrive.json', 'salesforce.json']);
  for (const name of names) {
    const filled = JSON.stringify(
      fill(JSON.parse(await readFile(`appliance/webhooks/${name}`, 'utf8')), event),
    );
    t.notMatch(filled, /null|\{\{|undefined/, name);
    t.match(filled, /60/, name);
  }
});

test('an address that a webhook cannot have is refused before anything is sent', async (t) => {
  for (const url of [
    'http://example.org/',
    'ftp://example.org/',
    'https://user:secret@example.org/',
    'nothing',
    'http://127.0.0.1.example.org/',
  ])
    t.throws(() => checkUrl(url), { code: 'bad-webhook' }, url);
  for (const url of ['https://example.org/hook', 'http://127.0.0.1:8080/', 'http://localhost/'])
    t.ok(checkUrl(url), url);
  for (const host of [
    '10.0.0.1',
    '169.254.169.254',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[fd00::1]',
    '192.168.1.1',
    '0.0.0.0',
    '2130706433',
    '100.64.0.1',
  ])
    await t.rejects(addressOf(new URL(`https://${host}/`), []), { code: 'webhook-refused' }, host);
  t.match(await addressOf(new URL('https://10.1.2.3/'), ['10.1.0.0/16']), { address: '10.1.2.3', family: 4 });
  t.match(await addressOf(new URL('https://192.0.2.1/'), []), { address: '192.0.2.1' });
});
