/** From page to page. It stays where it is, whatever the page holds. */
import { words } from '../shared/i18n.ts';
import { Chevron } from '../shared/icons.tsx';
import { loading, next, nextPage, pageNumber, previousPage } from './catalogue.ts';
import { searchWords } from './words.ts';

/** Turns the page, and shows it from its beginning. */
export async function turn(page: () => Promise<void>): Promise<void> {
  const before = pageNumber.peek();
  await page();
  if (pageNumber.peek() !== before) scrollTo(0, 0);
}

export function Pager() {
  const t = searchWords.value;
  if (pageNumber.value === 1 && !next.value) return null;
  return (
    <nav class="pager" aria-label={words.value.recordings.title}>
      <button
        type="button"
        class="button back"
        disabled={pageNumber.value === 1}
        aria-keyshortcuts="p"
        data-testid="previous-page"
        onClick={() => void turn(previousPage)}
      >
        <Chevron /> {t.previous}
      </button>
      <span class="muted" aria-live="polite" data-testid="page-number">
        {loading.value ? words.value.common.loading : t.page(pageNumber.value)}
      </span>
      <button
        type="button"
        class="button"
        disabled={!next.value}
        aria-keyshortcuts="n"
        data-testid="next-page"
        onClick={() => void turn(nextPage)}
      >
        {t.next} <Chevron />
      </button>
    </nav>
  );
}
