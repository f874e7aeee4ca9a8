// A ticket is the proof that a reason to listen was given and is on disk in the audit log. It opens one recording, for
// the session that asked, for five minutes.

import { randomBytes } from 'node:crypto';
import type { Clock } from '../shared/clock.ts';

const GOOD_MS = 5 * 60_000;

export interface Tickets {
  /** For the whole recording, or for who called alone. */
  issue(user: string, recording: string, part?: 'all' | 'details'): string;
  valid(ticket: string, user: string, recording: string, part: 'message' | 'details'): boolean;
}

/** Tickets live in memory: a restart of the daemon asks for the reason again. */
export function createTickets(clock: Clock): Tickets {
  const issued = new Map<string, { user: string; recording: string; part: string; until: number }>();
  return {
    issue(user, recording, part = 'all') {
      const now = clock().getTime();
      for (const [ticket, { until }] of issued) if (until <= now) issued.delete(ticket);
      const ticket = randomBytes(24).toString('base64url');
      issued.set(ticket, { user, recording, part, until: now + GOOD_MS });
      return ticket;
    },
    valid(ticket, user, recording, part) {
      const found = issued.get(ticket);
      if (found?.user !== user || found.recording !== recording) return false;
      return (found.part === 'all' || found.part === part) && found.until > clock().getTime();
    },
  };
}
