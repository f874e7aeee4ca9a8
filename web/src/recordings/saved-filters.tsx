/** Filters that were kept: taken up again by one click, and taken away by another. */
import { useRef } from 'preact/hooks';
import { Cross } from '../shared/icons.tsx';
import { filter, setFilter } from './catalogue.ts';
import { asked, readFilter, writeFilter } from './filter.ts';
import { dropFilter, keepFilter, saved } from './saved.ts';
import { searchWords } from './words.ts';

export function SavedFilters() {
  const t = searchWords.value;
  const name = useRef<HTMLInputElement>(null);
  const some = asked(filter.value).length > 0;

  function submit(event: SubmitEvent) {
    event.preventDefault();
    keepFilter(name.current?.value ?? '', filter.value);
    if (name.current) name.current.value = '';
  }

  return (
    <div class="saved">
      <SavedList />
      {some && (
        <form onSubmit={submit}>
          <input
            ref={name}
            class="small"
            required
            maxLength={60}
            autocomplete="off"
            aria-label={t.saveAs}
            placeholder={t.saveAs}
            data-testid="save-name"
          />
          <button type="submit" class="button small" data-testid="save-filter">
            {t.save}
          </button>
        </form>
      )}
      {some && <p class="hint">{t.saveHint}</p>}
    </div>
  );
}

function SavedList() {
  const t = searchWords.value;
  if (saved.value.length === 0) return null;
  const here = writeFilter(filter.value);
  return (
    <ul class="chips" aria-label={t.saved} data-testid="saved-filters">
      {saved.value.map(({ name, query }) => (
        <li key={name} class="chip">
          <button
            type="button"
            class="chip-name"
            aria-pressed={query === here}
            data-testid="saved-filter"
            onClick={() => setFilter(readFilter(`?${query}`))}
          >
            {name}
          </button>
          <button type="button" aria-label={t.drop(name)} onClick={() => dropFilter(name)}>
            <Cross />
          </button>
        </li>
      ))}
    </ul>
  );
}
