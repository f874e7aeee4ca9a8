// Holds as two people order them on the command line, where each proves who it is.

import { PassThrough } from 'node:stream';
import { test } from 'tap';
import { openPeople } from '../../src/access/people.ts';
import type { Appliance } from '../../src/appliance.ts';
import { approvalsCommands } from '../../src/cli/approvals.ts';
import { holdsCommands } from '../../src/cli/holds.ts';
import { run } from './support/cli.ts';
import { openHeld } from './support/held.ts';
import { keep } from './support/store.ts';
import { codeAt } from './support/web.ts';
import { codeOf } from './support/world.ts';

type T = Parameters<typeof openHeld>[0];
const PASSWORD = 'a long enough password';

/** A store with two managers, and a way to order as one of them. */
async function twoPeople(t: T) {
  const held = await openHeld(t);
  const { store, appliance } = held;
  const people = await openPeople(appliance.config.state.access, store.clock);
  const secrets: Record<string, string> = {};
  for (const user of ['marie', 'diane'])
    secrets[user] = (await people.add(user, ['manager'], PASSWORD, true)) ?? '';
  const types = async (lines: string[], add: typeof holdsCommands, ...words: string[]) => {
    const before = Object.getOwnPropertyDescriptor(process, 'stdin') as PropertyDescriptor;
    const typed = new PassThrough();
    typed.end(lines.map((line) => `${line}\n`).join(''));
    Object.defineProperty(process, 'stdin', { ...before, get: () => typed });
    try {
      return await run(t as Parameters<typeof run>[0], add, appliance as Appliance, ...words);
    } finally {
      Object.defineProperty(process, 'stdin', before);
    }
  };
  const order = (user: string, add: typeof holdsCommands, ...words: string[]) => {
    store.clock.move(60_000);
    return types([PASSWORD, codeAt(secrets[user] ?? '', store.clock())], add, ...words, '--as', user);
  };
  return { ...held, types, order };
}

const approvalIn = (out: string) => /approval +([0-9a-f-]{36})/.exec(out)?.[1] ?? '';

test('what fits a selection is held from the approval on, and nothing that comes later', async (t) => {
  const { store, order } = await twoPeople(t);
  const [one, other] = [
    await keep(store, '2027-01-01T00:00:00.000Z'),
    await keep(store, '2027-01-01T00:00:00.000Z'),
  ];
  const until = ['--until', '2027-06-30', '--matter', '26/77', '--reason', 'a letter of 22 November'];
  const asked = await order(
    'marie',
    holdsCommands,
    'holds',
    'place',
    '--client',
    'demo',
    '--extension',
    '201',
    ...until,
  );
  t.match(asked.out, /recordings +3/);
  const later = await keep(store, '2027-01-01T00:00:00.000Z');
  const { out } = await order('diane', approvalsCommands, 'approvals', 'approve', approvalIn(asked.out));
  t.match(out, /hold [0-9a-f-]{36} until 2027-06-30T23:59:59.999Z/);
  for (const { id } of [one, other])
    t.equal(store.catalogue.recording(id)?.held_until, '2027-06-30T23:59:59.999Z');
  t.equal(store.catalogue.recording(later.id)?.held_until, null);
});

test('a selection that nothing fits, or more than a hold takes, is refused', async (t) => {
  const { store, order } = await twoPeople(t);
  const rest = ['--until', '2027-06-30', '--matter', '26/77', '--reason', 'a letter'];
  const place = (...words: string[]) =>
    codeOf(() => order('marie', holdsCommands, 'holds', 'place', ...words, ...rest));
  t.equal(await place('--client', 'nobody'), 'no-recordings');
  t.equal(await place('--since', '2026-06-01'), 'no-recordings');
  t.equal(await place('--before', '2026-05-22'), 'no-recordings');
  t.equal(await place('--line', '+33999999999'), 'no-recordings');
  t.equal(await place(), 'no-recordings');
  store.catalogue.held.select = () => Array.from({ length: 10_001 }, (_, index) => `${index}`);
  t.equal(await place('--client', 'demo'), 'too-many-recordings');
});

test('a hold that was released is shown still', async (t) => {
  const { hold, recording, order, types } = await twoPeople(t);
  const asked = await order('marie', holdsCommands, 'holds', 'release', hold.id, '--reason', 'closed');
  await order('diane', approvalsCommands, 'approvals', 'approve', approvalIn(asked.out));
  const { out } = await types([], holdsCommands, 'holds', 'show', hold.id, '--json');
  t.match(JSON.parse(out), { id: hold.id, releasedAt: /^2026-11-22/, recordings: [recording.id] });
  t.match((await types([], holdsCommands, 'holds', 'list')).out, /26\/1234 .* released/);
});

test('five wrong passwords close a login on the command line for a quarter of an hour, and no other', async (t) => {
  const { store, hold, order, types } = await twoPeople(t);
  const release = ['holds', 'release', hold.id, '--reason', 'closed'];
  const guess = (user: string) =>
    codeOf(() => types(['a wrong password', '123456'], holdsCommands, ...release, '--as', user));
  const right = (user: string) => codeOf(() => order(user, holdsCommands, ...release));
  for (let count = 0; count < 5; count += 1) t.equal(await guess('marie'), 'wrong-credentials');
  t.equal(await right('marie'), 'too-many-attempts', 'the right one neither');
  t.equal(await guess('nobody'), 'wrong-credentials');
  t.equal(await right('diane'), 'nothing was thrown');
  store.clock.move(15 * 60_000);
  t.equal(await right('marie'), 'nothing was thrown');
  t.equal((await store.audit.entries()).filter(({ action }) => action === 'log-in-refused').length, 7);
});
