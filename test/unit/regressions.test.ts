// Faults found by reading; each test is red until its cure is in, and keeps it in from then on.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Secret, TOTP } from 'otpauth';
import { test } from 'tap';
import { openPeople } from '../../src/access/people.ts';
import { openCatalogue } from '../../src/catalogue/catalogue.ts';
import { rebuildCatalogue } from '../../src/catalogue-rows.ts';
import { mayKeep } from '../../src/consent/verdict.ts';
import { addDuration } from '../../src/shared/duration.ts';
import { openSettings } from '../../src/shared/settings-file.ts';
import { parseSheet } from '../../src/spool/sheet.ts';
import { isThere, keep, keepCall, openStore, swept, unreadable, watched } from './support/store.ts';
import { CALL, codeOf, handClock, ownFolder, RECORDED_CALL, sheetText } from './support/world.ts';

test('a period that no calendar can hold is refused, and not taken for a short one (C21)', async (t) => {
  for (const endless of ['P99999999999D', 'P275000Y', `PT${'9'.repeat(400)}S`])
    t.equal(
      await codeOf(() => addDuration(new Date('2027-07-01T00:00:00Z'), endless)),
      'bad-duration',
      endless,
    );
});

test('a code of the second factor lets in once, when it comes three times at once too', async (t) => {
  const clock = handClock('2026-11-22T08:00:00Z');
  const people = await openPeople(await ownFolder(t), clock);
  const secret = (await people.add('claire', ['manager'], 'a long enough password', true)) ?? '';
  const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: clock().getTime() });
  const logIn = () => codeOf(() => people.authenticate('claire', 'a long enough password', code));
  const ends = await Promise.all([logIn(), logIn(), logIn()]);
  t.same(ends.sort(), ['nothing was thrown', 'wrong-credentials', 'wrong-credentials']);
});

test('a change that could not be written is not in force either', async (t) => {
  const path = join(await ownFolder(t), 'settings.json');
  const file = await openSettings(
    path,
    (value) => value as { count: number },
    async () => ({ count: 1 }),
  );
  await mkdir(`${path}.${process.pid}.tmp`);
  await t.rejects(
    file.update((data) => {
      data.count = 2;
    }),
  );
  t.equal(file.data.count, 1);
});

test('consent that came after the capture began is no consent to it (C02)', async (t) => {
  const facts = [
    'announcement.start id=a',
    'announcement.end',
    'recording.start',
    'consent choice=not-refused',
  ];
  t.equal(mayKeep(parseSheet(CALL, sheetText(...facts))).keep, false);
});

test('an announcement that ended without having begun is not one that was heard (C01)', async (t) => {
  const facts = ['announcement.end', 'consent choice=not-refused', 'recording.start'];
  t.equal(mayKeep(parseSheet(CALL, sheetText(...facts))).keep, false);
});

test('consent that was asked before the announcement was over is no consent (C02)', async (t) => {
  const facts = [
    'announcement.start id=a',
    'consent choice=not-refused',
    'announcement.end',
    'recording.start',
  ];
  t.same(mayKeep(parseSheet(CALL, sheetText(...facts))), { keep: false, reason: 'consent-unknown' });
});

test('changes that overlap are all made', async (t) => {
  const path = join(await ownFolder(t), 'settings.json');
  const open = () =>
    openSettings(
      path,
      (value) => value as { count: number },
      async () => ({ count: 0 }),
    );
  const file = await open();
  const add = () =>
    file.update((data) => {
      data.count += 1;
    });
  await Promise.all([add(), add(), add()]);
  t.equal((await open()).data.count, 3);
});

test('a name that is none is refused by its own error', async (t) => {
  const people = await openPeople(await ownFolder(t), handClock('2026-11-22T08:00:00Z'));
  for (const name of ['', 'Claire', '../x', 'a b'])
    t.equal(await codeOf(() => people.add(name, ['manager'], 'a long enough password', false)), 'bad-user');
});

test('what is destroyed leaves nothing of the person, neither in the catalogue nor in the record (C23)', async (t) => {
  const store = await openStore(t);
  const { id } = await keep(store, '2026-11-22T08:00:00.000Z');
  await keepCall(store, id, ...RECORDED_CALL);
  t.match(store.catalogue.call(id), { last4: '5678', extension: '201' });
  await swept(store.destruction(), store.clock());
  const fresh = await openCatalogue(await ownFolder(t));
  t.teardown(() => fresh.close());
  await rebuildCatalogue(store.vault, fresh, unreadable);
  t.same(fresh.recording(id), store.catalogue.recording(id), 'the same row that its tombstone gives');
  t.match(store.catalogue.call(id), { last4: '', fingerprint: '', extension: '', recorded: 1 });
  t.same(fresh.call(id), store.catalogue.call(id), 'and the same that its record gives');
  t.match(store.catalogue.count(store.clock().toISOString()), { recordings: 1, destroyed: 1, due: 0 });
});

test('what is due is counted by the clock of the appliance', async (t) => {
  const store = await openStore(t);
  await keep(store, '2026-11-22T08:00:00.000Z');
  t.equal(store.catalogue.count('2026-11-22T07:59:59.999Z').due, 0);
  t.equal(store.catalogue.count('2026-11-22T08:00:00.000Z').due, 1);
});

test('a destruction that was cut short is ended, though the catalogue was lost with it', async (t) => {
  const store = await openStore(t);
  const { id, folder } = await keep(store, '2026-11-22T08:00:00.000Z');
  const cut = watched(store.destruction(), (step) => {
    if (step === 'folder') throw new Error('cut');
  });
  await swept(cut, store.clock());
  t.equal(await rebuildCatalogue(store.vault, store.catalogue, unreadable), 1);
  t.same((await swept(store.destruction(), store.clock())).destroyed, [id]);
  t.notOk(await isThere(join(store.root, folder)));
  t.equal(store.catalogue.recording(id)?.state, 'destroyed');
});
