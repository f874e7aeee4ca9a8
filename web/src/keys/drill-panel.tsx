/** One drill, in this browser: unlock the key, open the canary in the worker, tell the box what it says. */
import { type Signal, useSignal } from '@preact/signals';
import { useCallback, useEffect } from 'preact/hooks';
import { api } from '../shared/api.ts';
import { codeOf } from '../shared/api-error.ts';
import { useArrival } from '../shared/arrival.ts';
import { words } from '../shared/i18n.ts';
import { Check } from '../shared/icons.tsx';
import type { Drill } from '../shared/key-types.ts';
import { Failure } from '../shared/ui.tsx';
import { opener } from './key-holder.ts';
import { holds, LockButton, NeedsKey } from './needs-key.tsx';

type Step = 'waiting' | 'opening' | 'done' | 'failed';

export interface DrillPanelProps {
  drill: Drill;
  close: () => void;
  reload: () => Promise<void>;
}

export function DrillPanel({ drill, close, reload }: DrillPanelProps) {
  const { step, problem, run } = useDrill(drill.fingerprint, reload);
  const t = words.value;
  return (
    <div class="key-panel" data-testid="drill-panel">
      {step === 'done' ? (
        <Passed />
      ) : (
        <NeedsKey fingerprint={drill.fingerprint}>
          {step === 'failed' && problem ? (
            <Failure code={problem} testId="drill-error" retry={() => void run()} />
          ) : (
            <p role="status">{t.drill.opening}</p>
          )}
        </NeedsKey>
      )}
      <button type="button" class="link-button" data-testid="drill-close" onClick={close}>
        {step === 'done' ? t.keyring.close : t.listen.cancel}
      </button>
    </div>
  );
}

function Passed() {
  const t = words.value.drill;
  const here = useArrival();
  return (
    <div class="banner good" role="status" tabIndex={-1} ref={here} data-testid="drill-done">
      <Check />
      <div class="banner-text">
        <p>{t.passed}</p>
        {opener.key.value && <LockButton />}
      </div>
    </div>
  );
}

/** A canary that does not open is not a recording that does not: it has words of its own. */
const codes: Record<string, string> = {
  'sealed-to-others': 'canary-other-key',
  'message-damaged': 'canary-damaged',
};

function useDrill(fingerprint: string, reload: () => Promise<void>) {
  const step: Signal<Step> = useSignal('waiting');
  const problem = useSignal<string | null>(null);
  const ready = holds(fingerprint);

  const run = useCallback(async () => {
    step.value = 'opening';
    try {
      const canary = await opener.open(api.canaryAddress(fingerprint), () => {});
      await api.drillDone(fingerprint, new TextDecoder().decode(canary).trim());
      step.value = 'done';
      await reload();
    } catch (error) {
      const code = codeOf(error);
      problem.value = codes[code] ?? code;
      step.value = code === 'locked' ? 'waiting' : 'failed';
    }
  }, [fingerprint, reload, step, problem]);

  useEffect(() => {
    if (ready && step.peek() === 'waiting') void run();
  }, [ready, run, step]);

  return { step: step.value, problem: problem.value, run };
}
