/** How many go on each day to come; days on which none goes are drawn too. */
import { DayBars } from '../shared/day-bars.tsx';
import { calendarDay, count } from '../shared/format.ts';
import type { RetentionPreview } from '../shared/retention-types.ts';
import { retentionWords } from './words.ts';

const DAY_MS = 86_400_000;

export function GoingPlot({ preview: { at, days }, span }: { preview: RetentionPreview; span: number }) {
  const t = retentionWords.value;
  const counts = new Map(days.map(({ day, recordings }) => [day, recordings]));
  // What is due already goes with the next sweep: today.
  const first = at.slice(0, 10);
  const overdue = days.filter(({ day }) => day < first).reduce((sum, one) => sum + one.recordings, 0);
  const bars = Array.from({ length: span }, (_, index) => {
    const day = new Date(Date.parse(first) + index * DAY_MS).toISOString().slice(0, 10);
    return { day, recordings: (counts.get(day) ?? 0) + (index === 0 ? overdue : 0) };
  });
  const most = bars.reduce((best, one) => (one.recordings > best.recordings ? one : best));
  const total = bars.reduce((sum, { recordings }) => sum + recordings, 0);
  return (
    <figure class="day-plot" data-testid="going-plot">
      <DayBars
        bars={bars.map(({ day, recordings }) => ({
          day,
          amount: recordings,
          says: t.onDay(calendarDay(day), count(recordings)),
        }))}
        label={t.plot(span, count(total), count(most.recordings), calendarDay(most.day))}
      />
    </figure>
  );
}
