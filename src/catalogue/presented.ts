import type { RecordingRow } from './recording-row.ts';

/** A row as the web and the command line show it. */
export function presented(row: RecordingRow): object {
  return {
    id: row.id,
    startedAt: row.started_at,
    durationSeconds: row.milliseconds / 1000,
    direction: row.direction,
    client: row.client,
    line: { did: row.did, name: row.line_name },
    policy: row.policy,
    purpose: row.purpose,
    outside: { last4: row.last4 },
    extension: row.extension,
    queue: row.queue ?? '',
    consent: row.consent,
    state: row.state,
    dueAt: row.due_at,
    ...(row.held_until && { heldUntil: row.held_until }),
    bytes: row.bytes,
    ...(row.destroyed_at && { tombstone: { destroyedAt: row.destroyed_at, reason: row.destroyed_reason } }),
  };
}
