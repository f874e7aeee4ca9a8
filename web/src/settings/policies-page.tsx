/** What is recorded, of whom, why and for how long: in force, being changed, and who has changed it. */
import { useEffect } from 'preact/hooks';
import { may } from '../access/session.ts';
import { percent } from '../shared/format.ts';
import type { Client, Line, Policy, Queue } from '../shared/settings-types.ts';
import { Bone, Failure, PageTitle } from '../shared/ui.tsx';
import { HistoryCard } from './history-card.tsx';
import { LineForm, placeOf } from './line-form.tsx';
import { ObjectsCard } from './objects-card.tsx';
import { ClientForm, QueueForm } from './other-forms.tsx';
import { OthersCard } from './others-card.tsx';
import { DraftBar, PlanCard } from './plan-card.tsx';
import { load, problem, rowsOf, shown } from './planning.ts';
import { PolicyForm } from './policy-form.tsx';
import { spokenOf } from './retention.ts';
import { TextCard } from './text-card.tsx';
import { settingsWords } from './words.ts';

export function PoliciesPage() {
  useEffect(() => void load(), []);
  const t = settingsWords.value;
  const { value } = shown;
  return (
    <>
      <PageTitle text={t.title}>
        <p class="muted" data-testid="generation">
          {value ? t.generation(value.generation) : '\u00a0'}
        </p>
      </PageTitle>
      {!value && problem.value && (
        <Failure code={problem.value.code} testId="policies-error" retry={() => void load()} />
      )}
      {value && <PlanCard />}
      {!may('policies:manage') && <p class="hint">{t.readOnly}</p>}
      {may('policies:manage') && !may('policies:decide') && <p class="hint">{t.telephonyOnly}</p>}
      {!value && !problem.value && <Bone width="l" />}
      {value && <Sections />}
      {value && <OthersCard settings={value.settings} />}
      {value && may('policies:manage') && <TextCard />}
      {value && <HistoryCard generation={value.generation} />}
      <DraftBar />
    </>
  );
}

function Sections() {
  const t = settingsWords.value;
  const client = rowsOf('clients')[0]?.key ?? '';
  return (
    <>
      <ObjectsCard
        section="lines"
        title={t.lines.title}
        hint={t.lines.hint}
        add={t.lines.add}
        decision
        blank={() => ({
          did: '',
          client,
          name: '',
          policy: '',
          announcements: [],
          destination: { extensions: [] },
        })}
        head={LineHead}
        facts={LineFacts}
        Form={LineForm}
      />
      <ObjectsCard
        section="policies"
        title={t.policies.title}
        hint={t.policies.hint}
        add={t.policies.add}
        decision
        blank={() => blankPolicy(client)}
        head={({ id, client: of }) => <Named name={id} of={of} />}
        facts={PolicyFacts}
        Form={PolicyForm}
      />
      <ObjectsCard
        section="clients"
        title={t.clients.title}
        hint={t.clients.hint}
        add={t.clients.add}
        decision
        blank={() => ({ id: '', name: '', contact: '' })}
        head={({ id, name }: Client) => <Named name={name} of={id} />}
        facts={({ contact }) => `${t.clients.contact}${t.colon}${contact}`}
        Form={ClientForm}
      />
      <ObjectsCard
        section="queues"
        title={t.queues.title}
        hint={t.queues.hint}
        add={t.queues.add}
        decision={false}
        blank={() => blankQueue(client)}
        head={({ name, number, client: of }) => <Named name={`${name} (${number})`} of={of} />}
        facts={({ extensions, strategy, timeout_seconds }: Queue) =>
          [
            t.queues.strategies[strategy] ?? strategy,
            t.queues.waits(timeout_seconds),
            extensions.join(', '),
          ].join(' · ')
        }
        Form={QueueForm}
      />
    </>
  );
}

const blankPolicy = (client: string): Policy => ({
  id: '',
  client,
  purpose: 'quality',
  consent: 'opt-out',
  start: 'automatic',
  share: 25,
  retention: 'P180D',
  encoding: 'flac',
  live_listening: false,
  recipients: [],
});

const blankQueue = (client: string): Queue => ({
  id: '',
  client,
  name: '',
  number: '',
  extensions: [],
  strategy: 'rrmemory',
  wrap_up_seconds: 10,
  timeout_seconds: 300,
  announce_position: true,
});

function Named({ name, of }: { name: string; of: string }) {
  return (
    <>
      <strong>{name}</strong>
      <span class="tag">{of}</span>
    </>
  );
}

function LineHead({ did, name, client }: Line) {
  return (
    <>
      <strong class="figures">{did}</strong>
      <span>{name}</span>
      <span class="tag">{client}</span>
    </>
  );
}

function LineFacts({ destination, policy, announcements }: Line) {
  const t = settingsWords.value;
  const place = placeOf(destination);
  const to = [destination[place]].flat().join(', ');
  return (
    <>
      {t.lines.places[place]} {to} · {t.lines.policy} <strong>{policy}</strong> ·{' '}
      {announcements.join(', ') || t.lines.untold}
    </>
  );
}

function PolicyFacts(policy: Policy) {
  const t = settingsWords.value;
  const { purpose, consent, start, share, retention } = policy;
  const spoken = spokenOf(retention);
  const kept = spoken ? `${spoken.count} ${t.policies.units[spoken.unit]}` : retention;
  if (consent === 'never') return <>{t.policies.consents.never}</>;
  return (
    <>
      {[
        t.policies.purposes[purpose] ?? purpose,
        t.policies.consents[consent] ?? consent,
        start === 'automatic'
          ? t.policies.shareOf(percent(share / 100))
          : (t.policies.starts[start] ?? start),
        t.policies.keptFor(kept),
        ...(policy.live_listening ? [t.policies.liveShort] : []),
        ...(policy.legal_obligation ? [t.policies.obligationShort(policy.legal_obligation.approver)] : []),
      ].join(' · ')}
    </>
  );
}
