// The same search, as somebody types it in a shell; a number comes on standard input, since arguments are seen by all.

import { Readable } from 'node:stream';
import { type Test, test } from 'tap';
import { openPeople } from '../../src/access/people.ts';
import { recordingsCommands } from '../../src/cli/recordings.ts';
import { usersCommands } from '../../src/cli/users.ts';
import { run } from './support/cli.ts';
import { type Desk, keepOf, openDesk, PARTY } from './support/rights.ts';
import { keep } from './support/store.ts';
import { codeOf } from './support/world.ts';

async function list(t: Test, { appliance }: Desk, input: string, ...words: string[]) {
  const stdin = Object.getOwnPropertyDescriptor(process, 'stdin');
  Object.defineProperty(process, 'stdin', { value: Readable.from([Buffer.from(input)]), configurable: true });
  try {
    const { out } = await run(t, recordingsCommands, appliance, 'recordings', 'list', '--json', ...words);
    return (JSON.parse(out) as { id: string }[]).map(({ id }) => id);
  } finally {
    if (stdin) Object.defineProperty(process, 'stdin', stdin);
  }
}

test('recordings are listed by what the web knows them by, and who looks for somebody is on record', async (t) => {
  const desk = await openDesk(t);
  const mine = await keepOf(desk);
  const { id: other } = await keep(desk, '2026-11-25T08:00:00.000Z');
  desk.catalogue.putRecording({
    ...(desk.catalogue.recording(other) as NonNullable<ReturnType<typeof desk.catalogue.recording>>),
    ...{ last4: '9999', fingerprint: 'f'.repeat(64), milliseconds: 600_000, did: '+33123456709' },
  });
  t.same(await list(t, desk, '06 12 34 56 78\n', '--number-stdin'), [mine]);
  t.same(await list(t, desk, '', '--last-digits', PARTY.last4), [mine]);
  t.same(await list(t, desk, '', '--min-seconds', '500'), [other]);
  t.same(await list(t, desk, '', '--line', '+33123456709', '--client', 'demo'), [other]);
  t.same(await list(t, desk, '', '--due-within-days', '7'), [other]);
  t.same(await list(t, desk, '', '--sort', 'longest', '--limit', '1'), [other]);
  t.same(await list(t, desk, '', '--held'), []);
  t.equal((await list(t, desk, '', '--not-held')).length, 2);
  t.same(await list(t, desk, '', '--from', '2030-01-01'), []);
  const traces = (await desk.audit.entries()).filter(({ action }) => action === 'search-caller');
  t.match(
    traces.map(({ code, from }) => [code, from]),
    [
      ['number', 'command line'],
      ['last-digits', 'command line'],
    ],
  );
  t.notMatch(JSON.stringify(traces), /5678|612345|[0-9a-f]{64}/);
  for (const wrong of [
    ['--last-digits', '12'],
    ['--sort', 'random'],
    ['--state', 'gone'],
    ['--person', 'No One'],
  ])
    t.equal(await codeOf(() => list(t, desk, '', ...wrong)), 'bad-filter', wrong.join(' '));
  t.equal(await codeOf(() => list(t, desk, '', '--from', '2026-02-30')), 'bad-date');
  t.equal(await codeOf(() => list(t, desk, 'no number', '--number-stdin')), 'bad-number');
});

test('a person is limited to clients of the settings, on record, and set free again', async (t) => {
  const desk = await openDesk(t);
  const people = await openPeople(desk.config.state.access, desk.clock);
  await people.add('anna', ['manager'], 'a long enough password', false);
  const limit = (...words: string[]) =>
    run(t, usersCommands, desk.appliance, 'users', 'limit', 'anna', ...words);
  t.equal((await limit('--client', 'demo')).out, 'anna: demo\n');
  t.same((await people.find('anna'))?.clients, ['demo']);
  t.match((await run(t, usersCommands, desk.appliance, 'users', 'list')).out, /anna +manager +demo/);
  t.equal(await codeOf(() => limit('--client', 'nobody')), 'no-such-client');
  t.equal(await codeOf(() => limit()), 'no-limit');
  t.equal(await codeOf(() => limit('--all', '--client', 'demo')), 'no-limit');
  await limit('--all');
  t.equal((await people.find('anna'))?.clients, undefined);
  const told = (await desk.audit.entries()).filter(({ action }) => action === 'user-limited');
  t.match(told, [{ reason: 'anna: demo' }, { reason: 'anna: all clients' }]);
});
