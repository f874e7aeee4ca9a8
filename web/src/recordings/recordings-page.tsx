/** The catalogue: a table on a wide screen, cards on a narrow one, the same rows in both. */
import { count, time } from '../shared/format.ts';
import { words } from '../shared/i18n.ts';
import { Calls } from '../shared/icons.tsx';
import { usePoll } from '../shared/poll.ts';
import { Banner, Failure, PageTitle } from '../shared/ui.tsx';
import { narrow } from '../shared/width.ts';
import { RecordingCards } from './cards.tsx';
import {
  loadingMore,
  loadMore,
  next,
  problem,
  recordings,
  refresh,
  refreshedAt,
  total,
} from './catalogue.ts';
import { useRowKeys } from './row-keys.ts';
import { RecordingTable } from './table.tsx';

const REFRESH_SECONDS = 10;

export function RecordingsPage() {
  usePoll(refresh, REFRESH_SECONDS);
  useRowKeys();
  const t = words.value.recordings;
  return (
    <>
      <PageTitle text={t.title}>
        <p class="muted" data-testid="recordings-total">
          {recordings.value ? t.total(total.value, count(total.value)) : '\u00a0'}
        </p>
      </PageTitle>
      <Trouble />
      <Rows />
      {recordings.value && next.value && (
        <p class="more">
          <button
            type="button"
            class="button"
            data-testid="load-more"
            disabled={loadingMore.value}
            onClick={() => void loadMore()}
          >
            {loadingMore.value ? words.value.common.loading : t.more}
          </button>
        </p>
      )}
      {Boolean(recordings.value?.length) && !narrow.value && <p class="hint shortcuts">{t.shortcuts}</p>}
    </>
  );
}

function Trouble() {
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

function Rows() {
  if (!recordings.value && problem.value) return null;
  if (recordings.value?.length === 0) return <Empty />;
  return narrow.value ? (
    <RecordingCards rows={recordings.value} />
  ) : (
    <RecordingTable rows={recordings.value} />
  );
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
