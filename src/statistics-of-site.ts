// The statistics over an open appliance: the index counts, the settings have the names.

import { setImmediate } from 'node:timers/promises';
import type { Appliance } from './appliance.ts';
import { overdue } from './figures-of-site.ts';
import { dayAt } from './shared/clock.ts';
import type { Statistics, StatisticsQuery } from './statistics/answers.ts';
import { isTime, type Kind } from './statistics/kinds.ts';
import { daysOf } from './statistics/period.ts';
import { tableOf } from './statistics/table.ts';

type Parts = Pick<Appliance, 'catalogue' | 'settings' | 'config' | 'clock'>;

const DAY_MS = 86_400_000;
/** Four calls in five within twenty seconds is what call centres promise each other. */
const WITHIN_SECONDS = 20;
const AGAIN_DAYS = 7;

/** The figures of a period, of the clients that somebody may be told of. Throws `bad-date`, `bad-period`. */
export async function statisticsOf(
  { catalogue, settings, config, clock }: Parts,
  query: StatisticsQuery,
  scope?: readonly string[],
): Promise<Statistics> {
  const { by = 'day', client, line, queue, withinSeconds = WITHIN_SECONDS, againDays = AGAIN_DAYS } = query;
  const { timezone } = config.site;
  const now = clock();
  const days = daysOf(query, dayAt(now, timezone), timezone);
  const [first, last] = [days.at(0), days.at(-1)];
  if (!first || !last) throw new Error('a period has days');
  const clients = client === undefined ? scope : [client].filter((one) => !scope || scope.includes(one));
  const table = await tableOf({
    kind: by,
    days,
    timezone,
    count: catalogue.callSums({
      by: isTime(by) ? 'quarter' : by,
      did: line,
      queue,
      clients,
      inTimeMs: withinSeconds * 1_000,
      againDays,
      settledBefore: new Date(now.getTime() - againDays * DAY_MS).toISOString(),
    }),
    nameOf: namesOf(settings.data, by),
    breathe: () => setImmediate(),
  });
  return {
    ...{ from: first.name, to: last.name, by, withinSeconds, againDays },
    ...table,
    // A tombstone does not say whose client it was.
    destruction:
      clients || line || queue ? null : destructionOf({ catalogue }, first.since, last.before, now),
  };
}

function destructionOf({ catalogue }: Pick<Parts, 'catalogue'>, since: string, before: string, now: Date) {
  const byReason = catalogue.destroyedBetween(since, before);
  return {
    destroyed: Object.values(byReason).reduce((sum, count) => sum + count, 0),
    byReason,
    overdue: overdue(catalogue, now),
  };
}

/** What people call a line, a queue or a client. */
function namesOf({ lines = [], queues = [], clients = [] }: Parts['settings']['data'], kind: Kind) {
  const named: Partial<Record<Kind, [string, string][]>> = {
    line: lines.map(({ did, name }) => [did, name]),
    queue: queues.map(({ id, name }) => [id, name]),
    client: clients.map(({ id, name }) => [id, name]),
  };
  const names = new Map(named[kind]);
  return (key: string) => names.get(key) ?? key;
}
