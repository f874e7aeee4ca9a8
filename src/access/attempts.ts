// Guessing is slowed down, without giving an outsider the means to keep somebody out: failures are counted for a name at
// an address, and for a name as a whole; a browser that the person has logged in with before is counted by itself.

import type { Clock } from '../shared/clock.ts';
import { GreffierError } from '../shared/errors.ts';

interface Bucket {
  failures: number;
  /** Nothing is tried before that moment (ms). */
  until: number;
  last: number;
}

interface Limit {
  /** Failures that cost nothing. */
  free: number;
  longestMs: number;
}

const AT_AN_ADDRESS: Limit = { free: 5, longestMs: 15 * 60_000 };
/** Many addresses at once: slower, but never as long as the wait that drives people to share passwords. */
const BY_NAME: Limit = { free: 50, longestMs: 60_000 };
const FORGOTTEN_AFTER_MS = 3_600_000;
const MOST_BUCKETS = 10_000;

export interface Attempt {
  user: string;
  address: string;
  /** Id of a browser that the person has logged in with before. */
  device?: string | undefined;
}

export interface Attempts {
  /** Throws `too-many-attempts` (429) as long as the wait lasts; the message says how many seconds. */
  insist(attempt: Attempt): void;
  failed(attempt: Attempt): void;
  succeeded(attempt: Attempt): void;
}

/** Counts attempts in memory: a restart forgets them, which no outsider can cause. */
export function createAttempts(clock: Clock): Attempts {
  const buckets = new Map<string, Bucket>();

  function limitsOf({ user, address, device }: Attempt): [string, Limit][] {
    if (device) return [[`device ${device} ${user}`, AT_AN_ADDRESS]];
    return [
      [`address ${networkOf(address)} ${user}`, AT_AN_ADDRESS],
      [`name ${user}`, BY_NAME],
    ];
  }

  return {
    insist(attempt) {
      const now = clock().getTime();
      const until = Math.max(...limitsOf(attempt).map(([name]) => buckets.get(name)?.until ?? 0));
      if (until <= now) return;
      const seconds = Math.ceil((until - now) / 1000);
      throw new GreffierError('too-many-attempts', `too many attempts, try again in ${seconds} s`, {
        status: 429,
      });
    },
    failed(attempt) {
      const now = clock().getTime();
      for (const [name, { free, longestMs }] of limitsOf(attempt)) {
        const before = buckets.get(name);
        const failures = before && now - before.last < FORGOTTEN_AFTER_MS ? before.failures + 1 : 1;
        const wait = failures < free ? 0 : Math.min(2 ** (failures - free) * 2_000, longestMs);
        // Put anew, so that the oldest stand first.
        buckets.delete(name);
        buckets.set(name, { failures, until: now + wait, last: now });
      }
      for (const name of buckets.keys()) {
        if (buckets.size <= MOST_BUCKETS) break;
        buckets.delete(name);
      }
    },
    succeeded(attempt) {
      // The count of the name stays: one who got in says nothing of those who still try.
      const own = limitsOf(attempt)[0];
      if (own) buckets.delete(own[0]);
    },
  };
}

/** Whoever holds an IPv6 network holds all its addresses: the first 64 bits count. */
function networkOf(address: string): string {
  return address.includes(':') && !address.includes('.') ? address.split(':').slice(0, 4).join(':') : address;
}
