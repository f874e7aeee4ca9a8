/** When every recording is handed over: what is still to be done before the old key may go, and by whom. */
import { words } from '../shared/i18n.ts';
import { Check } from '../shared/icons.tsx';
import type { RotationState } from '../shared/key-types.ts';
import { Banner } from '../shared/ui.tsx';
import { ring } from './ring.ts';

export const isEnding = ({ state }: RotationState) => state in words.value.rotation.states;

export function RotationNext({ rotation }: { rotation: RotationState }) {
  const t = words.value.rotation;
  const ending = t.states[rotation.state];
  const drill = ring.value?.drills.find(({ fingerprint }) => fingerprint === rotation.to);
  if (ending)
    return (
      <Banner tone="info" testId="rotation-ending">
        {ending}
      </Banner>
    );
  return (
    <div class="banner good" role="status" data-testid="rotation-finished">
      <Check />
      <div class="banner-text">
        <p>
          {t.finished} {drill && !drill.lastOpenedAt ? t.tryNew : t.letAdminEnd}
        </p>
      </div>
    </div>
  );
}
