/** A policy: why calls are recorded, on what ground, how many of them, for how long, and who may open them. */
import { useSignal } from '@preact/signals';
import type { Policy } from '../shared/settings-types.ts';
import { ChoiceField, EditForm, SeveralField, TextField, TickField } from './fields.tsx';
import type { FormProps } from './objects-card.tsx';
import { rowsOf, shown } from './planning.ts';
import { retentionOf, spokenOf, UNITS, type Unit } from './retention.ts';
import { settingsWords } from './words.ts';

export function PolicyForm({ object, fresh, keep, cancel }: FormProps<'policies'>) {
  const draft = useSignal<Policy>(object);
  const t = settingsWords.value;
  const { value } = draft;
  const set = (change: Partial<Policy>) => {
    draft.value = { ...draft.value, ...change };
  };
  const named = (words: Record<string, string>) => Object.entries(words) as [string, string][];
  const groups = (shown.value?.settings.recipient_groups ?? []).filter(
    ({ client }) => client === value.client,
  );
  return (
    <EditForm
      title={fresh ? t.policies.add : `${t.edit} ${object.id}`}
      testId="policy-form"
      keep={() => keep(withoutBlanks(draft.value))}
      cancel={cancel}
      words={t}
    >
      {fresh && (
        <>
          <TextField
            name={t.id}
            hint={t.idHint}
            testId="policy-id"
            value={value.id}
            set={(id) => set({ id })}
            pattern="[a-z0-9][a-z0-9\-]{0,63}"
            required
          />
          <ChoiceField
            name={t.client}
            testId="policy-client"
            value={value.client}
            set={(client) => set({ client, recipients: [] })}
            options={rowsOf('clients').map(({ object: one }) => [one.id, one.name])}
            required
          />
        </>
      )}
      <ChoiceField
        name={t.policies.purpose}
        testId="policy-purpose"
        value={value.purpose}
        set={(purpose) => set({ purpose })}
        options={named(t.policies.purposes)}
      />
      <ChoiceField
        name={t.policies.consent}
        testId="policy-consent"
        value={value.consent}
        set={(consent) => set({ consent })}
        options={named(t.policies.consents)}
      />
      <ChoiceField
        name={t.policies.start}
        testId="policy-start"
        value={value.start}
        set={(start) => set({ start })}
        options={named(t.policies.starts)}
      />
      <TextField
        name={t.policies.share}
        hint={t.policies.shareHint}
        testId="policy-share"
        type="number"
        min={0}
        max={100}
        required
        value={String(value.share)}
        set={(share) => set({ share: Number(share) })}
      />
      <Retention value={value.retention} set={(retention) => set({ retention })} />
      <ChoiceField
        name={t.policies.encoding}
        testId="policy-encoding"
        value={value.encoding}
        set={(encoding) => set({ encoding })}
        options={named(t.policies.encodings)}
      />
      <SeveralField
        name={t.policies.recipients}
        testId="policy-recipient"
        value={value.recipients}
        set={(recipients) => set({ recipients })}
        options={groups.map(({ id, name }) => [id, name])}
        none={t.policies.noGroups}
      />
      <TickField
        name={t.policies.live}
        hint={t.policies.liveHint}
        testId="policy-live"
        value={value.live_listening}
        set={(live) => set({ live_listening: live })}
      />
      {(['legal_obligation', 'derogation'] as const).map((kind) => (
        <details class="justified" key={kind} open={value[kind] !== undefined}>
          <summary>{t.policies[kind]}</summary>
          <TextField
            name={t.policies.text}
            hint={t.policies.textHint}
            testId={`policy-${kind}-text`}
            rows={3}
            value={value[kind]?.text ?? ''}
            set={(text) => set({ [kind]: { approver: '', ...value[kind], text } })}
          />
          <TextField
            name={t.policies.approver}
            testId={`policy-${kind}-approver`}
            value={value[kind]?.approver ?? ''}
            set={(approver) => set({ [kind]: { text: '', ...value[kind], approver } })}
          />
        </details>
      ))}
    </EditForm>
  );
}

function Retention({ value, set }: { value: string; set(value: string): void }) {
  const t = settingsWords.value;
  const spoken = spokenOf(value);
  if (!spoken)
    return (
      <TextField name={t.policies.retention} testId="policy-retention" value={value} set={set} required />
    );
  const { count, unit } = spoken;
  return (
    <div class="pair">
      <TextField
        name={t.policies.retention}
        hint={t.policies.retentionHint}
        testId="policy-retention"
        type="number"
        min={1}
        max={3_000}
        required
        value={count}
        set={(next) => set(retentionOf(next || '0', unit))}
      />
      <ChoiceField
        name={t.policies.unit}
        testId="policy-unit"
        value={unit}
        set={(next) => set(retentionOf(count, next as Unit))}
        options={UNITS.map((one) => [one, t.policies.units[one] ?? one])}
      />
    </div>
  );
}

/** What was left empty was not written. */
function withoutBlanks({ legal_obligation, derogation, ...rest }: Policy): Policy {
  const written = (one: Policy['derogation']) =>
    one && (one.text.trim() !== '' || one.approver.trim() !== '');
  return {
    ...rest,
    ...(legal_obligation && written(legal_obligation) && { legal_obligation }),
    ...(derogation && written(derogation) && { derogation }),
  };
}
