/** The draft of the answer, and that it was sent. */
import { ActForm, AreaField, ChoiceField, Fold } from '../shared/act-form.tsx';
import { Draft } from '../shared/draft.tsx';
import { day } from '../shared/format.ts';
import { lawApi } from '../shared/law-api.ts';
import { ANSWERS } from '../shared/law-types.ts';
import { isActed, StepFrame, type StepProps, stateOf } from './step.tsx';
import { rightsWords } from './words.ts';

export function AnswerStep({ request, changed, open }: StepProps) {
  const { id, answer, forgottenAt } = request;
  const t = rightsWords.value.answer;
  const state = stateOf(answer !== null, open && isActed(request));
  const form = (
    <ActForm
      testId="answer"
      submit={t.submit}
      act={async (value) => {
        await lawApi.answer(id, { outcome: value('outcome'), reason: value('reason') });
        await changed();
      }}
    >
      <ChoiceField
        name="outcome"
        label={t.outcome}
        choices={ANSWERS.map((one) => [one, t.outcomes[one] ?? one])}
        data-testid="answer-outcome"
      />
      <AreaField name="reason" label={t.reason} rows={2} maxLength={2_000} data-testid="answer-reason" />
    </ActForm>
  );
  return (
    <StepFrame
      name="answer"
      title={t.title}
      state={state}
      done={answer && t.done(t.outcomes[answer.outcome] ?? answer.outcome, answer.by, day(answer.at))}
    >
      {open && <p class="hint">{t.hint}</p>}
      {!forgottenAt && (
        <Fold summary={t.draft} testId="letter-fold">
          {/* It is asked for anew whenever something was done. */}
          <Draft
            key={request.history.length}
            address={(language) => lawApi.letterAddress(id, language)}
            name={t.draft}
            testId="letter"
          />
        </Fold>
      )}
      {open && state === 'now' && form}
      {open && state !== 'now' && (
        <Fold summary={answer ? t.again : t.early} testId="answer-again">
          {form}
        </Fold>
      )}
    </StepFrame>
  );
}
