// A ticket is the proof that a reason to listen was given and is on disk in the audit log. It opens one recording, for
// the session that asked, for five minutes.

import { randomBytes } from 'node:crypto';
import type { Clock } from '../shared/clock.ts';

const GOOD_MS = 5 * 60_000;

export interface Tickets {
  issue(user: string, recording: string): string;
  valid(ticket: string, user: string, recording: string): boolean;
}

/** Tickets live in memory: a restart of the daemon asks for the reason again. */
export function createTickets(clock: Clock): Tickets {
  const issued = new Map<string, { user: string; recording: string; until: number }>();
  return {
    issue(user, recording) {
      const now = clock().getTime();
      for (const [ticket, { until }] of issued) if (until <= now) issued.delete(ticket);
      const ticket = randomBytes(24).toString('base64url');
      issued.set(ticket, { user, recording, until: now + GOOD_MS });
      return ticket;
    },
    valid(ticket, user, recording) {
      const found = issued.get(ticket);
      return found?.user === user && found.recording === recording && found.until > clock().getTime();
    },
  };
}
