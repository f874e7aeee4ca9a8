// What of the holds a person has to know, early enough to do something: that one ends, that one is damaged, that one is
// gone. The index is put right on the way.

import type { Appliance } from './appliance.ts';
import { type Hold, heldUntil } from './holds/hold.ts';
import { noteHolds } from './legal-holds.ts';

type Attended = Pick<Appliance, 'holds' | 'catalogue' | 'clock' | 'alarms'>;

const DAY_MS = 86_400_000;
/** Days before the end of a hold at which an alarm is raised. */
const WARNINGS = [7, 30];

/** Looks after the holds. Once an hour every file is read anew: one may have been changed where it lies. */
export async function attendToHolds(appliance: Attended): Promise<void> {
  const { holds, clock, alarms } = appliance;
  const now = clock();
  const lasting = (await holds.all(now.getUTCMinutes() === 0)).filter(
    (hold) => heldUntil(hold, now) !== null,
  );
  for (const { id, damage, everything } of lasting) {
    const what = everything ? 'nothing at all is destroyed' : 'what it names is kept';
    if (damage !== null)
      await alarms.raise('hold.damaged', `hold ${id} cannot be believed, ${what}: ${damage}`);
  }
  const [first, ...more] = await noteHolds(appliance);
  if (first)
    await alarms.raise(
      'hold.damaged',
      `the index calls ${first.id} held until ${first.held_until}, and no hold says so; ${more.length} more are alike`,
    );
  await tellOfEnds(appliance, lasting, now);
}

/** Of each end a month and a week before, once each: whether it was told stands among the alarms. */
async function tellOfEnds({ alarms }: Attended, holds: Hold[], now: Date): Promise<void> {
  const messages = holds.flatMap((hold) => {
    const left = (new Date(hold.endsAt).getTime() - now.getTime()) / DAY_MS;
    const warning = WARNINGS.find((days) => left <= days);
    return hold.damage === null && warning !== undefined ? [messageOf(hold, warning)] : [];
  });
  if (messages.length === 0) return;
  const told = new Set((await alarms.latest(Number.MAX_SAFE_INTEGER)).map(({ message }) => message));
  for (const message of messages) if (!told.has(message)) await alarms.raise('hold.ends', message);
}

function messageOf({ id, recordings, endsAt }: Hold, days: number): string {
  return `hold ${id} of ${recordings.length} recordings ends within ${days} days, on ${endsAt}`;
}
