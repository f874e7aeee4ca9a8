/** A key that is being replaced: how far it has come, and the part that only the holder of the old key can do. */
import type { Signal } from '@preact/signals';
import { mayHoldKeys } from '../access/session.ts';
import { count, exactMoment, nearDay, time } from '../shared/format.ts';
import { words } from '../shared/i18n.ts';
import type { RotationState } from '../shared/key-types.ts';
import { Fact } from '../shared/ui.tsx';
import { Print } from './print.tsx';
import type { Rewrapping } from './rewrapping.ts';
import { RotationWork } from './rotation-work.tsx';

export interface RotationCardProps {
  rotation: RotationState;
  work: Rewrapping;
  panel: Signal<string | null>;
}

export function RotationCard({ rotation, work, panel }: RotationCardProps) {
  const t = words.value.rotation;
  const { startedAt } = rotation;
  return (
    <section class="card rotation" data-testid="rotation">
      <h2>{t.title}</h2>
      <p class="hint">{t.hint}</p>
      <dl class="rotation-facts">
        <Fact name={t.from}>
          <Print hex={rotation.from} />
        </Fact>
        <Fact name={t.to}>
          <Print hex={rotation.to} />
        </Fact>
        <Fact name={t.started}>
          <time dateTime={startedAt} title={exactMoment(startedAt)}>
            {nearDay(startedAt)} {time(startedAt)}
          </time>
        </Fact>
      </dl>
      <HowFar rotation={rotation} work={work} />
      {mayHoldKeys.value ? (
        <RotationWork rotation={rotation} work={work} panel={panel} />
      ) : (
        <p class="muted">{t.holderOnly}</p>
      )}
    </section>
  );
}

/** While this page works it knows better than the last answer of the server, which may be seconds old. */
function HowFar({ rotation, work }: { rotation: RotationState; work: Rewrapping }) {
  const t = words.value.rotation;
  const own = work.phase.value === 'idle' ? rotation : work.progress.value;
  const done = Math.max(own.done, rotation.done);
  const total = Math.max(own.total, rotation.total);
  const share = total === 0 ? 1 : done / total;
  return (
    <div class="how-far">
      <progress max={1} value={share} aria-label={t.progress} data-testid="rotation-progress" />
      <p class="small figures">
        {t.howFar(count(done), count(total))}
        <span class="muted"> · {Math.floor(share * 100)} %</span>
      </p>
    </div>
  );
}
