// An incident from its opening to its end: the log is frozen meanwhile, and the 72 hours are watched.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'tap';
import { openCatalogue } from '../../src/catalogue/catalogue.ts';
import { reminderOf } from '../../src/incident/incident.ts';
import {
  closeIncident,
  incidentsOf,
  incidentUpkeep,
  notifyIncident,
  openIncident,
} from '../../src/incident-of-site.ts';
import { writeIncident } from '../../src/incident-report.ts';
import { type Desk, keepOf, openDesk } from './support/rights.ts';
import { codeOf, ownFolder } from './support/world.ts';

const HOUR = 3_600_000;

const opened = ({ appliance }: Desk, scope = {}, awareAt = appliance.clock()) =>
  openIncident(appliance, { reason: 'a disk was stolen', scope, awareAt, by: 'diane' });

test('the log is frozen and a checkpoint signed before anything is counted; the purge goes on', async (t) => {
  const desk = await openDesk(t);
  const due = await keepOf(desk);
  const order: string[] = [];
  Object.assign(desk.audit, {
    freeze: async (reason: string) => void order.push(`freeze ${reason}`),
    unfreeze: async () => void order.push('unfreeze'),
  });
  const { recordings } = desk.catalogue;
  desk.catalogue.recordings = (...page) => {
    order.push('count');
    return recordings(...page);
  };
  const [first, second] = [await opened(desk), await opened(desk)];
  t.same(order.slice(0, 2), ['freeze incident', 'count']);
  t.ok(first.logFrozen);
  t.match(first.checkpoint, {
    text: /^greffier-checkpoint-1\norigin: Démonstration\nsize: 1\n/,
    signature: /PGP/,
  });
  desk.clock.move(365 * 24 * HOUR);
  t.same(
    (await desk.destruction().due(desk.clock(), 9)).map(({ id }) => id),
    [due],
    'what is due stays due',
  );
  await closeIncident(desk.appliance, first.id, 'diane', 'nothing was read');
  t.notOk(order.includes('unfreeze'), 'another one is open');
  await writeFile(join(desk.at('incidents'), '2026-0009.json'), 'spoilt');
  await closeIncident(desk.appliance, second.id, 'diane', 'nothing was read');
  t.notOk(order.includes('unfreeze'), 'one that cannot be read counts as open');
  const third = await opened(desk);
  await writeFile(
    join(desk.at('incidents'), '2026-0009.json'),
    JSON.stringify({ ...second, id: '2026-0009', closed: { at: third.openedAt, by: 'diane', note: 'x' } }),
  );
  await closeIncident(desk.appliance, third.id, 'diane', 'nothing was read');
  t.equal(order.at(-1), 'unfreeze');
});

test('somebody is reminded 24 and 6 hours before the 72 are over, and each day after, until the authority was told', async (t) => {
  const desk = await openDesk(t);
  const { id, awareAt } = await opened(desk);
  const incident = await incidentsOf(desk.appliance).read(id);
  const at = (hours: number) => reminderOf(incident, new Date(Date.parse(awareAt) + hours * HOUR));
  t.same([47, 48, 65, 66, 72, 73, 97].map(at), [undefined, '24', '24', '6', '6', 'overdue-1', 'overdue-2']);
  for (const hours of [47, 1, 1, 17, 7]) {
    desk.clock.move(hours * HOUR);
    await incidentUpkeep(desk.appliance);
  }
  const messages = (await desk.alarms.latest(9)).map(({ code, message }) => `${code} ${message}`).reverse();
  t.same(messages, [
    `incident.72h incident ${id} is to be notified to the authority within 24 hours, by 2026-11-25T08:00:00.000Z`,
    `incident.72h incident ${id} is to be notified to the authority within 6 hours, by 2026-11-25T08:00:00.000Z`,
    `incident.72h incident ${id} was to be notified to the authority by 2026-11-25T08:00:00.000Z`,
  ]);
  await notifyIncident(desk.appliance, id, 'diane', { at: desk.clock(), reference: 'CNIL 26-1' });
  desk.clock.move(48 * HOUR);
  await incidentUpkeep(desk.appliance);
  t.equal((await desk.alarms.latest(9)).length, 3);
});

test('an incident of tomorrow, without a reason, or that ends before it begins is refused; so is an end without a word', async (t) => {
  const desk = await openDesk(t);
  const code = (work: () => Promise<unknown>) => codeOf(work);
  t.equal(await code(() => opened(desk, {}, new Date(desk.clock().getTime() + 1))), 'bad-moment');
  const scope = { since: '2026-11-02T00:00:00.000Z', until: '2026-11-01T00:00:00.000Z' };
  t.equal(await code(() => opened(desk, scope)), 'bad-scope');
  const asked = { reason: ' ', scope: {}, awareAt: desk.clock(), by: 'diane' };
  t.equal(await code(() => openIncident(desk.appliance, asked)), 'no-reason');
  t.same(await incidentsOf(desk.appliance).all(), []);
  const { id } = await opened(desk);
  t.equal(await code(() => closeIncident(desk.appliance, id, 'diane', ' ')), 'no-text');
  t.equal(await code(() => closeIncident(desk.appliance, '2026-0099', 'diane', 'x')), 'no-such-incident');
  desk.audit.write = () => Promise.reject(new Error('no room'));
  await t.rejects(opened(desk), 'without a trace there is none');
});

test('an index that is not filled does not keep an incident from being opened, and is not counted', async (t) => {
  const desk = await openDesk(t);
  const empty = await openCatalogue(await ownFolder(t));
  t.teardown(() => empty.close());
  Object.assign(desk.appliance, { catalogue: empty });
  const { id, figures } = await opened(desk);
  t.equal(figures, null);
  const incident = await incidentsOf(desk.appliance).read(id);
  const folder = join(await ownFolder(t), 'package');
  t.equal(await codeOf(() => writeIncident(desk.appliance, incident, 'diane', folder)), 'catalogue-stale');
});
