/** A bar for each day, or each hour. What it shows is also said in one sentence, for those who cannot see it. */
import { calendarDay } from './format.ts';

const HEIGHT = 64;
const STEP = 10;
const GAP = 3;

interface BarOf {
  amount: number;
  /** What is said of it when it is pointed at. */
  says: string;
}

export interface DayBar extends BarOf {
  /** YYYY-MM-DD */
  day: string;
}

export function DayBars({ bars, label }: { bars: DayBar[]; label: string }) {
  return (
    <Bars
      bars={bars}
      label={label}
      from={calendarDay(bars[0]?.day ?? '')}
      to={calendarDay(bars.at(-1)?.day ?? '')}
    />
  );
}

interface BarsProps {
  bars: BarOf[];
  label: string;
  from: string;
  to: string;
  /** What a full bar stands for; the highest one when left out. */
  full?: number | undefined;
}

/** Bars of whatever follows one another, with what stands at both ends. */
export function Bars({ bars, label, from, to, full }: BarsProps) {
  const most = (full ?? Math.max(...bars.map(({ amount }) => amount))) || 1;
  return (
    <>
      <svg
        viewBox={`0 0 ${bars.length * STEP - GAP} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
      >
        {bars.map(({ amount, says }, index) => (
          <Bar key={says} at={index} share={amount / most}>
            {says}
          </Bar>
        ))}
      </svg>
      <p class="plot-ends small muted figures">
        <span>{from}</span>
        <span>{to}</span>
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
