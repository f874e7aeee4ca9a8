// What an admin sees of the purge, and what the page of what goes when is made of (C23).

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Test, test } from 'tap';
import { openAlarms } from '../../src/alarms/alarms.ts';
import type { Appliance } from '../../src/appliance.ts';
import { purgeCommand } from '../../src/cli/purge.ts';
import { placeHold } from '../../src/legal-holds.ts';
import { createLogger } from '../../src/shared/logger.ts';
import { run } from './support/cli.ts';
import { openKeyWorld } from './support/keys.ts';
import { keep, openStore, type Store } from './support/store.ts';
import { openWeb } from './support/web.ts';

const DUE = '2026-11-22T08:00:00.000Z';
const TOMORROW = '2026-11-23T08:00:00.000Z';
const HELD_UNTIL = '2027-05-22T00:00:00.000Z';

async function opened(t: Test) {
  const store = await openStore(t);
  const alarms = await openAlarms(join(store.root, 'alarms'), store.clock, createLogger('silent'));
  const appliance = { ...store, alarms } as unknown as Appliance;
  const purge = (...words: string[]) => run(t, purgeCommand, appliance, 'purge', ...words);
  return { store, appliance, purge };
}

async function hold(store: Store, id: string) {
  const wish = { recordings: [id], matter: 'a trial', reason: 'the judge asked', endsAt: HELD_UNTIL };
  await placeHold(store as unknown as Appliance, wish, ['marie', 'diane']);
}

test('a dry run shows what would go and what is kept back and until when, and destroys nothing', async (t) => {
  const { store, purge } = await opened(t);
  const [due, later, held] = [await keep(store, DUE), await keep(store, TOMORROW), await keep(store, DUE)];
  await hold(store, held.id);
  const shown = async (...words: string[]) => JSON.parse((await purge('--dry-run', '--json', ...words)).out);
  const kept = { id: held.id, dueAt: DUE, goesAt: HELD_UNTIL, kept: `held until ${HELD_UNTIL}` };
  t.same(await shown(), [{ id: due.id, dueAt: DUE, goesAt: DUE, kept: '' }, kept]);
  t.same(
    (await shown('--days', '1')).map(({ id }: { id: string }) => id),
    [due.id, later.id, held.id],
  );
  t.match((await shown('--days', '365'))[2], { id: held.id, kept: '' }, 'by then the hold is over');
  t.match((await purge('--dry-run')).out, new RegExp(`${held.id} .* held until ${HELD_UNTIL}`));
  t.match(store.catalogue.count(DUE), { recordings: 3, destroyed: 0 });
  t.match((await (await opened(t)).purge('--dry-run')).err, 'nothing is due');
});

test('a purge says what it did, ends with 1 when something failed, and keeps what is held', async (t) => {
  const { store, purge } = await opened(t);
  const [, stuck, held] = [await keep(store, DUE), await keep(store, DUE), await keep(store, DUE)];
  await hold(store, held.id);
  await writeFile(join(store.root, stuck.folder, 'not ours'), 'somebody put this here');
  const first = await purge();
  t.match(first, { status: 1, out: '1 destroyed, 0 kept, 1 failed\n' });
  t.match(first.err, new RegExp(`greffier: ${stuck.id}: .*ENOTEMPTY`));
  t.match(store.catalogue.recording(held.id), { state: 'sealed' });
  const { status, out } = await purge('--json');
  t.equal(status, 1);
  t.match(JSON.parse(out), { destroyed: 0, failures: 1, failed: [{ id: stuck.id }], suspended: null });
});

test('while the clock is in doubt a purge destroys nothing and ends with 1', async (t) => {
  const { store, appliance, purge } = await opened(t);
  await keep(store, DUE);
  const suspended = { since: DUE, wall: '2027-12-22T08:00:00.000Z', expected: DUE };
  appliance.time = {
    now: async () => ({ at: new Date(DUE), suspended, back: false }),
    confirm: async () => {},
  };
  t.match(await purge(), { status: 1, out: '0 destroyed', err: /two people confirm/ });
  t.match(JSON.parse((await purge('--json')).out), { destroyed: 0, suspended });
  t.match((await purge('--dry-run')).err, /the clock has jumped/);
  t.match(store.catalogue.count(DUE), { destroyed: 0, due: 1 });
});

test('the preview tells how much goes on which day, and which recordings, a page at a time', async (t) => {
  const w = await openKeyWorld(t);
  const { person } = await openWeb(t, w.appliance, w.root, w.clock);
  const store = w.appliance as unknown as Store;
  const days = ['2027-01-01', '2027-01-01', '2027-01-03', '2027-02-27'];
  const now = w.clock();
  for (const day of days) await keep(store, `${day}T08:00:00.000Z`);
  const manager = await person('manager', ['manager']);
  const from = Math.ceil((Date.parse('2027-01-04T00:00:00Z') - now.getTime()) / 86_400_000);
  const url = `/api/retention/preview?days=${from}&limit=2`;
  const first = (await manager('GET', url)).body;
  t.match(first.days, [
    { day: '2027-01-01', recordings: 2, bytes: 2_000 },
    { day: '2027-01-03', recordings: 1, bytes: 1_000 },
  ]);
  t.equal(first.days.length, 2);
  t.match(first, { at: now.toISOString(), suspended: null });
  const second = (await manager('GET', `${url}&cursor=${first.next}`)).body;
  t.same(
    [...first.recordings, ...second.recordings].map(({ goesAt }) => goesAt.slice(0, 10)),
    days.slice(0, 3),
  );
  t.equal(second.next, null);
  t.notMatch(JSON.stringify(first), /5678|f00d|"201"/, 'nothing of a person');
  const wrong = await manager('GET', `${url}&cursor=2027-01-01`);
  t.equal(wrong.status, 400);
  const quality = await person('quality', ['quality']);
  t.equal((await quality('GET', url)).status, 403);
});
