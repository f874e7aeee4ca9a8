// The rights desk as somebody types it: who asks comes on standard input, and nothing repeats it.

import { Readable } from 'node:stream';
import { type Test, test } from 'tap';
import { rightsCommands } from '../../src/cli/rights.ts';
import { parseTold } from '../../src/cli/rights-input.ts';
import { decide } from '../../src/four-eyes.ts';
import { requestErasure } from '../../src/rights-seams.ts';
import { run } from './support/cli.ts';
import { type Desk, keepOf, openDesk } from './support/rights.ts';
import { codeOf, messageOf } from './support/world.ts';

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

test('an erasure is asked for at the desk and takes place when somebody else has approved it', async (t) => {
  const desk = await openDesk(t);
  const mine = await keepOf(desk);
  await typed(t, desk, 'number: 0612345678', 'open', '--kind', 'erasure', '--channel', 'web');
  const { appliance } = desk;
  t.equal(await codeOf(() => requestErasure(appliance, '2026-0001', 'diane')), 'not-identified');
  await typed(t, desk, '', 'identify', '2026-0001', '--how', 'called back');
  const { approval } = await requestErasure(appliance, '2026-0001', 'diane');
  t.equal(desk.catalogue.recording(mine)?.state, 'sealed', 'nothing goes before somebody else agrees');
  t.equal(await codeOf(() => decide(appliance, approval, 'approved', 'diane')), 'same-person');
  t.match(await decide(appliance, approval, 'approved', 'marie'), {
    outcome: { failed: false, says: 'request 2026-0001: 1 of 1 recordings destroyed' },
  });
  t.match(desk.catalogue.recording(mine), { state: 'destroyed', destroyed_reason: 'erasure' });
});

test('a line of standard input that says nothing known is refused by its place, not by what is in it', async (t) => {
  t.same(parseTold('number: 1\r\n  contact :  a: b \n'), { name: '', contact: 'a: b', numbers: ['1'] });
  t.equal(
    await messageOf(() => parseTold('name: x\n0612345678')),
    'line 2 of standard input begins with none of the words',
  );
});
