/** How many recordings there are, and what is wrong when they cannot be listed. */
import { count, day, time } from '../shared/format.ts';
import { words } from '../shared/i18n.ts';
import { Banner, Failure } from '../shared/ui.tsx';
import {
  effective,
  found,
  loading,
  problem,
  recordings,
  refresh,
  refreshedAt,
  searchedTo,
  total,
} from './catalogue.ts';
import { asked } from './filter.ts';
import { searchWords } from './words.ts';

/** How many there are; the line is always there, so that nothing moves. */
export function Count() {
  const t = searchWords.value;
  const narrowed = asked(effective.value).length > 0;
  const { count: fit, more } = found.value;
  const all = total.value;
  const said = () => {
    if (!recordings.value) return '\u00a0';
    if (loading.value && searchedTo.value) return t.lookingBack(day(searchedTo.value));
    if (!narrowed && all !== undefined) return words.value.recordings.total(all, count(all));
    return t.found(count(fit), fit > 1, more);
  };
  return (
    <p class="muted" role="status" data-testid="recordings-total">
      {said()}
    </p>
  );
}

export function Trouble() {
  if (!problem.value) return null;
  if (recordings.value && problem.value === 'unreachable' && refreshedAt.value) {
    return (
      <Banner tone="warning" testId="recordings-stale">
        {words.value.common.stale(time(refreshedAt.value))}
      </Banner>
    );
  }
  return <Failure code={problem.value} testId="recordings-error" retry={() => void refresh()} />;
}
