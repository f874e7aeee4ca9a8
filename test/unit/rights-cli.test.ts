// The rights desk as somebody types it: who asks comes on standard input, and nothing repeats it.

import { Readable } from 'node:stream';
import { type Test, test } from 'tap';
import { openPeople } from '../../src/access/people.ts';
import { rightsCommands } from '../../src/cli/rights.ts';
import { parseTold } from '../../src/cli/rights-input.ts';
import { run } from './support/cli.ts';
import { type Desk, keepOf, openDesk } from './support/rights.ts';
import { codeOf, messageOf } from './support/world.ts';

const PASSWORD = 'a long enough password';

/** Runs a command of the desk with that on its standard input. */
async function typed(t: Test, { appliance }: Desk, input: string, ...words: string[]) {
  const stdin = Object.getOwnPropertyDescriptor(process, 'stdin');
  Object.defineProperty(process, 'stdin', { value: Readable.from([Buffer.from(input)]), configurable: true });
  try {
    return await run(t, rightsCommands, appliance, 'rights', ...words);
  } finally {
    if (stdin) Object.defineProperty(process, 'stdin', stdin);
  }
}

test('on the command line names and numbers come on standard input, and no answer repeats them', async (t) => {
  const desk = await openDesk(t);
  const mine = await keepOf(desk);
  const told =
    'name: Zoë Martin\ncontact: zoe@example.org\n\nnumber: 06.12.34.56.78\nnumber: +33 1 23 45 67 89\n';
  const opened = await typed(
    t,
    desk,
    told,
    'open',
    '--kind',
    'objection',
    '--channel',
    'email',
    '--received',
    '2026-11-20',
    '--json',
  );
  t.match(JSON.parse(opened.out), {
    request: '2026-0001',
    due: '2026-12-20T00:00:00.000Z',
    numbers: 2,
    identified: false,
  });
  const found = await typed(t, desk, '', 'search', '2026-0001');
  t.match(
    found.out,
    new RegExp(`^recording .*\n${mine} .*\ncall .*\n${mine} .*accueil-fr-v1 +not-refused +true`),
  );
  t.match((await typed(t, desk, '', 'list')).out, /2026-0001 +objection .* open +false +2/);
  t.match((await typed(t, desk, '', 'figures', '--json')).out, '"open": 1');
  t.match(
    (await typed(t, desk, '', 'identify', '2026-0001', '--how', 'called back')).out,
    /identified +true/,
  );
  const listed: [string, string][] = [];
  const add = async (number: string, { request }: { request: string }) => void listed.push([number, request]);
  Object.assign(desk.appliance, { objections: { add } });
  await typed(t, desk, 'number: 0612345678', 'object', '2026-0001');
  t.same(listed, [['+33612345678', '2026-0001']], 'in E.164, and named after the request');
  t.match((await typed(t, desk, '', 'answer', '2026-0001', '--outcome', 'granted')).out, /status +answered/);
  t.match((await typed(t, desk, '', 'close', '2026-0001')).out, /status +closed/);
  const shown = await typed(t, desk, '', 'show', '2026-0001');
  t.notMatch(`${opened.out}${found.out}${shown.out}`, /612345678|12\.34/);
});

test('an appliance without a list of objections or without approvals says so, and does nothing by halves', async (t) => {
  const desk = await openDesk(t);
  const people = await openPeople(desk.at('access'), desk.clock);
  await people.add('diane', ['dpo'], PASSWORD, false);
  await people.add('igor', ['it-admin'], PASSWORD, false);
  const mine = await keepOf(desk);
  await typed(t, desk, 'number: 0612345678', 'open', '--kind', 'objection', '--channel', 'web');
  await typed(t, desk, '', 'identify', '2026-0001', '--how', 'called back');
  const code = (input: string, ...words: string[]) => codeOf(() => typed(t, desk, input, ...words));
  t.equal(await code('number: 0612345678', 'object', '2026-0001'), 'no-objections');
  t.equal(await code('', 'erase', '2026-0001', '--as', 'nobody'), 'no-such-user');
  t.equal(await code('', 'erase', '2026-0001', '--as', 'igor'), 'forbidden');
  t.equal(await code('', 'erase', '2026-0001', '--as', 'diane'), 'no-approvals');
  const asked: object[] = [];
  const ask = async (one: object) => ({ id: `a${asked.push(one)}` });
  Object.assign(desk.appliance, { approvals: { ask } });
  t.match((await typed(t, desk, '', 'erase', '2026-0001', '--as', 'diane')).out, /approval +a1/);
  t.same(asked, [{ kind: 'erase-request', subject: '2026-0001', by: 'diane', reason: 'request 2026-0001' }]);
  t.equal(desk.catalogue.recording(mine)?.state, 'sealed', 'nothing goes before somebody else agrees');
});

test('a line of standard input that says nothing known is refused by its place, not by what is in it', async (t) => {
  t.same(parseTold('number: 1\r\n  contact :  a: b \n'), { name: '', contact: 'a: b', numbers: ['1'] });
  t.equal(
    await messageOf(() => parseTold('name: x\n0612345678')),
    'line 2 of standard input begins with none of the words',
  );
});
