/** How much time is left, and the one way to have more of it. */
import { may } from '../access/session.ts';
import { ActForm, AreaField, Fold, TextField } from '../shared/act-form.tsx';
import { day, daysFromNow } from '../shared/format.ts';
import { lawApi } from '../shared/law-api.ts';
import type { WholeRequest } from '../shared/law-types.ts';
import { localOf, momentOf } from '../shared/moments.ts';
import { Meter } from '../shared/ui.tsx';
import { rightsWords } from './words.ts';

export function DeadlineCard({ request, changed }: { request: WholeRequest; changed(): Promise<void> }) {
  const { receivedAt, dueAt, status, stoppedAt, extension } = request;
  const t = rightsWords.value.deadline;
  const until = stoppedAt ? Date.parse(stoppedAt) : Date.now();
  const [from, to] = [Date.parse(receivedAt), Date.parse(dueAt)];
  const late = status === 'overdue';
  return (
    <section class={late ? 'card deadline-card alarmed' : 'card deadline-card'} data-testid="deadline">
      <h2>{t.title}</h2>
      <div class="deadline">
        <p class={late ? 'bad' : undefined}>
          {stoppedAt ? t.stopped(day(stoppedAt)) : (late ? t.late : t.in)(day(dueAt), daysFromNow(dueAt))}
        </p>
        <Meter label={t.meter} share={(until - from) / (to - from)} />
        <p class="hint plot-ends">
          <span>{t.from(day(receivedAt))}</span>
          <time dateTime={dueAt}>{day(dueAt)}</time>
        </p>
        {extension && <p class="small">{t.extended(day(extension.toldAt), extension.reason)}</p>}
        {!extension && !stoppedAt && may('rights:work') && <Extend id={request.id} changed={changed} />}
      </div>
    </section>
  );
}

function Extend({ id, changed }: { id: string; changed(): Promise<void> }) {
  const t = rightsWords.value.deadline;
  return (
    <Fold summary={t.extend} testId="extend">
      <ActForm
        testId="extension"
        submit={t.submit}
        act={async (value) => {
          const toldAt = momentOf(value('toldAt')) ?? '';
          await lawApi.extend(id, { reason: value('reason'), toldAt });
          await changed();
        }}
      >
        <p class="hint">{t.extendHint}</p>
        <AreaField
          name="reason"
          label={t.reason}
          rows={2}
          minLength={3}
          required
          data-testid="extension-reason"
        />
        <TextField
          name="toldAt"
          label={t.toldAt}
          type="datetime-local"
          defaultValue={localOf(Date.now())}
          required
          data-testid="extension-told"
        />
      </ActForm>
    </Fold>
  );
}
