/** The forms of clients and queues. */
import { useSignal } from '@preact/signals';
import type { Client, Queue } from '../shared/settings-types.ts';
import { ChoiceField, EditForm, TextField, TickField } from './fields.tsx';
import { numbersIn } from './line-form.tsx';
import type { FormProps } from './objects-card.tsx';
import { rowsOf } from './planning.ts';
import { settingsWords } from './words.ts';

export function ClientForm({ object, fresh, keep, cancel }: FormProps<'clients'>) {
  const draft = useSignal<Client>(object);
  const t = settingsWords.value;
  const set = (change: Partial<Client>) => {
    draft.value = { ...draft.value, ...change };
  };
  return (
    <EditForm
      title={fresh ? t.clients.add : `${t.edit} ${object.id}`}
      testId="client-form"
      keep={() => keep(draft.value)}
      cancel={cancel}
      words={t}
    >
      {fresh && (
        <TextField
          name={t.id}
          hint={t.idHint}
          testId="client-id"
          value={draft.value.id}
          set={(id) => set({ id })}
          pattern="[a-z0-9][a-z0-9\-]{0,63}"
          required
        />
      )}
      <TextField
        name={t.name}
        testId="client-name"
        value={draft.value.name}
        set={(name) => set({ name })}
        required
      />
      <TextField
        name={t.clients.contact}
        hint={t.clients.contactHint}
        testId="client-contact"
        value={draft.value.contact}
        set={(contact) => set({ contact })}
        required
      />
    </EditForm>
  );
}

export function QueueForm({ object, fresh, keep, cancel }: FormProps<'queues'>) {
  const draft = useSignal<Queue>(object);
  const t = settingsWords.value;
  const { value } = draft;
  const set = (change: Partial<Queue>) => {
    draft.value = { ...draft.value, ...change };
  };
  const options = (words: Record<string, string>) => Object.entries(words) as [string, string][];
  const seconds = (field: 'wrap_up_seconds' | 'timeout_seconds', min: number, max: number) => (
    <TextField
      name={t.queues[field]}
      testId={`queue-${field}`}
      type="number"
      min={min}
      max={max}
      required
      value={String(value[field])}
      set={(next) => set({ [field]: Number(next) })}
    />
  );
  return (
    <EditForm
      title={fresh ? t.queues.add : `${t.edit} ${object.id}`}
      testId="queue-form"
      keep={() => keep(draft.value)}
      cancel={cancel}
      words={t}
    >
      {fresh && (
        <>
          <TextField
            name={t.id}
            hint={t.idHint}
            testId="queue-id"
            value={value.id}
            set={(id) => set({ id })}
            pattern="[a-z0-9][a-z0-9\-]{0,63}"
            required
          />
          <ChoiceField
            name={t.client}
            testId="queue-client"
            value={value.client}
            set={(client) => set({ client })}
            options={rowsOf('clients').map(({ object: one }) => [one.id, one.name])}
            required
          />
        </>
      )}
      <TextField
        name={t.name}
        testId="queue-name"
        value={value.name}
        set={(name) => set({ name })}
        required
      />
      <TextField
        name={t.queues.number}
        testId="queue-number"
        value={value.number}
        set={(number) => set({ number })}
        pattern="[0-9]{2,6}"
        required
      />
      <TextField
        name={t.lines.extensions}
        hint={t.lines.extensionsHint}
        testId="queue-extensions"
        value={value.extensions.join(', ')}
        set={(text) => set({ extensions: numbersIn(text) })}
        required
      />
      <ChoiceField
        name={t.queues.logIn}
        testId="queue-log-in"
        value={value.log_in ?? 'always'}
        set={(log_in) => set({ log_in })}
        options={options(t.queues.logIns)}
      />
      <ChoiceField
        name={t.queues.strategy}
        testId="queue-strategy"
        value={value.strategy}
        set={(strategy) => set({ strategy })}
        options={options(t.queues.strategies)}
      />
      {seconds('timeout_seconds', 10, 3_600)}
      {seconds('wrap_up_seconds', 0, 600)}
      <TickField
        name={t.queues.position}
        testId="queue-position"
        value={value.announce_position}
        set={(announce_position) => set({ announce_position })}
      />
      <p class="hint">{t.queues.overflowHint}</p>
    </EditForm>
  );
}
