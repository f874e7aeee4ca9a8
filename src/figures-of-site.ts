// The figures of an appliance, for monitoring. They count; nothing in them says who called, who was called or who listened.

import type { Appliance } from './appliance.ts';
import type { ServiceState } from './health.ts';
import { gauge, type Metric } from './metrics/text.ts';
import { lineOf } from './spool/sheet.ts';
import { forecastDisk } from './upkeep/disk-forecast.ts';
import type { HookState } from './webhooks/sender.ts';
import { webhooksInBrief } from './webhooks-of-site.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The sweep comes each minute: what is still there after this long is overdue. */
const OVERDUE_MS = HOUR_MS;
/** More alarms than this in a day are told as this many. */
const MOST_ALARMS = 5_000;
const MOST_CALLS = 100_000;

/** How many recordings should have been destroyed by now. */
export function overdue(catalogue: Pick<Appliance['catalogue'], 'count'>, now: Date): number {
  return catalogue.count(new Date(now.getTime() - OVERDUE_MS).toISOString()).due;
}

/** All figures at this moment. */
export async function figuresOfSite(appliance: Appliance, services: ServiceState[]): Promise<Metric[]> {
  const { spool, catalogue, audit, clock } = appliance;
  const now = clock();
  const [usage, calls, size, alarms, disk, hooks] = await Promise.all([
    spool.usage(),
    callsInSpool(appliance),
    audit.size(),
    alarmsOfDay(appliance),
    diskOf(appliance),
    webhooksInBrief(appliance),
  ]);
  const { recordings, destroyed } = catalogue.count(now.toISOString());
  return [
    {
      name: 'service_up',
      kind: 'gauge',
      help: 'Whether a service is heard, by its name.',
      values: services.map(({ name, state }) => ({
        labels: { service: name },
        value: state === 'up' ? 1 : 0,
      })),
    },
    gauge('calls_live', 'Calls in progress.', calls.live),
    gauge(
      'calls_unexplained',
      'Calls of the last day that were not recorded and say not why.',
      unexplained(appliance),
    ),
    gauge('recordings_sealed', 'Recordings in the vault.', recordings - destroyed),
    gauge('recordings_destroyed', 'Recordings of which a tombstone is left.', destroyed),
    gauge('sealing_waiting', 'Calls that have ended and wait in the spool.', calls.waiting),
    gauge(
      'sealing_lag_seconds',
      'Time since the end of the call that has waited longest to be sealed.',
      calls.lagSeconds,
    ),
    gauge('spool_bytes', 'Bytes that the spool in memory holds.', usage.bytes),
    gauge('spool_capacity_bytes', 'Bytes that the spool in memory can hold.', usage.capacityBytes),
    gauge('vault_present', 'Whether the disk of the vault is there.', disk.present),
    gauge('vault_free_bytes', 'Bytes free on the disk of the vault.', disk.freeBytes),
    gauge(
      'vault_days_left',
      'Days until the disk of the vault is full at the present rate; +Inf beyond a year.',
      disk.daysLeft,
    ),
    gauge(
      'purge_overdue',
      'Recordings that should have been destroyed an hour ago.',
      overdue(catalogue, now),
    ),
    gauge('audit_entries', 'Entries that the audit log ever had.', size),
    { name: 'alarms_last_day', kind: 'gauge', help: 'Alarms of the last 24 hours, by code.', values: alarms },
    gauge('webhooks_waiting', 'Deliveries of webhooks that are still to be made.', sum(hooks, 'waiting')),
    gauge('webhooks_dead', 'Deliveries of webhooks that were given up.', sum(hooks, 'dead')),
    gauge('process_resident_bytes', 'Memory of the daemon.', process.memoryUsage.rss()),
    gauge('process_uptime_seconds', 'Time since the start of the daemon.', Math.round(process.uptime())),
  ];
}

function sum(hooks: HookState[], what: 'waiting' | 'dead'): number {
  return hooks.reduce((total, hook) => total + hook[what], 0);
}

/** Calls in progress, and those that have ended and are not sealed yet. */
async function callsInSpool({ spool, clock }: Appliance) {
  const sheets = await Promise.all((await spool.calls()).map((id) => spool.readSheet(id)));
  const ends = sheets.flatMap((sheet) => {
    const end = sheet && lineOf(sheet, 'call.end');
    return end ? [end.at.getTime()] : [];
  });
  const oldest = Math.min(clock().getTime(), ...ends);
  return {
    live: sheets.length - ends.length,
    waiting: ends.length,
    lagSeconds: ends.length ? Math.max(0, clock().getTime() - oldest) / 1000 : 0,
  };
}

function unexplained({ catalogue, clock }: Appliance): number {
  const since = new Date(clock().getTime() - DAY_MS).toISOString();
  return catalogue.calls(MOST_CALLS, { since, recorded: false }).filter(({ reason }) => !reason).length;
}

async function alarmsOfDay({ alarms, clock }: Appliance): Promise<Metric['values']> {
  const since = new Date(clock().getTime() - DAY_MS).toISOString();
  const counts = new Map<string, number>();
  for (const { at, code } of await alarms.latest(MOST_ALARMS))
    if (at >= since) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].map(([code, value]) => ({ labels: { code }, value }));
}

async function diskOf(appliance: Appliance) {
  if (!(await appliance.vault.present())) return { present: 0, freeBytes: null, daysLeft: null };
  const { freeBytes, daysLeft } = await forecastDisk(appliance);
  return { present: 1, freeBytes, daysLeft: daysLeft ?? Number.POSITIVE_INFINITY };
}
