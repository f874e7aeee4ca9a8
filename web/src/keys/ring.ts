/** The keys as this page knows them, and the one replacement it may be working on; both outlive the page. */
import { effect, signal } from '@preact/signals';
import { api } from '../shared/api.ts';
import { codeOf } from '../shared/api-error.ts';
import { keyApi } from '../shared/key-api.ts';
import type { KeyGroups, Keys } from '../shared/key-types.ts';
import { touch } from './auto-lock.ts';
import { rewrapHeaders } from './key-holder.ts';
import { createRewrapping } from './rewrapping.ts';
import { daysUntil, urgencyOf } from './urgency.ts';

export const ring = signal<Keys | null>(null);
/** Who opens the keys of groups, and who could. */
export const groupRing = signal<KeyGroups | null>(null);
export const ringProblem = signal<string | null>(null);

function freshWork() {
  return createRewrapping({
    rotation: api.rotation,
    fetch: api.rotationHeaders,
    rewrap: rewrapHeaders,
    handBack: api.handBackHeaders,
    // The key must not lock itself for idleness in the middle of the work.
    stillHere: touch,
  });
}

export const work = signal(freshWork());

/** Asks the server again. */
export async function loadRing(): Promise<void> {
  try {
    [ring.value, groupRing.value] = await Promise.all([api.keys(), keyApi.keyGroups()]);
    ringProblem.value = null;
  } catch (error) {
    ringProblem.value = codeOf(error);
  }
}

/** Once the work is over, the replacement itself is, as far as the server knows. */
effect(() => {
  if (work.value.phase.value === 'finished') void loadRing();
});

/** How many things of the ring want somebody's attention. */
export function pointsOfRing(keys: Keys, now = Date.now()): number {
  const all = [...keys.recovery, ...keys.groups.flatMap((group) => group.keys)];
  const troubled = all.filter(
    ({ unfit, expires }) => unfit !== null || (expires && urgencyOf(daysUntil(expires, now)) !== 'good'),
  );
  const overdue = keys.drills.filter((drill) => drill.overdue);
  return troubled.length + overdue.length + (keys.rotation ? 1 : 0) + (keys.recovery.length === 0 ? 1 : 0);
}

/** Forgets all of it when the session ends. */
export function forgetRing(): void {
  work.value.stop();
  work.value = freshWork();
  ring.value = null;
  groupRing.value = null;
  ringProblem.value = null;
}
