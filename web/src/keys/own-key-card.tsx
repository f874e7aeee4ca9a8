/** The personal key of whoever is logged in: made here, taken over from a file, put under another passphrase. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { may, session } from '../access/session.ts';
import { keyApi } from '../shared/key-api.ts';
import type { OwnKeys } from '../shared/key-types.ts';
import { Banner, Bone } from '../shared/ui.tsx';
import { ImportKey } from './import-key.tsx';
import { KeyMaker } from './key-maker.tsx';
import { loadOwnKeys, ownKeys } from './own-keys.ts';
import { ChangePassphrase } from './passphrase-change.tsx';
import { Print } from './print.tsx';
import { SaveFile } from './save-file.tsx';
import { keyWords } from './words.ts';

type Doing = 'nothing' | 'making' | 'importing' | 'changing' | 'replacing';

export const fileOf = (user: string, fingerprint: string) =>
  `greffier-${user}-${fingerprint.slice(-16)}.private.asc`;

export function OwnKeyCard() {
  const doing = useSignal<Doing>('nothing');
  const kept = useSignal(false);
  useEffect(() => void (ownKeys.peek() === undefined && loadOwnKeys(may('keys:own'))), []);
  const t = keyWords.value.own;
  const keys = ownKeys.value;
  const user = session.value?.user ?? '';
  function rest() {
    doing.value = 'nothing';
  }
  async function keep(armored: string) {
    await keyApi.keepOwnKey(armored, doing.value === 'replacing');
    await loadOwnKeys(true);
    [doing.value, kept.value] = ['nothing', true];
  }
  return (
    <section class="card own-key" data-testid="own-key" data-has={Boolean(keys?.personal)}>
      <h2>{t.title}</h2>
      <p class="hint">{t.intro}</p>
      {keys === undefined && <Bone width="l" />}
      {kept.value && (
        <Banner tone="info" testId="own-key-kept">
          {t.kept}
        </Banner>
      )}
      {keys?.personal && <Facts keys={keys} user={user} />}
      {keys !== undefined && doing.value === 'nothing' && (
        <Ways has={Boolean(keys?.personal)} doing={doing} />
      )}
      {doing.value === 'replacing' && (
        <Banner tone="warning" testId="replace-warning">
          {t.replaceHint}
        </Banner>
      )}
      {(doing.value === 'making' || doing.value === 'replacing') && (
        <KeyMaker
          name={user}
          years={null}
          needsFile={false}
          file={({ fingerprint }) => fileOf(user, fingerprint)}
          finish={t.send}
          done={({ privateKey }) => keep(privateKey)}
          cancel={rest}
        />
      )}
      {doing.value === 'importing' && <ImportKey keep={keep} cancel={rest} />}
      {doing.value === 'changing' && keys?.personal && <ChangePassphrase keys={keys} cancel={rest} />}
      <details class="explanation">
        <summary>{t.lostTitle}</summary>
        <p>{t.lost}</p>
      </details>
    </section>
  );
}

function Facts({ keys, user }: { keys: OwnKeys; user: string }) {
  const t = keyWords.value.own;
  const groups = [...new Set(keys.groups.map(({ group }) => group))];
  return (
    <div class="own-key-facts">
      <p class="small muted">{t.print}</p>
      <p data-testid="own-print" data-fingerprint={keys.fingerprint}>
        <Print hex={keys.fingerprint ?? ''} />
      </p>
      <p class="small">{groups.length > 0 ? t.groups(groups.join(', ')) : t.noGroup}</p>
      <SaveFile
        name={fileOf(user, keys.fingerprint ?? '')}
        text={keys.personal ?? ''}
        label={t.backup}
        testId="own-key-backup"
      />
    </div>
  );
}

function Ways({ has, doing }: { has: boolean; doing: { value: Doing } }) {
  const t = keyWords.value.own;
  const to = (next: Doing, label: string, testId: string, primary = false) => (
    <button
      type="button"
      class={primary ? 'button primary' : 'button'}
      data-testid={testId}
      onClick={() => {
        doing.value = next;
      }}
    >
      {label}
    </button>
  );
  return (
    <>
      {!has && <p>{t.none}</p>}
      <div class="actions">
        {!has && to('making', t.create, 'own-key-make', true)}
        {!has && to('importing', t.importKey, 'own-key-import')}
        {has && to('changing', t.change, 'own-key-change')}
        {has && to('replacing', t.replace, 'own-key-replace')}
      </div>
    </>
  );
}
