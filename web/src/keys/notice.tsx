/** Above every page: that nothing is recorded yet, for whoever can mend it; that a key is missing, for whoever needs one. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { may, session } from '../access/session.ts';
import { remember, remembered } from '../shared/memory.ts';
import { follow, place } from '../shared/router.ts';
import { Banner } from '../shared/ui.tsx';
import { loadOwnKeys, ownKeys } from './own-keys.ts';
import { loadSetup, setup } from './setup.ts';
import { keyWords } from './words.ts';

const FORGONE = 'own-key-later';

export function KeyNotice() {
  const user = session.value?.user ?? '';
  useEffect(() => {
    if (may('keys:recovery')) void loadSetup();
    void loadOwnKeys(may('keys:own'));
  }, [user]);
  const here = place.value.page;
  if (setup.value && setup.value.recovery !== 'in-force' && here !== 'setup') return <NoRecovery />;
  const lacks = ownKeys.value && ownKeys.value.personal === null;
  return lacks && here !== 'account' ? <NoOwnKey user={user} /> : null;
}

function NoRecovery() {
  const t = keyWords.value.setup;
  return (
    <div class="notice">
      <Banner tone="error" testId="setup-notice">
        <p>{t.notice}</p>
        <a class="button small" href="/setup" onClick={follow} data-testid="setup-begin">
          {t.begin}
        </a>
      </Banner>
    </div>
  );
}

function NoOwnKey({ user }: { user: string }) {
  const later = useSignal(remembered(FORGONE) === user);
  const t = keyWords.value.own;
  if (later.value) return null;
  return (
    <div class="notice">
      <Banner tone="info" testId="own-key-notice">
        <p>{t.notice}</p>
        <span class="actions">
          <a class="button small" href="/account" onClick={follow} data-testid="own-key-begin">
            {t.create}
          </a>
          <button
            type="button"
            class="link-button"
            data-testid="own-key-later"
            onClick={() => {
              remember(FORGONE, user);
              later.value = true;
            }}
          >
            {t.later}
          </button>
        </span>
      </Banner>
    </div>
  );
}
