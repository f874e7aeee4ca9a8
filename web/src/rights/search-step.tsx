/** What there is of the person: by numbers in any spelling, and by day and line where the number was withheld. */
import { useSignal } from '@preact/signals';
import { ActForm, AreaField, Fold, linesOf } from '../shared/act-form.tsx';
import { day } from '../shared/format.ts';
import { lawApi } from '../shared/law-api.ts';
import type { FoundOfPerson } from '../shared/law-types.ts';
import { FindCalls } from './find-calls.tsx';
import { FoundCalls, FoundRecordings } from './found.tsx';
import { StepFrame, type StepProps, stateOf } from './step.tsx';
import { rightsWords } from './words.ts';

export function SearchStep({ request, changed, open }: StepProps) {
  const { id, found } = request;
  const live = useSignal<FoundOfPerson | null>(null);
  const t = rightsWords.value.search;
  async function search(numbers: string[]) {
    live.value = await lawApi.searchFor(id, { numbers });
    await changed();
  }
  const state = stateOf(found !== null, open && request.identity !== null);
  return (
    <StepFrame
      name="search"
      title={t.title}
      state={state}
      done={found && `${t.at(day(found.at))} · ${t.summary(found.recordings.length, found.calls)}`}
    >
      {found && found.recordings.length + found.calls === 0 && <p>{t.nothing}</p>}
      {found && found.recordings.length > 0 && <FoundRecordings recordings={found.recordings} />}
      {live.value && live.value.calls.length > 0 && <FoundCalls calls={live.value.calls} />}
      {open && (
        <>
          <ActForm
            testId="search"
            submit={found ? t.again : t.submit}
            act={async (value, form) => {
              await search(linesOf(value('numbers')));
              form.reset();
            }}
          >
            <p class="hint">{t.hint}</p>
            <AreaField
              name="numbers"
              label={t.numbers}
              hint={t.numbersHint}
              rows={2}
              inputMode="tel"
              data-testid="search-numbers"
            />
          </ActForm>
          <Fold summary={t.hidden} testId="find">
            <FindCalls
              id={id}
              attach={async (calls) => {
                live.value = await lawApi.searchFor(id, { calls });
                await changed();
              }}
            />
          </Fold>
        </>
      )}
    </StepFrame>
  );
}
