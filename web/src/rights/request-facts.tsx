/** Who asks, and what about; of each number the last digits only. */
import { day } from '../shared/format.ts';
import type { WholeRequest } from '../shared/law-types.ts';
import { Fact } from '../shared/ui.tsx';
import { rightsWords } from './words.ts';

export function RequestFacts({ request }: { request: WholeRequest }) {
  const { person, channel, reference, parties, calls, forgottenAt } = request;
  const t = rightsWords.value;
  return (
    <section class="card" data-testid="request-facts">
      <h2>{t.who.title}</h2>
      {forgottenAt ? (
        <p class="muted">{t.who.forgotten(day(forgottenAt))}</p>
      ) : (
        <dl class="fact-list">
          <Fact name={t.who.person}>{person?.name || t.who.unknown}</Fact>
          <Fact name={t.who.contact}>{person?.contact || t.who.unknown}</Fact>
          <Fact name={t.who.channel}>{t.channels[channel]}</Fact>
          {reference && <Fact name={t.who.reference}>{reference}</Fact>}
          <Fact name={t.who.numbers}>
            {parties.length === 0 ? t.who.none : parties.map(({ last4 }) => t.who.ending(last4)).join(', ')}
          </Fact>
          {calls.length > 0 && <Fact name={t.who.calls}>{calls.length}</Fact>}
        </dl>
      )}
    </section>
  );
}
