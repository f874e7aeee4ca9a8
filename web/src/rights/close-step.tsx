/** The end of a request. */
import { ActForm, ChoiceField, Fold } from '../shared/act-form.tsx';
import { day } from '../shared/format.ts';
import { lawApi } from '../shared/law-api.ts';
import { ENDINGS } from '../shared/law-types.ts';
import { StepFrame, type StepProps, stateOf } from './step.tsx';
import { rightsWords } from './words.ts';

export function CloseStep({ request: { id, answer, closed }, changed, open }: StepProps) {
  const t = rightsWords.value.close;
  const form = (
    <ActForm
      testId="close"
      submit={t.submit}
      act={async (value) => {
        await lawApi.closeRequest(id, value('how'));
        await changed();
      }}
    >
      <ChoiceField
        key={answer ? 'answered' : 'not'}
        name="how"
        label={t.how}
        defaultValue={answer ? 'answered' : 'withdrawn'}
        choices={ENDINGS.filter((how) => how !== 'answered' || answer).map((how) => [
          how,
          t.endings[how] ?? how,
        ])}
        data-testid="close-how"
      />
    </ActForm>
  );
  return (
    <StepFrame
      name="close"
      title={t.title}
      state={stateOf(closed !== null, open && answer !== null)}
      done={closed && t.done(t.endings[closed.how] ?? closed.how, closed.by, day(closed.at))}
    >
      {!closed && <p class="hint">{t.hint}</p>}
      {open && answer && form}
      {open && !answer && (
        <Fold summary={t.early} testId="close-early">
          {form}
        </Fold>
      )}
    </StepFrame>
  );
}
