/** Which keys open the recordings, whether they still can, and the replacement of one by another. */
import { useSignal } from '@preact/signals';
import { words } from '../shared/i18n.ts';
import type { Keys } from '../shared/key-types.ts';
import { usePoll } from '../shared/poll.ts';
import { Banner, Bone, Failure, PageTitle } from '../shared/ui.tsx';
import { Drills } from './drills.tsx';
import { GroupKeys, RecoveryKeys, SigningKey } from './key-list.tsx';
import { groupRing, loadRing, pointsOfRing, ring, ringProblem, work } from './ring.ts';
import { RotationCard } from './rotation-card.tsx';

const REFRESH_SECONDS = 30;

export function KeysPage() {
  usePoll(loadRing, REFRESH_SECONDS);
  const keys = ring.value;
  const t = words.value.keyring;
  return (
    <>
      <PageTitle text={t.title}>{keys ? <Verdict keys={keys} /> : <p>{'\u00a0'}</p>}</PageTitle>
      {ringProblem.value && (
        <Failure code={ringProblem.value} testId="keys-error" retry={() => void loadRing()} />
      )}
      {keys && <Sections keys={keys} />}
      {!keys && !ringProblem.value && <Placeholder />}
    </>
  );
}

function Verdict({ keys }: { keys: Keys }) {
  const t = words.value.keyring;
  const points = pointsOfRing(keys);
  return (
    <p class={points > 0 ? 'verdict bad' : 'verdict good'} role="status" data-testid="keys-verdict">
      <span class={points > 0 ? 'dot down' : 'dot up'} />
      {points > 0 ? t.attention(points) : t.well}
    </p>
  );
}

function Sections({ keys }: { keys: Keys }) {
  const panel = useSignal<string | null>(null);
  return (
    <div class="keys" data-testid="keys">
      {keys.rotation && <RotationCard rotation={keys.rotation} work={work.value} panel={panel} />}
      {!keys.rotation && work.value.phase.value === 'finished' && <Replaced />}
      <Drills drills={keys.drills} panel={panel} reload={loadRing} />
      <RecoveryKeys keys={keys.recovery} />
      <GroupKeys groups={keys.groups} shared={groupRing.value} />
      <SigningKey fingerprint={keys.signing.fingerprint} />
      <Explanation />
    </div>
  );
}

/** The replacement is over and gone from the server: say so once more where it was. */
function Replaced() {
  return (
    <Banner tone="info" testId="rotation-over">
      {words.value.rotation.finished}
    </Banner>
  );
}

/** For whoever comes here once a year. */
function Explanation() {
  const t = words.value.keyring;
  return (
    <details class="card explanation">
      <summary>{t.why}</summary>
      {t.explanation.split('\n').map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
    </details>
  );
}

function Placeholder() {
  return (
    <div class="keys" aria-busy="true" data-testid="keys-loading">
      {[0, 1, 2].map((card) => (
        <div class="card" key={card}>
          <Bone width="m" />
          <Bone width="l" />
          <Bone width="l" />
        </div>
      ))}
    </div>
  );
}
