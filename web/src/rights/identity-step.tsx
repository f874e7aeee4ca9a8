/** Who asks: without it nothing leaves and nothing goes. */
import { ActForm, Fold, TextField } from '../shared/act-form.tsx';
import { day } from '../shared/format.ts';
import { lawApi } from '../shared/law-api.ts';
import { StepFrame, type StepProps, stateOf } from './step.tsx';
import { rightsWords } from './words.ts';

export function IdentityStep({ request: { id, identity }, changed, open }: StepProps) {
  const t = rightsWords.value.identity;
  const form = (
    <ActForm
      testId="identity"
      submit={t.submit}
      act={async (value) => {
        await lawApi.identify(id, value('how'));
        await changed();
      }}
    >
      <TextField
        name="how"
        label={t.how}
        placeholder={t.example}
        hint={t.hint}
        minLength={3}
        maxLength={500}
        required
        wide
        data-testid="identity-how"
      />
    </ActForm>
  );
  return (
    <StepFrame
      name="identity"
      title={t.title}
      state={stateOf(identity !== null, open)}
      done={identity && t.done(identity.by, day(identity.at))}
    >
      {identity?.how && <p class="quoted">{identity.how}</p>}
      {open && !identity && form}
      {open && identity && (
        <Fold summary={t.again} testId="identity-again">
          {form}
        </Fold>
      )}
    </StepFrame>
  );
}
