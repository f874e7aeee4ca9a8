/** Objection: the numbers are never recorded again. They are given at this moment, and kept nowhere in clear. */
import { ActForm, AreaField, Fold, linesOf } from '../shared/act-form.tsx';
import { day } from '../shared/format.ts';
import { lawApi } from '../shared/law-api.ts';
import { StepFrame, type StepProps, stateOf } from './step.tsx';
import { rightsWords } from './words.ts';

export function ObjectStep({ request: { id, objection }, changed, open }: StepProps) {
  const t = rightsWords.value.object;
  const form = (
    <ActForm
      testId="objection"
      submit={t.submit}
      act={async (value, form) => {
        await lawApi.object(id, linesOf(value('numbers')));
        form.reset();
        await changed();
      }}
    >
      <AreaField
        name="numbers"
        label={t.numbers}
        hint={t.hint}
        inputMode="tel"
        required
        data-testid="objection-numbers"
      />
    </ActForm>
  );
  return (
    <StepFrame
      name="object"
      title={t.title}
      state={stateOf(objection !== null, open)}
      done={objection && t.done(objection.numbers, objection.by, day(objection.at))}
    >
      {open && !objection && form}
      {open && objection && (
        <Fold summary={t.again} testId="objection-again">
          {form}
        </Fold>
      )}
    </StepFrame>
  );
}
