// Rows of the index of calls, each said by what is different about it.

import type { CallRow } from '../../../src/catalogue/calls.ts';

let count = 0;

/** A call that came in at that moment (UTC ISO 8601), was answered after ten seconds, lasted a minute and was recorded. */
export function callAt(arrivedAt: string, changes: Partial<CallRow> = {}): CallRow {
  count += 1;
  const at = Date.parse(arrivedAt);
  return {
    id: `${String(count).padStart(8, '0')}-0000-4000-8000-000000000000`,
    arrived_at: new Date(at).toISOString(),
    answered_at: new Date(at + 10_000).toISOString(),
    ended_at: new Date(at + 70_000).toISOString(),
    direction: 'inbound',
    client: 'demo',
    did: '+33123456701',
    line_name: 'Accueil',
    policy: 'quality',
    queue: '',
    last4: '',
    fingerprint: '',
    extension: '201',
    waiting_ms: 10_000,
    disposition: 'answered',
    consent: 'not-refused',
    announced: 1,
    recorded: 1,
    reason: null,
    ...changes,
  };
}

/** What is different about a call that nobody answered. */
export const MISSED: Partial<CallRow> = {
  answered_at: null,
  waiting_ms: null,
  disposition: 'abandoned',
  announced: 0,
  recorded: 0,
  consent: '',
  reason: 'unanswered',
};
