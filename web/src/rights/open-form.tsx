/** A request as it comes in. What says who somebody is goes in the body and stays in the register. */
import { ActForm, AreaField, ChoiceField, Fold, linesOf, TextField } from '../shared/act-form.tsx';
import { lawApi } from '../shared/law-api.ts';
import { CHANNELS, KINDS, type NewRequest } from '../shared/law-types.ts';
import { localOf, momentOf } from '../shared/moments.ts';
import { goTo } from '../shared/router.ts';
import { rightsWords } from './words.ts';

export function OpenForm() {
  const t = rightsWords.value;
  const now = localOf(Date.now());
  async function open(value: (name: string) => string) {
    const receivedAt = momentOf(value('receivedAt'));
    const wish: NewRequest = {
      kind: value('kind'),
      channel: value('channel'),
      reference: value('reference'),
      note: value('note'),
      name: value('name'),
      contact: value('contact'),
      numbers: linesOf(value('numbers')),
    };
    // A field knows minutes only: this one is the present, whatever the seconds are.
    const untouched = value('receivedAt') === now;
    const { id } = await lawApi.openRequest({ ...wish, ...(!untouched && receivedAt && { receivedAt }) });
    goTo(`/rights/${id}`);
  }
  return (
    <section class="card">
      <Fold summary={t.open.summary} testId="request-open">
        <ActForm testId="request-form" submit={t.open.submit} act={open}>
          <ChoiceField
            name="kind"
            label={t.open.kind}
            choices={KINDS.map((kind) => [kind, t.kindsExplained[kind] ?? kind])}
            data-testid="request-kind"
            wide
          />
          <ChoiceField
            name="channel"
            label={t.open.channel}
            choices={CHANNELS.map((channel) => [channel, t.channels[channel] ?? channel])}
          />
          <TextField
            name="receivedAt"
            label={t.open.receivedAt}
            hint={t.open.receivedHint}
            type="datetime-local"
            defaultValue={now}
            max={now}
            required
            data-testid="request-received"
          />
          <TextField name="name" label={t.open.name} maxLength={200} data-testid="request-name" />
          <TextField name="contact" label={t.open.contact} maxLength={300} data-testid="request-contact" />
          <AreaField
            name="numbers"
            label={t.open.numbers}
            hint={t.open.numbersHint}
            inputMode="tel"
            data-testid="request-numbers"
          />
          <TextField
            name="reference"
            label={t.open.reference}
            hint={t.open.referenceHint}
            maxLength={120}
            wide
          />
          <AreaField name="note" label={t.open.note} hint={t.open.noteHint} maxLength={2_000} rows={2} />
        </ActForm>
      </Fold>
    </section>
  );
}
