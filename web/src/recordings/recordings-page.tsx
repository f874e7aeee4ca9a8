/** The catalogue: searched while one types, a page at a time; a table on a wide screen, cards on a narrow one. */
import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { words } from '../shared/i18n.ts';
import { Calls, Funnel } from '../shared/icons.tsx';
import { useListFeed } from '../shared/list-feed.ts';
import type { Opener } from '../shared/opener.ts';
import { Pager } from '../shared/pager.tsx';
import { usePageKeys } from '../shared/row-keys.ts';
import { PageTitle } from '../shared/ui.tsx';
import { narrow } from '../shared/width.ts';
import { RecordingCards } from './cards.tsx';
import {
  effective,
  filter,
  keepInAddress,
  learnTerms,
  loading,
  next,
  nextPage,
  pageNumber,
  previousPage,
  problem,
  recordings,
  refresh,
  setFilter,
} from './catalogue.ts';
import { Chips, NothingFits, Order } from './chips.tsx';
import { asked, readFilter, writeFilter } from './filter.ts';
import { FilterPanel } from './filter-panel.tsx';
import { Help, helpShown } from './help.tsx';
import { watchNumbers } from './numbers.ts';
import { openSaved } from './saved.ts';
import { SearchBox } from './search-box.tsx';
import { NumbersButton, NumbersPanel } from './show-numbers.tsx';
import { Count, Trouble } from './status.tsx';
import { RecordingTable } from './table.tsx';
import { searchWords } from './words.ts';

export interface RecordingsPageProps {
  user: string;
  opener: Opener;
  UnlockForm: ComponentType;
}

/** The filter of the address counts; without one, the filter that was left here, which goes into the address. */
function takeUpAddress(): void {
  const there = readFilter(location.search);
  if (writeFilter(there) && writeFilter(there) !== writeFilter(filter.peek())) setFilter(there);
  else keepInAddress();
}

export function RecordingsPage({ user, opener, UnlockForm }: RecordingsPageProps) {
  const field = useRef<HTMLInputElement>(null);
  const panel = useSignal(false);
  const numbersAsked = useSignal(false);
  useEffect(takeUpAddress, []);
  useEffect(() => openSaved(user), [user]);
  useEffect(() => void learnTerms(), []);
  useEffect(() => watchNumbers(opener), [opener]);
  useListFeed(refresh);
  usePageKeys(
    useMemo(
      () => ({
        '/': () => field.current?.focus(),
        n: () => void turn(nextPage),
        p: () => void turn(previousPage),
        f: () => {
          panel.value = !panel.value;
        },
        '?': () => {
          helpShown.value = true;
        },
      }),
      [panel],
    ),
  );
  const t = searchWords.value;
  return (
    <>
      <PageTitle text={words.value.recordings.title}>
        <Count />
      </PageTitle>
      <search class="searching">
        <SearchBox field={field} />
        <div class="tools">
          <button
            type="button"
            class="button small"
            aria-expanded={panel.value}
            aria-controls="filters"
            aria-keyshortcuts="f"
            data-testid="filters"
            onClick={() => {
              panel.value = !panel.value;
            }}
          >
            <Funnel /> {t.filters}
          </button>
          <Order />
          <NumbersButton asked={numbersAsked} />
          <button
            type="button"
            class="button small"
            aria-label={t.help}
            aria-keyshortcuts="?"
            title={t.help}
            data-testid="help-button"
            onClick={() => {
              helpShown.value = true;
            }}
          >
            ?
          </button>
        </div>
        {panel.value && <FilterPanel />}
        <Chips />
      </search>
      <NumbersPanel opener={opener} UnlockForm={UnlockForm} asked={numbersAsked} />
      <Trouble />
      <Results />
      <Pager
        label={words.value.recordings.title}
        page={pageNumber.value}
        more={next.value !== null}
        loading={loading.value}
        previous={() => void turn(previousPage)}
        next={() => void turn(nextPage)}
      />
      <Help />
    </>
  );
}

/** Turns the page, and shows it from its beginning. */
async function turn(page: () => Promise<void>): Promise<void> {
  const before = pageNumber.peek();
  await page();
  if (pageNumber.peek() !== before) scrollTo(0, 0);
}

function Results() {
  return (
    <div class={loading.value ? 'results stale' : 'results'} aria-busy={loading.value}>
      <Rows />
    </div>
  );
}

/** Drawn anew when there are other rows, and not whenever something else on the page changes. */
function Rows() {
  const [rows, small] = [recordings.value, narrow.value];
  const drawn = useMemo(
    () => (small ? <RecordingCards rows={rows} /> : <RecordingTable rows={rows} />),
    [rows, small],
  );
  if (!rows && problem.value) return null;
  if (rows?.length === 0) return asked(effective.value).length > 0 ? <NothingFits /> : <Empty />;
  return drawn;
}

function Empty() {
  const t = words.value.recordings;
  return (
    <div class="card empty" data-testid="recordings-empty">
      <Calls />
      <h2>{t.empty}</h2>
      <p class="muted">{t.emptyHint}</p>
    </div>
  );
}
