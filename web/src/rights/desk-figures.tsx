/** How the desk is doing: open, overdue, answered in time, and how long that took. */
import { count } from '../shared/format.ts';
import type { RightsFigures } from '../shared/law-types.ts';
import { Bone } from '../shared/ui.tsx';
import { rightsWords } from './words.ts';

export function DeskFigures({ figures }: { figures: RightsFigures | null }) {
  const t = rightsWords.value.figures;
  const days = (value: number | null) => (value === null ? t.none : t.days(count(value)));
  return (
    <section class="figure-cards" aria-label={t.label} data-testid="rights-figures" aria-busy={!figures}>
      <Figure name={t.open} value={figures && count(figures.open)} hint={t.openHint} testId="figure-open" />
      <Figure
        name={t.overdue}
        value={figures && count(figures.overdue)}
        hint={t.overdueHint}
        bad={(figures?.overdue ?? 0) > 0}
        testId="figure-overdue"
      />
      <Figure
        name={t.inTime}
        value={figures && count(figures.inTime)}
        hint={t.inTimeHint(figures?.answered ?? 0)}
        testId="figure-in-time"
      />
      <Figure
        name={t.median}
        value={figures && days(figures.medianDays)}
        hint={t.medianHint(days(figures?.meanDays ?? null))}
        testId="figure-median"
      />
    </section>
  );
}

interface FigureProps {
  name: string;
  value: string | null;
  hint: string;
  testId: string;
  bad?: boolean;
}

function Figure({ name, value, hint, testId, bad }: FigureProps) {
  return (
    <figure class="card day-plot" data-testid={testId}>
      <figcaption>
        <span class="muted small">{name}</span>
        <strong class={bad ? 'figure-value figures bad' : 'figure-value figures'}>
          {value ?? <Bone width="s" />}
        </strong>
        <span class="muted small">{value === null ? '\u00a0' : hint}</span>
      </figcaption>
    </figure>
  );
}
