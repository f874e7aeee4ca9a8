// What the box knows of the time besides its clocks, and who is told when they disagree.

import type { Alarms } from './alarms/alarms.ts';
import type { AuditJournal } from './audit/journal.ts';
import type { Catalogue } from './catalogue/catalogue.ts';
import type { Logger } from './shared/logger.ts';
import type { News } from './time/effective.ts';

/** The latest moment that the audit log, a call or a recording tells of; undefined on a new box. */
export async function latestOnRecord(
  audit: Pick<AuditJournal, 'latest'>,
  catalogue: Pick<Catalogue, 'calls' | 'recordings'>,
): Promise<Date | undefined> {
  const [call] = catalogue.calls(1);
  const [recording] = catalogue.recordings(1);
  const told = [await audit.latest(), call?.arrived_at, recording?.started_at];
  const times = told.flatMap((at) => (at === undefined ? [] : [new Date(at).getTime()]));
  return times.length ? new Date(Math.max(...times)) : undefined;
}

/** Raises the alarm of a clock that was set back, once; that it is right again is no alarm. */
export function clockNews({ alarms, log }: { alarms: Pick<Alarms, 'raise'>; log: Logger }) {
  return async (news: News): Promise<void> => {
    if (news === 'set-back')
      await alarms.raise('clock.back', 'the clock was set back; what is due is destroyed all the same');
    // The alarm of a clock that jumped comes with each sweep that it keeps from destroying.
    else log.warn({ clock: news }, 'the clock has changed');
  };
}
