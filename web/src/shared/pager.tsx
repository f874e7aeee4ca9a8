/** From page to page. It stays where it is, whatever the page holds. */
import { words } from './i18n.ts';
import { Chevron } from './icons.tsx';

export interface PagerProps {
  /** What is paged through, for the ear. */
  label: string;
  /** From 1. */
  page: number;
  more: boolean;
  loading: boolean;
  previous(): void;
  next(): void;
}

export function Pager({ label, page, more, loading, previous, next }: PagerProps) {
  const t = words.value.common;
  if (page === 1 && !more) return null;
  return (
    <nav class="pager" aria-label={label}>
      <button
        type="button"
        class="button back"
        disabled={page === 1}
        aria-keyshortcuts="p"
        data-testid="previous-page"
        onClick={previous}
      >
        <Chevron /> {t.previousPage}
      </button>
      <span class="muted" aria-live="polite" data-testid="page-number">
        {loading ? t.loading : t.page(page)}
      </span>
      <button
        type="button"
        class="button"
        disabled={!more}
        aria-keyshortcuts="n"
        data-testid="next-page"
        onClick={next}
      >
        {t.nextPage} <Chevron />
      </button>
    </nav>
  );
}
