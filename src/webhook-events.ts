// From a call, an entry of the audit log or an alarm to the event that is told of it. Each id is made of what it is about,
// so that the same event has the same id however often it is found.

import type { Alarm } from './alarms/alarms.ts';
import type { Appliance } from './appliance.ts';
import type { AuditEntry } from './audit/entry.ts';
import type { CallRow } from './catalogue/calls.ts';
import type { CallTold, WebhookEvent } from './webhooks/event.ts';

/** Reasons for which a call was not recorded because somebody did not want it. */
const OPTED_OUT = ['refused', 'objected'];

type Parts = Pick<Appliance, 'config' | 'catalogue'>;

/** What there is to tell of a call that the index lists. @param number of the party outside, in E.164, where it is known */
export function eventsOfCall(
  { config, catalogue }: Parts,
  id: string,
  number: string | undefined,
): WebhookEvent[] {
  const row = catalogue.call(id);
  if (!row) return [];
  const recording = catalogue.recording(id);
  const common = { at: row.ended_at ?? row.arrived_at, site: config.site.name, client: row.client };
  const call = toldOf(row);
  const optedOut = OPTED_OUT.includes(row.reason ?? '');
  // Whoever has objected is not told of by number either.
  const ended: WebhookEvent = { id: `call.ended:${id}`, type: 'call.ended', ...common, call };
  return [
    number && !optedOut ? { ...ended, number } : ended,
    ...(recording && recording.state !== 'destroyed'
      ? [
          {
            id: `recording.sealed:${id}`,
            type: 'recording.sealed' as const,
            ...common,
            recording: {
              id,
              state: recording.state,
              durationSeconds: recording.milliseconds / 1000,
              dueAt: recording.due_at,
            },
          },
        ]
      : []),
    ...(optedOut ? [{ id: `opt-out:${id}`, type: 'opt-out' as const, ...common, call }] : []),
  ];
}

function toldOf(row: CallRow): CallTold {
  const from = row.answered_at ?? row.ended_at ?? row.arrived_at;
  const milliseconds = Math.max(0, Date.parse(row.ended_at ?? from) - Date.parse(from));
  const { direction } = row;
  return {
    id: row.id,
    direction,
    directionTitle: direction.charAt(0).toUpperCase() + direction.slice(1),
    directionUpper: direction.toUpperCase(),
    line: row.line_name,
    startedAt: row.arrived_at,
    answeredAt: row.answered_at,
    endedAt: row.ended_at,
    day: row.arrived_at.slice(0, 10),
    durationSeconds: Math.round(milliseconds / 1000),
    durationMs: milliseconds,
    disposition: row.disposition,
    recorded: row.recorded === 1,
    reason: row.reason,
  };
}

/** Between the entry and the destruction lies a moment; a destruction that fails gets another entry when it is tried again. */
const UNDER_WAY_MS = 10 * 60_000;

/** Whether an entry tells of a destruction that may still take place at this moment. */
export function isUnderWay(
  { catalogue, clock }: Pick<Appliance, 'catalogue' | 'clock'>,
  entry: AuditEntry,
): boolean {
  const { action, at, recording } = entry;
  if (action !== 'purge' || !recording) return false;
  const row = catalogue.recording(recording);
  return row !== undefined && row.state !== 'destroyed' && clock().getTime() - Date.parse(at) < UNDER_WAY_MS;
}

/** What an entry of the audit log tells; undefined for all that is nobody else's business. */
export function entryEvent({ config, catalogue }: Parts, entry: AuditEntry): WebhookEvent | undefined {
  const { action, at, index = 0, recording } = entry;
  const common = { at, site: config.site.name };
  if (action === 'objection-added')
    return { id: `opt-out:audit-${index}`, type: 'opt-out', ...common, client: null };
  if (action !== 'purge' || !recording) return undefined;
  const row = catalogue.recording(recording);
  if (row && row.state !== 'destroyed') return undefined;
  return {
    id: `recording.destroyed:${recording}`,
    type: 'recording.destroyed',
    ...common,
    client: row?.client ?? null,
    recording: { id: recording, state: 'destroyed', durationSeconds: 0, dueAt: row?.due_at ?? '' },
  };
}

/** What an alarm tells: its code, and which call it is about. An alarm about webhooks is none of theirs. */
export function alarmEvent({ config }: Pick<Appliance, 'config'>, alarm: Alarm): WebhookEvent | undefined {
  const { id, code, at, call = null } = alarm;
  if (code.startsWith('webhook.')) return undefined;
  return {
    id: `alarm.raised:${id}`,
    type: 'alarm.raised',
    at,
    site: config.site.name,
    client: null,
    alarm: { code, call },
  };
}
