/** How many go on each day to come; days on which none goes are drawn too. */
import { calendarDay, count } from '../shared/format.ts';
import type { RetentionPreview } from '../shared/retention-types.ts';
import { retentionWords } from './words.ts';

const HEIGHT = 64;
const STEP = 10;
const GAP = 3;
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
      <svg
        viewBox={`0 0 ${span * STEP - GAP} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t.plot(span, count(total), count(most.recordings), calendarDay(most.day))}
      >
        {bars.map(({ day, recordings }, index) => (
          <Bar key={day} at={index} share={recordings / Math.max(1, most.recordings)}>
            {t.onDay(calendarDay(day), count(recordings))}
          </Bar>
        ))}
      </svg>
      <p class="plot-ends small muted figures">
        <span>{calendarDay(bars[0]?.day ?? '')}</span>
        <span>{calendarDay(bars.at(-1)?.day ?? '')}</span>
      </p>
    </figure>
  );
}

function Bar({ at, share, children }: { at: number; share: number; children: string }) {
  const height = share > 0 ? Math.max(1.5, share * HEIGHT) : 0;
  const column = { x: at * STEP, width: STEP - GAP };
  return (
    <g>
      <title>{children}</title>
      <rect class="column" {...column} y={0} height={HEIGHT} />
      <rect class="bar" {...column} y={HEIGHT - height} height={height} />
    </g>
  );
}
