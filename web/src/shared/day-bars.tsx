/** A bar for each day. What it shows is also said in one sentence, for those who cannot see it. */
import { calendarDay } from './format.ts';

const HEIGHT = 64;
const STEP = 10;
const GAP = 3;

export interface DayBar {
  /** YYYY-MM-DD */
  day: string;
  amount: number;
  /** What is said of it when it is pointed at. */
  says: string;
}

export function DayBars({ bars, label }: { bars: DayBar[]; label: string }) {
  const most = Math.max(1, ...bars.map(({ amount }) => amount));
  return (
    <>
      <svg
        viewBox={`0 0 ${bars.length * STEP - GAP} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
      >
        {bars.map(({ day, amount, says }, index) => (
          <Bar key={day} at={index} share={amount / most}>
            {says}
          </Bar>
        ))}
      </svg>
      <p class="plot-ends small muted figures">
        <span>{calendarDay(bars[0]?.day ?? '')}</span>
        <span>{calendarDay(bars.at(-1)?.day ?? '')}</span>
      </p>
    </>
  );
}

/** The pale column behind makes a day on which there was nothing visible, and easy to point at. */
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
