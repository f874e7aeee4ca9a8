/** The first run: the recovery key, offline or here, and then what else a box needs before it can be left alone. */
import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { words } from '../shared/i18n.ts';
import { keyApi } from '../shared/key-api.ts';
import type { Setup } from '../shared/key-types.ts';
import { usePoll } from '../shared/poll.ts';
import { Banner, Bone, Failure, PageTitle } from '../shared/ui.tsx';
import { KeyMaker } from './key-maker.tsx';
import { Print } from './print.tsx';
import { RecoverySheet } from './recovery-sheet.tsx';
import { loadSetup, setup, setupProblem } from './setup.ts';
import { OfflineKey } from './setup-offline.tsx';
import { SetupRest } from './setup-rest.tsx';
import { keyWords } from './words.ts';

const REFRESH_SECONDS = 3;
/** How long the box may take before one is told how to look after it. */
const PATIENCE_MS = 30_000;
const YEARS = 5;

type Way = 'offline' | 'browser' | null;

export function SetupPage() {
  usePoll(loadSetup, REFRESH_SECONDS);
  const way = useSignal<Way>(null);
  const t = keyWords.value.setup;
  const state = setup.value;
  return (
    <>
      <PageTitle text={t.title}>{state?.recovery === 'missing' && <p>{t.lead}</p>}</PageTitle>
      <div class="setup" data-testid="setup" data-recovery={state?.recovery}>
        {setupProblem.value && (
          <Failure code={setupProblem.value} testId="setup-error" retry={() => void loadSetup()} />
        )}
        {!state && !setupProblem.value && <Bone width="l" />}
        {state?.recovery === 'missing' && <Missing state={state} way={way} />}
        {state?.recovery === 'waiting' && <Waiting fingerprint={state.fingerprint ?? ''} />}
        {state?.recovery === 'in-force' && <InForce fingerprint={state.fingerprint ?? ''} />}
        {state?.recovery === 'in-force' && <SetupRest state={state} />}
      </div>
    </>
  );
}

function Missing({ state, way }: { state: Setup; way: Signal<Way> }) {
  const t = keyWords.value.setup;
  function back() {
    way.value = null;
  }
  async function offer(armored: string) {
    await keyApi.offerRecovery(armored);
    await loadSetup();
  }
  return (
    <section class="card">
      <h2>{words.value.keyring.recovery}</h2>
      <p class="prose">{t.what}</p>
      <p class="prose">{t.who}</p>
      {way.value === null && <Choice way={way} />}
      {way.value === 'offline' && <OfflineKey offer={offer} back={back} />}
      {way.value === 'browser' && (
        <KeyMaker
          name={`${words.value.drill.recoveryKey(state.site)}`.replace(' · ', ' ')}
          years={YEARS}
          needsFile
          file={({ fingerprint }) => `greffier-recovery-${fingerprint.slice(-16)}.private.asc`}
          sheet={(made, file) => <RecoverySheet made={made} file={file} site={state.site} />}
          finish={t.send}
          done={({ publicKey }) => offer(publicKey)}
          cancel={back}
        />
      )}
    </section>
  );
}

function Choice({ way }: { way: Signal<Way> }) {
  const t = keyWords.value.setup;
  const to = (next: Way) => () => {
    way.value = next;
  };
  return (
    <div class="setup-ways">
      <button type="button" class="setup-way" data-testid="setup-offline" onClick={to('offline')}>
        <span class="setup-way-name">
          {t.offline} <span class="tag good">{t.recommended}</span>
        </span>
        <span class="small">{t.offlineHint}</span>
      </button>
      <button type="button" class="setup-way" data-testid="setup-browser" onClick={to('browser')}>
        <span class="setup-way-name">{t.browser}</span>
        <span class="small">{t.browserHint}</span>
      </button>
    </div>
  );
}

function Waiting({ fingerprint }: { fingerprint: string }) {
  const long = useSignal(false);
  const t = keyWords.value.setup;
  useEffect(() => {
    const timer = setTimeout(() => {
      long.value = true;
    }, PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [long]);
  return (
    <section class="card" data-testid="setup-waiting" data-fingerprint={fingerprint}>
      <p role="status">{t.waiting}</p>
      <progress aria-label={t.waiting} />
      <Print hex={fingerprint} />
      {long.value && (
        <Banner tone="warning" testId="setup-long">
          <p>
            {t.waitingLong} <code>greffier keys lay</code>
          </p>
        </Banner>
      )}
    </section>
  );
}

function InForce({ fingerprint }: { fingerprint: string }) {
  const t = keyWords.value.setup;
  return (
    <section class="card" data-testid="setup-done">
      <div class="banner good" role="status">
        <div class="banner-text">
          <p>{t.inForce}</p>
        </div>
      </div>
      <Print hex={fingerprint} />
      <p class="hint">{t.keepSafe}</p>
    </section>
  );
}
