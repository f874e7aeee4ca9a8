/** A bar for each day. What it shows is also said in one sentence, for those who cannot see it. */
import type { Disk } from '../shared/api-types.ts';
import { DayBars } from '../shared/day-bars.tsx';
import { calendarDay, size } from '../shared/format.ts';
import { words } from '../shared/i18n.ts';

export function DayPlot({ days }: { days: Disk['days'] }) {
  const t = words.value.health;
  const most = days.reduce((best, one) => (one.bytes > best.bytes ? one : best));
  const total = days.reduce((sum, { bytes }) => sum + bytes, 0);
  return (
    <figure class="day-plot" data-testid="day-plot">
      <figcaption class="small">
        {t.sealedByDay} <span class="muted">· {t.lastDays(days.length)}</span>
      </figcaption>
      <DayBars
        bars={days.map(({ day, bytes }) => ({
          day,
          amount: bytes,
          says: `${calendarDay(day)} · ${size(bytes)}`,
        }))}
        label={t.plot(days.length, size(total), size(most.bytes), calendarDay(most.day))}
      />
    </figure>
  );
}
