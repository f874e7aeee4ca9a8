/** What callers are told: to read, to hear, and to replace by a new version. */
import { useSignal } from '@preact/signals';
import { useCallback, useEffect } from 'preact/hooks';
import { may } from '../access/session.ts';
import { codeOf } from '../shared/api-error.ts';
import { time } from '../shared/format.ts';
import { settingsApi as api } from '../shared/settings-api.ts';
import type { AnnouncementList } from '../shared/settings-types.ts';
import { Banner, Bone, Failure, PageTitle } from '../shared/ui.tsx';
import { AnnouncementRow } from './announcement-row.tsx';
import { settingsWords } from './words.ts';

const stemOf = (id: string) => id.replace(/-v\d+$/, '');

export function AnnouncementsPage() {
  const list = useSignal<AnnouncementList | null>(null);
  const failed = useSignal<string | null>(null);
  const done = useSignal<string | null>(null);
  const load = useCallback(async () => {
    try {
      list.value = await api.announcements();
      failed.value = null;
    } catch (error) {
      failed.value = codeOf(error);
    }
  }, [list, failed]);
  useEffect(() => void load(), [load]);
  const t = settingsWords.value.announcements;
  const all = list.value?.announcements ?? [];
  const current = all.filter(({ replaced }) => !replaced);
  return (
    <>
      <PageTitle text={t.title}>
        <p class="muted">{list.value ? t.count(current.length) : '\u00a0'}</p>
      </PageTitle>
      {failed.value && <Failure code={failed.value} testId="announcements-error" retry={() => void load()} />}
      {done.value && (
        <Banner tone="info" testId="announcement-done">
          <p>{t.done(done.value)}</p>
        </Banner>
      )}
      <section class="card" data-testid="announcements" aria-busy={!list.value}>
        {!list.value && !failed.value && <Bone width="l" />}
        {list.value && current.length === 0 && <p class="muted">{settingsWords.value.none}</p>}
        <ul class="person-rows">
          {current.map((one) => (
            <AnnouncementRow
              key={one.id}
              announcement={one}
              older={all.filter(({ id, replaced }) => replaced && stemOf(id) === stemOf(one.id))}
              replaced={(id) => {
                done.value = id;
                void load();
              }}
            />
          ))}
        </ul>
        <p class="hint">{t.newHint}</p>
      </section>
      {may('policies:decide') && <PhoneCard dictations={list.value?.dictations ?? []} />}
    </>
  );
}

function PhoneCard({ dictations }: Pick<AnnouncementList, 'dictations'>) {
  const t = settingsWords.value.announcements;
  return (
    <section class="card" data-testid="dictation">
      <h2>{t.phone}</h2>
      {dictations.map(({ code, until }) => (
        <p key={code}>
          <strong class="figures">{t.code(code, time(until))}</strong>
        </p>
      ))}
      <p class="hint">{t.phoneHint}</p>
    </section>
  );
}
