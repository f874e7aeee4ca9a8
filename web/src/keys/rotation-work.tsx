/** The holder's part: compare the new key, unlock the old one, re-seal, stop, take up again. */
import { type Signal, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { useArrival } from '../shared/arrival.ts';
import { spokenDuration } from '../shared/format.ts';
import { words } from '../shared/i18n.ts';
import type { RotationState } from '../shared/key-types.ts';
import { Failure } from '../shared/ui.tsx';
import { holds, NeedsKey } from './needs-key.tsx';
import { roughly } from './pace.ts';
import { RefusedList } from './refused-list.tsx';
import type { Rewrapping } from './rewrapping.ts';
import { isEnding, RotationNext } from './rotation-next.tsx';

export interface RotationWorkProps {
  rotation: RotationState;
  work: Rewrapping;
  panel: Signal<string | null>;
}

const PANEL = 'rotation';

/** The fingerprint that was said to be compared; another one has to be compared anew. */
const comparedWith = signal('');

export function RotationWork({ rotation, work, panel }: RotationWorkProps) {
  const phase = work.phase.value;
  const busy = phase === 'running' || phase === 'stopping';
  const own = phase === 'finished' && work.id.value === rotation.id;
  const over = own || rotation.done >= rotation.total || isEnding(rotation);
  return (
    <div class="rotation-work">
      {work.problem.value && <Failure code={work.problem.value} testId="rotation-error" />}
      {busy && <Running work={work} />}
      {!busy && over && <RotationNext rotation={rotation} />}
      {!busy && !over && <Start rotation={rotation} work={work} panel={panel} />}
      <RefusedList refused={work.refused.value} />
    </div>
  );
}

function Start({ rotation, work, panel }: RotationWorkProps) {
  const t = words.value.rotation;
  const phase = work.phase.value;
  const again = phase === 'stopped' || phase === 'partial';
  function begin(event: SubmitEvent) {
    event.preventDefault();
    if (holds(rotation.from)) void work.start();
    else panel.value = PANEL;
  }
  if (panel.value === PANEL) return <Unlocking rotation={rotation} work={work} panel={panel} />;
  return (
    <form class="rotation-start" onSubmit={begin}>
      {again && !work.problem.value && <p role="status">{phase === 'partial' ? t.partial : t.stopped}</p>}
      <label class="tick">
        <input
          type="checkbox"
          required
          data-testid="rotation-compared"
          checked={comparedWith.value === rotation.to}
          onChange={(event) => {
            comparedWith.value = event.currentTarget.checked ? rotation.to : '';
          }}
        />
        <span>
          {t.compared} <span class="hint">{t.comparedHint}</span>
        </span>
      </label>
      <button type="submit" class="button primary" data-testid="rotation-start">
        {again ? (phase === 'partial' ? words.value.common.retry : t.takeUp) : t.start}
      </button>
    </form>
  );
}

/** Begins by itself as soon as the old key is unlocked. */
function Unlocking({ rotation, work, panel }: RotationWorkProps) {
  const ready = holds(rotation.from);
  const here = useArrival();
  useEffect(() => {
    if (!ready) return;
    panel.value = null;
    void work.start();
  }, [ready, work, panel]);
  return (
    <div class="key-panel" tabIndex={-1} ref={here}>
      <p>{words.value.rotation.unlockOld}</p>
      <NeedsKey fingerprint={rotation.from}>{null}</NeedsKey>
      <button
        type="button"
        class="link-button"
        onClick={() => {
          panel.value = null;
        }}
      >
        {words.value.listen.cancel}
      </button>
    </div>
  );
}

function Running({ work }: { work: Rewrapping }) {
  const t = words.value.rotation;
  const seconds = work.left.value;
  const here = useArrival();
  const stopping = work.phase.value === 'stopping';
  return (
    <div class="rotation-running" tabIndex={-1} ref={here}>
      <div>
        <p role="status">{stopping ? t.stopping : t.running}</p>
        <p class="hint figures" data-testid="rotation-left">
          {seconds === null ? t.leftUnknown : t.left(spokenDuration(roughly(seconds)))}
        </p>
      </div>
      <button
        type="button"
        class="button"
        disabled={stopping}
        data-testid="rotation-stop"
        onClick={work.stop}
      >
        {t.stop}
      </button>
    </div>
  );
}
