/** A figure in large type over the bars that it is made of. */
import { Bars } from './day-bars.tsx';

export interface FigureCardProps {
  name: string;
  value: string;
  hint: string;
  /** What each bar stands for, and how much; null when there was nothing. */
  bars: { name: string; amount: number | null }[];
  write(amount: number): string;
  /** Said of a bar that stands for nothing. */
  none: string;
  /** The plot in one sentence, for those who cannot see it. */
  plot(name: string, best: string): string;
  /** What a full bar stands for; the highest one when left out. */
  full?: number;
  testId?: string;
}

export function FigureCard({ name, value, hint, bars, write, none, plot, full, testId }: FigureCardProps) {
  const drawn = bars.map(({ name: bar, amount }) => ({
    amount: amount ?? 0,
    says: `${bar} · ${amount === null ? none : write(amount)}`,
  }));
  const best = drawn.reduce((most, one) => (one.amount > most.amount ? one : most), {
    amount: 0,
    says: none,
  });
  return (
    <figure class="card day-plot" data-testid={testId}>
      <figcaption>
        <span class="muted small">{name}</span>
        <strong class="figure-value figures">{value}</strong>
        <span class="muted small">{hint}</span>
      </figcaption>
      {drawn.length > 0 && (
        <Bars
          bars={drawn}
          full={full}
          label={plot(name, best.says)}
          from={bars.at(0)?.name ?? ''}
          to={bars.at(-1)?.name ?? ''}
        />
      )}
    </figure>
  );
}
