/** One question, answered from 1 to 4, or not at all. */
import type { Signal } from '@preact/signals';
import type { Criterion, Marks } from '../shared/scorecard-types.ts';
import { qualityWords } from './words.ts';

export const CRITERIA: Criterion[] = ['procedure', 'accuracy', 'collection', 'relationship'];
const CHOICES = [1, 2, 3, 4, null];

export function MarkChoice({ criterion, marks }: { criterion: Criterion; marks: Signal<Marks> }) {
  const t = qualityWords.value;
  return (
    <fieldset class="mark-choice">
      <legend>{t.criteria[criterion]}</legend>
      {CHOICES.map((mark) => (
        <label key={String(mark)}>
          <input
            type="radio"
            name={criterion}
            checked={marks.value[criterion] === mark}
            data-testid={`mark-${criterion}-${mark ?? 'none'}`}
            onChange={() => {
              marks.value = { ...marks.value, [criterion]: mark };
            }}
          />{' '}
          {mark === null ? t.notJudged : `${mark} · ${t.marks[mark]}`}
        </label>
      ))}
    </fieldset>
  );
}
