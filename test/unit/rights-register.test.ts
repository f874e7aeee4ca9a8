// The register of requests: one month by the calendar, who asks is checked, and a year later nobody is named.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'tap';
import { dueAt, figuresOf, reminderOf, statusOf } from '../../src/rights/deadline.ts';
import { openRegister } from '../../src/rights/register.ts';
import type { Request } from '../../src/rights/request.ts';
import { answer, close, extend, writeNote } from '../../src/rights/steps.ts';
import { rightsUpkeep, work } from '../../src/rights-desk.ts';
import { openDesk, PARTY, received, requestOf } from './support/rights.ts';
import { codeOf } from './support/world.ts';

const DAY = 86_400_000;

const numbered = (at: string): Request => ({ ...received(at), id: '2026-0001' });

test('an answer is due one month after receipt, by the calendar and in UTC (RGPD art. 12(3))', async (t) => {
  for (const [from, due, prolonged] of [
    ['2026-01-31T10:00:00.000Z', '2026-02-28T10:00:00.000Z', '2026-04-30T10:00:00.000Z'],
    ['2028-01-31T10:00:00.000Z', '2028-02-29T10:00:00.000Z', '2028-04-30T10:00:00.000Z'],
    ['2028-02-29T10:00:00.000Z', '2028-03-29T10:00:00.000Z', '2028-05-29T10:00:00.000Z'],
    ['2026-11-30T23:59:59.999Z', '2026-12-30T23:59:59.999Z', '2027-02-28T23:59:59.999Z'],
    // Summer time begins in Paris in between: no hour is won or lost.
    ['2026-03-15T22:30:00.000Z', '2026-04-15T22:30:00.000Z', '2026-06-15T22:30:00.000Z'],
  ] as const) {
    const request = numbered(from);
    t.equal(dueAt(request).toISOString(), due, from);
    t.equal(statusOf(request, new Date(due)), 'open', 'at the last moment');
    t.equal(statusOf(request, new Date(Date.parse(due) + 1)), 'overdue', 'a millisecond after');
    const now = new Date(Date.parse(from) + DAY);
    extend(request, 'many calls', now, { by: 'diane', now });
    t.equal(dueAt(request).toISOString(), prolonged, `${from}, prolonged`);
  }
});

test('the month is prolonged once, with a reason that was told within the first month', async (t) => {
  const at = (day: string) => new Date(`2026-${day}T10:00:00.000Z`);
  const step = (request: Request, reason: string, told: string, now: string) =>
    codeOf(() => extend(request, reason, at(told), { by: 'diane', now: at(now) }));
  t.equal(await step(numbered(at('01-31').toISOString()), 'many', '03-01', '03-02'), 'too-late');
  t.equal(
    await step(numbered(at('01-31').toISOString()), 'many', '02-20', '02-10'),
    'too-late',
    'told tomorrow',
  );
  t.equal(await step(numbered(at('01-31').toISOString()), ' ', '02-20', '02-21'), 'no-text');
  const request = numbered(at('01-31').toISOString());
  t.equal(await step(request, 'many', '02-28', '03-02'), 'nothing was thrown', 'entered later, told in time');
  t.equal(await step(request, 'many', '02-28', '03-02'), 'extended-before');
});

test('somebody is reminded at 14, 7 and 2 days, and on each day after the end', async (t) => {
  const request = numbered('2026-06-01T10:00:00.000Z');
  const at = (day: string) => reminderOf(request, new Date(`2026-${day}T10:00:00.000Z`));
  t.same(['06-02', '06-16', '06-17', '06-24', '06-28', '06-29', '07-01', '07-02', '07-03'].map(at), [
    undefined,
    undefined,
    '14',
    '7',
    '7',
    '2',
    '2',
    'overdue-1',
    'overdue-2',
  ]);
  request.reminded.push('14');
  t.equal(at('06-18'), undefined, 'once is enough');
  t.equal(at('06-24'), '7');
  request.answer = { at: '2026-06-20T10:00:00.000Z', by: 'diane', outcome: 'refused', reason: 'x' };
  t.equal(at('07-20'), undefined, 'it was answered');
});

test('the hourly reminder is an alarm that names the request and nothing of the person', async (t) => {
  const desk = await openDesk(t);
  const { id } = await requestOf(desk, 'access');
  await rightsUpkeep(desk.appliance);
  t.same(await desk.alarms.latest(9), [], 'there is time');
  for (const days of [17, 0, 7, 5, 2]) {
    desk.clock.move(days * DAY);
    await rightsUpkeep(desk.appliance);
  }
  t.same((await desk.alarms.latest(9)).map(({ code, message }) => `${code} ${message}`).reverse(), [
    `rights.due request ${id} (access) is to be answered within 14 days`,
    `rights.due request ${id} (access) is to be answered within 7 days`,
    `rights.due request ${id} (access) is to be answered within 2 days`,
    `rights.due request ${id} (access) was to be answered 1 day ago at most`,
  ]);
});

test('what the register holds of a person is a name, an address and fingerprints; the number is nowhere', async (t) => {
  const desk = await openDesk(t);
  const { id } = await requestOf(desk, 'access', ['06 12 34 56 78']);
  const text = await readFile(join(desk.root, 'rights', `${id}.json`), 'utf8');
  t.match(JSON.parse(text), { parties: [PARTY], person: { name: 'Zoë Martin' } });
  const audit = await readFile(join(desk.root, 'audit', 'log'), 'utf8');
  for (const secret of ['612345678', '12 34 56 78']) t.notOk(`${text}${audit}`.includes(secret), secret);
  t.notOk(audit.includes('Zoë'), 'the audit log has the number of the request');
  t.match(await desk.audit.entries(), [{ actor: 'diane', action: 'rights-opened', subject: id }, {}]);
});

test('a year after its end the register no longer says who it was, and still counts the request', async (t) => {
  const desk = await openDesk(t);
  const { id } = await requestOf(desk, 'rectification');
  const step = (change: Parameters<typeof work>[4]) =>
    work(desk.appliance, id, 'diane', 'rights-step', change);
  await step((request, doing) => writeNote(request, 'my name is Zoé', doing));
  await step((request, doing) => answer(request, 'granted', '', doing));
  await step((request, doing) => close(request, 'answered', doing));
  desk.clock.move(364 * DAY);
  await rightsUpkeep(desk.appliance);
  const register = openRegister(desk.appliance.config.state.rights);
  t.equal((await register.read(id)).person?.name, 'Zoë Martin');
  desk.clock.move(DAY);
  await rightsUpkeep(desk.appliance);
  const forgotten = await register.read(id);
  t.match(forgotten, { person: null, parties: [], note: '', reference: '', kind: 'rectification' });
  t.equal(forgotten.identity?.how, '');
  t.match((await desk.audit.entries()).at(-1), { actor: 'system', action: 'rights-forgotten', subject: id });
  const entries = (await desk.audit.entries()).length;
  await rightsUpkeep(desk.appliance);
  t.equal((await desk.audit.entries()).length, entries, 'once');
  t.same(figuresOf(await register.all(), desk.clock()), {
    open: 0,
    overdue: 0,
    answered: 1,
    inTime: 1,
    meanDays: 0,
    medianDays: 0,
  });
});
