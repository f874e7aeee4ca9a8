/** A bar for each day. What it shows is also said in one sentence, for those who cannot see it. */
import type { Disk } from '../shared/api-types.ts';
import { calendarDay, size } from '../shared/format.ts';
import { words } from '../shared/i18n.ts';

const HEIGHT = 64;
const STEP = 10;
const GAP = 3;

export function DayPlot({ days }: { days: Disk['days'] }) {
  const t = words.value.health;
  const most = days.reduce((best, one) => (one.bytes > best.bytes ? one : best));
  const total = days.reduce((sum, { bytes }) => sum + bytes, 0);
  const width = days.length * STEP - GAP;
  return (
    <figure class="day-plot" data-testid="day-plot">
      <figcaption class="small">
        {t.sealedByDay} <span class="muted">· {t.lastDays(days.length)}</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${width} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t.plot(days.length, size(total), size(most.bytes), calendarDay(most.day))}
      >
        {days.map(({ day, bytes }, at) => (
          <Bar key={day} at={at} day={day} bytes={bytes} share={bytes / Math.max(1, most.bytes)} />
        ))}
      </svg>
      <p class="plot-ends small muted figures">
        <span>{calendarDay(days[0]?.day ?? '')}</span>
        <span>{calendarDay(days.at(-1)?.day ?? '')}</span>
      </p>
    </figure>
  );
}

/** The pale column behind makes a day on which nothing was sealed visible, and easy to point at. */
function Bar({ at, day, bytes, share }: { at: number; day: string; bytes: number; share: number }) {
  const height = bytes > 0 ? Math.max(1.5, share * HEIGHT) : 0;
  const column = { x: at * STEP, width: STEP - GAP };
  return (
    <g>
      <title>{`${calendarDay(day)} · ${size(bytes)}`}</title>
      <rect class="column" {...column} y={0} height={HEIGHT} />
      <rect class="bar" {...column} y={HEIGHT - height} height={height} />
    </g>
  );
}
