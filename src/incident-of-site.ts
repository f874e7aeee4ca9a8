// The incident command over an open appliance (C33): the log is frozen and a checkpoint of it signed before anything is
// looked at, so that whoever did it cannot tidy up meanwhile.

import type { Appliance } from './appliance.ts';
import {
  closeIncidentFile,
  type Incident,
  markNotified,
  noticeDueAt,
  openIncidents,
  reminderOf,
  type Scope,
} from './incident/incident.ts';
import { countAffected } from './incident-affected.ts';
import { GreffierError } from './shared/errors.ts';

export interface IncidentAsked {
  reason: string;
  scope: Partial<Scope>;
  /** When the house became aware of it: the 72 hours begin then. */
  awareAt: Date;
  by: string;
}

/** The incidents of the appliance. */
export function incidentsOf({ config }: Pick<Appliance, 'config'>) {
  return openIncidents(config.state.incidents);
}

/**
 * Opens an incident: freezes the log, signs a checkpoint of it, and counts what is affected. The legal purge goes on: the
 * day of destruction is an obligation (art. 5(1)(e)); what is needed as evidence is put under a hold (C24).
 * Throws `bad-moment`, `bad-scope`, `audit-unavailable`.
 */
export async function openIncident(appliance: Appliance, asked: IncidentAsked): Promise<Incident> {
  const { audit, clock } = appliance;
  const scope = scopeOf(asked.scope);
  const now = clock();
  if (!(asked.awareAt.getTime() <= now.getTime()))
    throw new GreffierError('bad-moment', 'nobody can have been aware of it after now', { status: 400 });
  if (!asked.reason.trim())
    throw new GreffierError('no-reason', 'the reason is empty', { hint: 'write what happened', status: 400 });
  // In the log before anything else, so that the checkpoint covers it.
  await audit.write({ actor: asked.by, action: 'incident-opening' });
  await audit.freeze('incident');
  const incidents = incidentsOf(appliance);
  const incident = await incidents.add(
    now.toISOString().slice(0, 4),
    {
      format: 'greffier-incident-1',
      reason: asked.reason.trim(),
      scope,
      awareAt: asked.awareAt.toISOString(),
      openedAt: now.toISOString(),
      by: asked.by,
      logFrozen: true,
      checkpoint: await signedCheckpoint(appliance),
      figures: null,
      notified: null,
      closed: null,
      reminded: [],
    },
    (id) => audit.write({ actor: asked.by, action: 'incident-opened', subject: id }),
  );
  // An index that is not filled is no reason to wait: what it would say is said by the report, later.
  if (appliance.catalogue.stale) return incident;
  const figures = await countAffected(appliance, scope);
  return incidents.change(incident.id, (one) => {
    one.figures = figures;
  });
}

/** Notes that the authority was told. Throws `no-such-incident`, `notified-before`, `bad-moment`. */
export function notifyIncident(
  appliance: Appliance,
  id: string,
  by: string,
  { at, reference }: { at: Date; reference: string },
): Promise<Incident> {
  return incidentsOf(appliance).change(
    id,
    (incident) => markNotified(incident, at, by, reference, appliance.clock()),
    () => appliance.audit.write({ actor: by, action: 'incident-notified', subject: id }),
  );
}

/** Closes an incident; the log is pruned again once none is open. Throws `no-such-incident`, `incident-closed`, `no-text`. */
export async function closeIncident(
  appliance: Appliance,
  id: string,
  by: string,
  note: string,
): Promise<Incident> {
  const incidents = incidentsOf(appliance);
  const closed = await incidents.change(
    id,
    (incident) => closeIncidentFile(incident, by, note, appliance.clock()),
    () => appliance.audit.write({ actor: by, action: 'incident-closed', subject: id }),
  );
  // One that cannot be read counts as open.
  const damaged: string[] = [];
  const all = await incidents.all((other) => void damaged.push(other));
  const open = all.filter((one) => !one.closed).length + damaged.length;
  if (open === 0) await appliance.audit.unfreeze();
  return closed;
}

/** Reminders at 24 and 6 hours before the 72 are over, and on each day after (`incident.72h`). For the hourly timer. */
export async function incidentUpkeep(appliance: Appliance): Promise<void> {
  const { alarms, clock } = appliance;
  const incidents = incidentsOf(appliance);
  const damaged = (id: string, reason: string) =>
    alarms.raise('incident.damaged', `incident ${id} cannot be read: ${reason}`);
  for (const incident of await incidents.all(damaged)) {
    const reminder = reminderOf(incident, clock());
    if (reminder === undefined) continue;
    const due = noticeDueAt(incident).toISOString();
    const text = reminder.startsWith('overdue')
      ? `incident ${incident.id} was to be notified to the authority by ${due}`
      : `incident ${incident.id} is to be notified to the authority within ${reminder} hours, by ${due}`;
    await alarms.raise('incident.72h', text);
    await incidents.change(incident.id, (one) => void one.reminded.push(reminder));
  }
}

async function signedCheckpoint({ audit }: Appliance): Promise<Incident['checkpoint']> {
  const { text, signature } = await audit.checkpoint();
  return { text, signature };
}

function scopeOf(given: Partial<Scope>): Scope {
  const none = { since: null, until: null, madeSince: null, madeUntil: null };
  const scope = { ...none, client: null, line: null, extension: null, recordings: [], ...given };
  for (const [from, to] of [
    [scope.since, scope.until],
    [scope.madeSince, scope.madeUntil],
  ])
    if (from !== null && to !== null && from !== undefined && to !== undefined && from > to)
      throw new GreffierError('bad-scope', `it cannot end (${to}) before it begins (${from})`, {
        status: 400,
      });
  return scope;
}
