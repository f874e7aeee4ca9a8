/** What somebody who has just listened says of the talk: four marks and a comment, for the one who led it. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { api } from '../shared/api.ts';
import { codeOf } from '../shared/api-error.ts';
import type { Marks, Named, Scorecard } from '../shared/scorecard-types.ts';
import { Banner, Failure } from '../shared/ui.tsx';
import { CRITERIA, MarkChoice } from './mark-choice.tsx';
import { qualityWords } from './words.ts';

const NO_MARKS: Marks = { procedure: null, accuracy: null, collection: null, relationship: null };

export function JudgeCard({ recording }: { recording: string }) {
  const agents = useSignal<Named[] | null>(null);
  const agent = useSignal('');
  const marks = useSignal<Marks>(NO_MARKS);
  const feedback = useRef<HTMLTextAreaElement>(null);
  const made = useSignal<Scorecard | null>(null);
  const problem = useSignal<string | null>(null);
  const busy = useSignal(false);
  useEffect(() => {
    api.agentsOf(recording).then(
      (answer) => {
        agents.value = answer.agents;
        agent.value = answer.agents[0]?.id ?? '';
      },
      (error: unknown) => {
        problem.value = codeOf(error);
      },
    );
  }, [recording, agents, agent, problem]);
  async function submit(event: SubmitEvent) {
    event.preventDefault();
    busy.value = true;
    problem.value = null;
    try {
      const words = feedback.current?.value.trim() ?? '';
      made.value = await api.judge({ recording, agent: agent.value, marks: marks.value, feedback: words });
      marks.value = NO_MARKS;
    } catch (error) {
      problem.value = codeOf(error);
    }
    busy.value = false;
  }
  const t = qualityWords.value;
  if (made.value)
    return (
      <Banner tone="info" testId="judged">
        {t.done(made.value.agentName)}
      </Banner>
    );
  return (
    <details class="card judge" data-testid="judge">
      <summary>
        <h2>{t.judge}</h2>
      </summary>
      {agents.value?.length === 0 ? (
        <p class="muted">{t.nobody}</p>
      ) : (
        <form class="judge-form" onSubmit={submit}>
          <p class="hint">{t.judgeHint}</p>
          {(agents.value?.length ?? 0) > 1 && (
            <div class="field">
              <label for="judged-agent">{t.agent}</label>
              <select
                id="judged-agent"
                value={agent.value}
                onChange={({ currentTarget }) => {
                  agent.value = currentTarget.value;
                }}
              >
                {agents.value?.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </select>
            </div>
          )}
          {CRITERIA.map((criterion) => (
            <MarkChoice key={criterion} criterion={criterion} marks={marks} />
          ))}
          <div class="field">
            <label for="feedback">{t.feedback}</label>
            <textarea
              id="feedback"
              ref={feedback}
              rows={4}
              maxLength={2_000}
              aria-describedby="feedback-hint"
              data-testid="feedback"
            />
            <p class="hint" id="feedback-hint">
              {t.feedbackHint}
            </p>
          </div>
          {problem.value && <Failure code={problem.value} testId="judge-error" />}
          <button type="submit" class="button primary" disabled={busy.value} data-testid="judge-submit">
            {busy.value ? t.submitting : t.submit}
          </button>
        </form>
      )}
    </details>
  );
}
