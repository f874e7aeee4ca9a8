/** Today in four figures, each with its hours. */
import type { BoardFigures } from '../shared/board-types.ts';
import { Bars } from '../shared/day-bars.tsx';
import { clock, count } from '../shared/format.ts';
import { type DrawnHour, hoursDrawn } from './hours.ts';
import { liveWords } from './words.ts';

interface FigureProps {
  name: string;
  value: string;
  hint: string;
  hours: DrawnHour[];
  amount(hour: DrawnHour): number | null;
  write(amount: number): string;
}

const percent = (share: number) => `${Math.round(share * 100)} %`;

export function Figures({ figures }: { figures: BoardFigures }) {
  const t = liveWords.value.figures;
  const hours = hoursDrawn(figures.hours);
  const written = <T,>(value: T | null, write: (value: T) => string) => (value === null ? '–' : write(value));
  return (
    <section class="live-figures" aria-label={t.title} data-testid="figures">
      <Figure
        name={t.calls}
        value={count(figures.calls)}
        hint={t.answered(figures.answered)}
        hours={hours}
        amount={({ calls }) => calls}
        write={count}
      />
      <Figure
        name={t.rate}
        value={written(figures.answerRate, percent)}
        hint={t.missed(figures.calls - figures.answered)}
        hours={hours}
        amount={({ calls, answered }) => (calls ? answered / calls : null)}
        write={percent}
      />
      <Figure
        name={t.waiting}
        value={written(figures.waitingSeconds, clock)}
        hint={t.waitingHint}
        hours={hours}
        amount={({ waitingSeconds }) => waitingSeconds}
        write={clock}
      />
      <Figure
        name={t.handling}
        value={written(figures.handlingSeconds, clock)}
        hint={t.handlingHint}
        hours={hours}
        amount={({ handlingSeconds }) => handlingSeconds}
        write={clock}
      />
    </section>
  );
}

function Figure({ name, value, hint, hours, amount, write }: FigureProps) {
  const t = liveWords.value.figures;
  const bars = hours.map((hour) => {
    const much = amount(hour);
    return { amount: much ?? 0, says: `${t.hour(hour.hour)} · ${much === null ? t.none : write(much)}` };
  });
  const best = bars.reduce((most, one) => (one.amount > most.amount ? one : most), {
    amount: 0,
    says: t.none,
  });
  return (
    <figure class="card day-plot">
      <figcaption>
        <span class="muted small">{name}</span>
        <strong class="live-figure figures">{value}</strong>
        <span class="muted small">{hint}</span>
      </figcaption>
      <Bars
        bars={bars}
        label={t.plot(name, best.says)}
        from={t.hour(hours[0]?.hour ?? 0)}
        to={t.hour(hours.at(-1)?.hour ?? 0)}
      />
    </figure>
  );
}
