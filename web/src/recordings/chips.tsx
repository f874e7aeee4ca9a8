/** What the list is narrowed down by, each with a way to take it away, and the order. */
import { words } from '../shared/i18n.ts';
import { Cross } from '../shared/icons.tsx';
import { choose, filter, recordings, setFilter, terms } from './catalogue.ts';
import { chipsOf } from './described.ts';
import { SORTS, type Sort } from './filter.ts';
import { partyEnds } from './typing.ts';
import { searchWords } from './words.ts';

export function Chips() {
  const t = searchWords.value;
  const { party, sort } = filter.value;
  const end = partyEnds.value.get(party ?? '') ?? (party && recordings.value?.[0]?.outside.last4) ?? '';
  const chips = chipsOf(filter.value, { terms: terms.value, end });
  if (chips.length === 0) return null;
  return (
    <ul class="chips" aria-label={t.active} data-testid="chips">
      {chips.map(({ name, text, fields }) => (
        <li key={name} class="chip">
          <span class="muted">{name}</span> {text}
          <button
            type="button"
            aria-label={t.remove(`${name} ${text}`)}
            data-testid={`drop-${fields[0]}`}
            onClick={() => choose(Object.fromEntries(fields.map((field) => [field, ''])))}
          >
            <Cross />
          </button>
        </li>
      ))}
      <li>
        <button
          type="button"
          class="link-button"
          data-testid="clear-filters"
          onClick={() => setFilter(sort ? { sort } : {})}
        >
          {t.clear}
        </button>
      </li>
    </ul>
  );
}

export function Order() {
  const t = searchWords.value;
  return (
    <label class="order">
      <span class="for-ears">{t.sort}</span>
      <select
        class="small"
        data-testid="sort"
        value={filter.value.sort ?? 'newest'}
        onChange={(event) => choose({ sort: event.currentTarget.value as Sort })}
      >
        {SORTS.map((sort) => (
          <option key={sort} value={sort}>
            {t.sorts[sort]}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Nothing fits: what to do about it. */
export function NothingFits() {
  const t = searchWords.value;
  return (
    <div class="card empty" data-testid="recordings-none">
      <h2>{t.none}</h2>
      <p class="muted">{t.noneHint}</p>
      <button type="button" class="button small" onClick={() => setFilter({})}>
        {t.clear}
      </button>
      <span class="for-ears">{words.value.recordings.title}</span>
    </div>
  );
}
