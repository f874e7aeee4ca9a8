/** Rectification and restriction: kept in words, and where it is asked for, kept from being destroyed. */
import { may } from '../access/session.ts';
import { ActForm, AreaField, Fold } from '../shared/act-form.tsx';
import { lawApi } from '../shared/law-api.ts';
import { follow } from '../shared/router.ts';
import { StepFrame, type StepProps, stateOf } from './step.tsx';
import { rightsWords } from './words.ts';

export function NoteStep({ request: { id, kind, note, identity }, changed, open }: StepProps) {
  const t = rightsWords.value.note;
  const form = (
    <ActForm
      testId="note"
      submit={t.submit}
      act={async (value) => {
        await lawApi.note(id, value('text'));
        await changed();
      }}
    >
      <AreaField
        name="text"
        label={t.text}
        hint={t.hint}
        defaultValue={note}
        minLength={3}
        maxLength={2_000}
        required
        data-testid="note-text"
      />
    </ActForm>
  );
  return (
    <StepFrame
      name="note"
      title={kind === 'restriction' ? t.restriction : t.rectification}
      state={stateOf(note !== '', open && identity !== null)}
      done={note && t.done}
    >
      {note && <p class="quoted">{note}</p>}
      {open && !note && form}
      {open && note && (
        <Fold summary={t.again} testId="note-again">
          {form}
        </Fold>
      )}
      {open && kind === 'restriction' && may('holds:ask') && (
        <p>
          <a href={`/retention?request=${id}`} onClick={follow} data-testid="to-hold">
            {t.hold}
          </a>
        </p>
      )}
    </StepFrame>
  );
}
