// Who may have everything of a person destroyed: two people, for somebody who was identified, with a trace that comes first.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'tap';
import type { AuditEntry } from '../../src/audit/journal.ts';
import { openCatalogue } from '../../src/catalogue/catalogue.ts';
import { rebuildCatalogue } from '../../src/catalogue-rows.ts';
import { openRequest } from '../../src/rights-desk.ts';
import { eraseForRequest } from '../../src/rights-erasure.ts';
import { searchForRequest } from '../../src/rights-search.ts';
import { keepOf, openDesk, PARTY, requestOf } from './support/rights.ts';
import { unreadable, watched } from './support/store.ts';
import { codeOf, ownFolder } from './support/world.ts';

const BY: [string, string] = ['diane', 'marie'];

test('nothing goes before it is known who asks, at the wish of one person alone, or for another kind of request', async (t) => {
  const desk = await openDesk(t);
  const mine = await keepOf(desk);
  const asked = {
    channel: 'email',
    reference: '',
    person: null,
    note: '',
    numbers: ['0612345678'],
    by: 'diane',
  } as const;
  const open = { ...asked, receivedAt: desk.clock(), numbers: [...asked.numbers] };
  const { id } = await openRequest(desk.appliance, { ...open, kind: 'erasure' });
  const code = (request: string, by: [string, string] = BY) =>
    codeOf(() => eraseForRequest(desk.appliance, request, by));
  t.equal(await code(id), 'not-identified');
  t.equal(await code((await requestOf(desk, 'access')).id), 'wrong-kind');
  t.equal(await code((await requestOf(desk, 'erasure')).id, ['diane', 'diane']), 'same-person');
  t.equal(await code('2026-0099'), 'no-such-request');
  t.equal(desk.catalogue.recording(mine)?.state, 'sealed');
  t.notOk((await readFile(join(desk.root, 'audit', 'log'), 'utf8')).includes('rights-erase'));
});

test('the audit log has who asked and who approved before the first file goes; without it nothing goes', async (t) => {
  const desk = await openDesk(t);
  const mine = await keepOf(desk);
  const { id } = await requestOf(desk, 'erasure');
  let before: unknown;
  const looking = watched(desk.destruction(), () => {
    before ??= desk.audit.entries();
  });
  await eraseForRequest(desk.appliance, id, BY, looking);
  const told = ((await before) as AuditEntry[]).filter(({ action }) => action !== 'purge');
  t.match(told.at(-1), {
    actor: 'diane',
    action: 'rights-erase',
    subject: id,
    reason: 'approved by marie',
  });
  t.notOk(JSON.stringify(await desk.audit.entries()).includes(PARTY.fingerprint));
  const next = await keepOf(desk);
  desk.audit.write = () => Promise.reject(new Error('no room'));
  await t.rejects(eraseForRequest(desk.appliance, id, BY));
  t.equal(desk.catalogue.recording(next)?.state, 'sealed');
  t.equal(desk.catalogue.recording(mine)?.state, 'destroyed');
});

test('an index that is not filled, or has lost a row, never makes a recording count as gone', async (t) => {
  const desk = await openDesk(t);
  const [mine, other] = [await keepOf(desk), await keepOf(desk)];
  const { id } = await requestOf(desk, 'erasure');
  const losing = watched(desk.destruction(), (step) => {
    if (step === 'header') desk.catalogue.remove({ recordings: [mine, other], calls: [] });
  });
  const { recordings, doneAt } = await eraseForRequest(desk.appliance, id, BY, losing);
  t.same([recordings.map(({ outcome }) => outcome).sort(), doneAt], [['destroyed', 'failed'], null]);
  const empty = await openCatalogue(await ownFolder(t));
  t.teardown(() => empty.close());
  Object.assign(desk.appliance, { catalogue: empty });
  t.equal(await codeOf(() => eraseForRequest(desk.appliance, id, BY)), 'catalogue-stale');
  t.equal(await codeOf(() => searchForRequest(desk.appliance, id, 'diane')), 'catalogue-stale');
  t.equal(await rebuildCatalogue(desk.vault, empty, unreadable), 2);
  const again = await eraseForRequest(desk.appliance, id, BY);
  t.same(
    again.recordings.map(({ outcome }) => outcome),
    ['destroyed', 'destroyed'],
    'once it is filled again',
  );
});
