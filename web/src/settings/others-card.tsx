/** What else the settings hold, which is changed in the text: people, teams, groups, rooms, and calls that do not come in. */
import type { Settings } from '../shared/settings-types.ts';
import { Fact } from '../shared/ui.tsx';
import { settingsWords } from './words.ts';

export function OthersCard({ settings }: { settings: Settings }) {
  const t = settingsWords.value;
  const { people, teams, ring_groups, conferences, recipient_groups, outbound, internal } = settings;
  const names = (all: { name: string }[]) => all.map(({ name }) => name).join(', ') || t.none;
  return (
    <details class="card others" data-testid="others">
      <summary>
        <h2>{t.others.title}</h2>
      </summary>
      <p class="hint">{t.others.hint}</p>
      <dl class="facts">
        <Fact name={t.others.people} wide>
          {people
            .map(({ name, extensions }) =>
              extensions.length > 0 ? `${name} (${extensions.join(', ')})` : name,
            )
            .join(', ') || t.none}
        </Fact>
        <Fact name={t.others.teams}>{names(teams)}</Fact>
        <Fact name={t.others.ringGroups}>{names(ring_groups)}</Fact>
        <Fact name={t.others.conferences}>{names(conferences)}</Fact>
        <Fact name={t.others.recipientGroups}>{names(recipient_groups)}</Fact>
        <Fact name={t.others.outbound}>
          {outbound.map(({ client, policy }) => `${client} : ${policy}`).join(', ') || t.others.unrecorded}
        </Fact>
        <Fact name={t.others.internal}>{internal?.policy ?? t.others.unrecorded}</Fact>
      </dl>
    </details>
  );
}
