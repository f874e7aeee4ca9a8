/** Today in four figures, each with its hours. */
import type { BoardFigures } from '../shared/board-types.ts';
import { FigureCard } from '../shared/figure-card.tsx';
import { clock, count, percent } from '../shared/format.ts';
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

export function Figures({ figures }: { figures: BoardFigures }) {
  const t = liveWords.value.figures;
  const hours = hoursDrawn(figures.hours);
  const written = <T,>(value: T | null, write: (value: T) => string) => (value === null ? '–' : write(value));
  return (
    <section class="figure-cards" aria-label={t.title} data-testid="figures">
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
  return (
    <FigureCard
      name={name}
      value={value}
      hint={hint}
      bars={hours.map((hour) => ({ name: t.hour(hour.hour), amount: amount(hour) }))}
      write={write}
      none={t.none}
      plot={t.plot}
    />
  );
}
