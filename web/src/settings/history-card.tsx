/** Who has changed the rules, and when; and the commitments to the draws, which an auditor checks them by. */
import { useSignal } from '@preact/signals';
import { useCallback, useEffect } from 'preact/hooks';
import { codeOf } from '../shared/api-error.ts';
import { nearDay, time } from '../shared/format.ts';
import { settingsApi as api } from '../shared/settings-api.ts';
import type { SettingsHistory } from '../shared/settings-types.ts';
import { Bone, Failure } from '../shared/ui.tsx';
import { told } from './told.ts';
import { settingsWords } from './words.ts';

export function HistoryCard({ generation }: { generation: string | null }) {
  const t = settingsWords.value;
  const entries = useSignal<SettingsHistory['entries'] | null>(null);
  const next = useSignal<number | null>(null);
  const failed = useSignal<string | null>(null);
  const load = useCallback(
    async (before: number | null) => {
      try {
        const page = await api.settingsHistory(before);
        entries.value = before === null ? page.entries : [...(entries.value ?? []), ...page.entries];
        next.value = page.next;
        failed.value = null;
      } catch (error) {
        failed.value = codeOf(error);
      }
    },
    [entries, next, failed],
  );
  useEffect(() => void load(null), [load, generation]);
  return (
    <section class="card" data-testid="history" aria-busy={!entries.value}>
      <h2>{t.history.title}</h2>
      {failed.value && <Failure code={failed.value} testId="history-error" retry={() => void load(null)} />}
      {!entries.value && !failed.value && <Bone width="l" />}
      {entries.value?.length === 0 && <p class="muted">{t.none}</p>}
      <ul class="person-rows">
        {entries.value?.map(({ index, at, actor, action, what }) => (
          <li key={index} data-testid="history-entry">
            <div class="person-head">
              <time dateTime={at}>
                {nearDay(at)}, {time(at)}
              </time>
              <strong>{actor === 'system' ? t.history.system : actor}</strong>
              <span class="tag">{t.history.actions[action] ?? action}</span>
            </div>
            <p class="hint figures wrap">{told(what)}</p>
          </li>
        ))}
      </ul>
      {next.value !== null && (
        <button
          type="button"
          class="button small"
          data-testid="history-more"
          onClick={() => void load(next.value)}
        >
          {t.history.more}
        </button>
      )}
    </section>
  );
}
