// Today's figures, by the clock of the site, whatever that clock does.

import { test } from 'tap';
import { figuresOf } from '../../src/board/figures.ts';
import { openCatalogue } from '../../src/catalogue/catalogue.ts';
import { dayStart } from '../../src/shared/wall-clock.ts';
import { callAt } from './support/calls-of.ts';
import { ownFolder } from './support/world.ts';

const quarterOf = (iso: string) => Math.floor(Date.parse(iso) / 900_000);
const row = (iso: string, calls = 1, answered = calls) => ({
  quarter: quarterOf(iso),
  calls,
  answered,
  waitingMs: answered * 4_000,
  handlingMs: answered * 90_000,
});

test('the day begins at midnight by the clock of the site, also on the days on which it changes', async (t) => {
  const begins = (now: string, zone: string) => dayStart(new Date(now), zone).toISOString();
  t.equal(begins('2026-11-22T08:15:30Z', 'Europe/Paris'), '2026-11-21T23:00:00.000Z');
  t.equal(begins('2026-03-29T12:00:00Z', 'Europe/Paris'), '2026-03-28T23:00:00.000Z', 'the day of 23 hours');
  t.equal(begins('2026-10-25T12:00:00Z', 'Europe/Paris'), '2026-10-24T22:00:00.000Z', 'the day of 25 hours');
  t.equal(begins('2026-10-24T22:00:00Z', 'Europe/Paris'), '2026-10-24T22:00:00.000Z');
  t.equal(begins('2026-11-22T20:00:00Z', 'Asia/Kathmandu'), '2026-11-22T18:15:00.000Z');
  t.equal(begins('2026-11-22T08:15:30Z', 'America/Cayenne'), '2026-11-22T03:00:00.000Z');
});

test('calls are counted in the hour that the clock on the wall showed', async (t) => {
  const now = new Date('2026-11-22T12:00:00Z');
  const rows = [
    row('2026-11-22T08:15:00Z', 4, 3),
    row('2026-11-22T08:45:00Z', 2),
    row('2026-11-21T22:45:00Z', 9),
  ];
  const figures = figuresOf(rows, now, 'Europe/Paris');
  t.match(figures, { day: '2026-11-22', calls: 6, answered: 5, waitingSeconds: 4, handlingSeconds: 90 });
  t.equal(figures.answerRate, 5 / 6);
  t.equal(figures.hours.length, 24);
  t.match(figures.hours[9], { calls: 6, answered: 5, waitingSeconds: 4 });
  t.match(figures.hours[8], { calls: 0, answered: 0, waitingSeconds: null, handlingSeconds: null });
  t.match(figuresOf([], now, 'Europe/Paris'), { calls: 0, answerRate: null, waitingSeconds: null });
});

test('a call outside the hours of its line is no call that nobody answered', async (t) => {
  const catalogue = await openCatalogue(await ownFolder(t));
  t.teardown(() => catalogue.close());
  const call = callAt('2026-11-22T08:15:30.000Z', { client: 'one' });
  catalogue.putCall({ ...call, id: '1' });
  catalogue.putCall({ ...call, id: '2', answered_at: null, waiting_ms: null, disposition: 'abandoned' });
  catalogue.putCall({
    ...call,
    id: '3',
    answered_at: null,
    waiting_ms: null,
    disposition: 'rejected',
    reason: 'closed',
  });
  const [quarter, ...others] = catalogue.callsByQuarter('one', '2026-11-21T23:00:00.000Z');
  t.same(others, []);
  t.match({ ...quarter }, { calls: 2, answered: 1, waitingMs: 10_000, handlingMs: 60_000 });
});
