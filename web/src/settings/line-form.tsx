/** A line: whose it is, what callers are told, by which policy they are recorded, and where they are led. */
import { useSignal } from '@preact/signals';
import { may } from '../access/session.ts';
import type { Destination, Line } from '../shared/settings-types.ts';
import { ChoiceField, EditForm, SeveralField, TextField } from './fields.tsx';
import type { FormProps } from './objects-card.tsx';
import { rowsOf, shown } from './planning.ts';
import { settingsWords } from './words.ts';

export const PLACES = ['extensions', 'queue', 'ring_group', 'conference'] as const;
export const placeOf = (to: Destination) => PLACES.find((place) => to[place] !== undefined) ?? 'extensions';
export const numbersIn = (text: string) => text.split(/[\s,;]+/).filter(Boolean);

export function LineForm({ object, fresh, keep, cancel }: FormProps<'lines'>) {
  const draft = useSignal<Line>(object);
  const t = settingsWords.value;
  const { value } = draft;
  const set = (change: Partial<Line>) => {
    draft.value = { ...draft.value, ...change };
  };
  const wordings = (shown.value?.settings.announcements ?? []).filter(
    ({ client }) => client === value.client,
  );
  const notices = wordings.filter(({ kind, id }) => kind === 'notice' || value.announcements.includes(id));
  return (
    <EditForm
      title={fresh ? t.lines.add : `${t.edit} ${object.did}`}
      testId="line-form"
      keep={() => keep(withoutBlanks(draft.value))}
      cancel={cancel}
      words={t}
    >
      {fresh && (
        <TextField
          name={t.lines.did}
          hint={t.lines.didHint}
          testId="line-did"
          value={value.did}
          set={(did) => set({ did: did.replaceAll(/[\s.]/g, '') })}
          pattern="\+[1-9][0-9]{6,14}"
          required
        />
      )}
      <TextField name={t.name} testId="line-name" value={value.name} set={(name) => set({ name })} required />
      <To client={value.client} to={value.destination} set={(destination) => set({ destination })} />
      {may('policies:decide') && (
        <>
          <ChoiceField
            name={t.client}
            testId="line-client"
            value={value.client}
            set={(client) => set({ client, policy: '', announcements: [], information: '' })}
            options={rowsOf('clients').map(({ object: one }) => [one.id, one.name])}
            required
          />
          <ChoiceField
            name={t.lines.policy}
            testId="line-policy"
            value={value.policy}
            set={(policy) => set({ policy })}
            options={rowsOf('policies')
              .filter(({ object: one }) => one.client === value.client)
              .map(({ key }) => [key, key])}
            required
          />
          <SeveralField
            name={t.lines.announcements}
            testId="line-announcement"
            value={value.announcements}
            set={(announcements) => set({ announcements })}
            options={notices.map(({ id }) => [id, id])}
            none={t.lines.noAnnouncements}
          />
          <ChoiceField
            name={t.lines.information}
            testId="line-information"
            value={value.information ?? ''}
            set={(information) => set({ information })}
            options={[
              ['', t.lines.noInformation],
              ...wordings
                .filter(({ kind }) => kind === 'information')
                .map(({ id }): [string, string] => [id, id]),
            ]}
          />
        </>
      )}
      <p class="hint">{value.hours ? t.lines.hoursKept : t.lines.hoursHint}</p>
    </EditForm>
  );
}

interface ToProps {
  client: string;
  to: Destination;
  set(to: Destination): void;
}

/** Where calls go: phones, or what stands for them. */
function To({ client, to, set }: ToProps) {
  const t = settingsWords.value;
  const place = placeOf(to);
  const settings = shown.value?.settings;
  const all = {
    queue: rowsOf('queues').map(({ object }) => object),
    ring_group: settings?.ring_groups ?? [],
    conference: settings?.conferences ?? [],
  };
  return (
    <div class="pair">
      <ChoiceField
        name={t.lines.to}
        testId="line-place"
        value={place}
        set={(next) => set(next === 'extensions' ? { extensions: [] } : { [next]: '' })}
        options={PLACES.map((one) => [one, t.lines.places[one] ?? one])}
      />
      {place === 'extensions' ? (
        <TextField
          name={t.lines.extensions}
          hint={t.lines.extensionsHint}
          testId="line-extensions"
          value={(to.extensions ?? []).join(', ')}
          set={(text) => set({ extensions: numbersIn(text) })}
          required
        />
      ) : (
        <ChoiceField
          name={t.lines.which}
          testId="line-target"
          value={to[place] ?? ''}
          set={(id) => set({ ...to, [place]: id })}
          options={all[place].filter((one) => one.client === client).map(({ id, name }) => [id, name])}
          required
        />
      )}
    </div>
  );
}

function withoutBlanks({ information, ...line }: Line): Line {
  return information ? { ...line, information } : line;
}
