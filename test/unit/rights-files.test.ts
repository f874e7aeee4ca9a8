// The register on disk: numbered, changed whole or not at all, and one damaged file is no harm to the others.

import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'tap';
import { openRegister } from '../../src/rights/register.ts';
import { answer, close, identify } from '../../src/rights/steps.ts';
import { openRequest, rightsUpkeep, work } from '../../src/rights-desk.ts';
import { NUMBER, openDesk, received, requestOf } from './support/rights.ts';
import { codeOf, ownFolder } from './support/world.ts';

const DAY = 86_400_000;

test('requests are numbered by the year, and no two of them alike', async (t) => {
  const folder = await ownFolder(t);
  const [one, other] = [openRegister(folder), openRegister(folder)];
  const asked = received('2026-06-01T10:00:00.000Z');
  const made = await Promise.all([one.add(asked), other.add(asked), one.add(asked)]);
  t.same(made.map(({ id }) => id).sort(), ['2026-0001', '2026-0002', '2026-0003']);
  t.equal((await one.add(received('2027-06-01T10:00:00.000Z'))).id, '2027-0001');
  t.same((await readdir(folder)).sort(), [
    ...made.map(({ id }) => `${id}.json`).sort(),
    '2027-0001.json',
    'lock',
  ]);
});

test('a change that is refused, or that the audit log does not take, leaves the request as it was', async (t) => {
  const desk = await openDesk(t);
  const { id } = await requestOf(desk, 'access');
  const file = join(desk.root, 'rights', `${id}.json`);
  const before = await readFile(file, 'utf8');
  const step = (change: Parameters<typeof work>[4]) =>
    codeOf(() => work(desk.appliance, id, 'diane', 'rights-step', change));
  const entries = (await desk.audit.entries()).length;
  t.equal(await step((request, doing) => identify(request, '  ', doing)), 'no-text');
  t.equal(
    await step((request, doing) => answer(request, 'granted', '', doing)),
    'not-done',
    'nothing was exported',
  );
  t.equal(await step((request, doing) => answer(request, 'refused', '', doing)), 'no-text', 'art. 12(4)');
  t.equal(await step((request, doing) => close(request, 'answered', doing)), 'not-answered');
  t.equal((await desk.audit.entries()).length, entries);
  desk.audit.write = async () => {
    throw Object.assign(new Error('no room'), { code: 'audit-unavailable' });
  };
  await t.rejects(
    work(desk.appliance, id, 'diane', 'x', (request, doing) => identify(request, 'seen', doing)),
  );
  t.equal(await readFile(file, 'utf8'), before);
});

test('a request of tomorrow, an unknown one, and a file that was tampered with are refused by name', async (t) => {
  const desk = await openDesk(t);
  const asked = {
    kind: 'access',
    channel: 'web',
    reference: '',
    person: null,
    note: '',
    by: 'diane',
  } as const;
  const open = (receivedAt: Date, numbers: string[] = []) =>
    codeOf(() => openRequest(desk.appliance, { ...asked, receivedAt, numbers }));
  t.equal(await open(new Date(desk.clock().getTime() + 1)), 'bad-received');
  t.equal(await open(new Date('never')), 'bad-received');
  t.equal(await open(desk.clock(), [NUMBER, '12']), 'bad-number');
  const register = openRegister(desk.appliance.config.state.rights);
  t.same(await register.all(), [], 'nothing was entered');
  for (const id of ['2026-0001', '../audit/audit', ''])
    t.equal(await codeOf(() => register.read(id)), 'no-such-request');
  const { id } = await requestOf(desk, 'access');
  await writeFile(join(desk.root, 'rights', `${id}.json`), '{"format":"greffier-request-1","name":"x"}');
  t.equal(await codeOf(() => register.read(id)), 'bad-request-file');
  const other = await requestOf(desk, 'erasure');
  desk.clock.move(40 * DAY);
  await rightsUpkeep(desk.appliance);
  t.same(
    (await desk.alarms.latest(9)).map(({ code, message }) => `${code} ${message.slice(0, 17)}`).reverse(),
    [`rights.damaged request ${id}`, `rights.due request ${other.id}`],
    'the others are reminded of all the same',
  );
});
