/** In the place of the player, when there is nothing left to play. */
import type { RecordingSheet } from '../shared/api-types.ts';
import { exactMoment } from '../shared/format.ts';
import { words } from '../shared/i18n.ts';
import { Hourglass } from '../shared/icons.tsx';

export function Destroyed({ sheet }: { sheet: RecordingSheet }) {
  const t = words.value.recording;
  const { tombstone } = sheet;
  return (
    <section class="card empty" data-testid="destroyed">
      <Hourglass />
      <h2>{t.destroyedTitle}</h2>
      {tombstone && <p class="muted">{t.destroyedHint(exactMoment(tombstone.destroyedAt))}</p>}
      {tombstone && <p class="muted">{t.destroyedReason(t.reasons[tombstone.reason] ?? tombstone.reason)}</p>}
      <p class="muted">
        {t.id} <code>{sheet.id}</code>
      </p>
    </section>
  );
}
