/** Erasure: asked for here, approved by somebody else, and told recording by recording. */
import { useCallback } from 'preact/hooks';
import { may } from '../access/session.ts';
import { ActForm } from '../shared/act-form.tsx';
import { api } from '../shared/api.ts';
import { day, time } from '../shared/format.ts';
import { lawApi } from '../shared/law-api.ts';
import type { Outcome, WholeRequest } from '../shared/law-types.ts';
import { useLoaded } from '../shared/loaded.ts';
import { follow } from '../shared/router.ts';
import { isActed, StepFrame, type StepProps, stateOf } from './step.tsx';
import { rightsWords } from './words.ts';

export function EraseStep({ request, changed, open }: StepProps) {
  const { id, kind, identity, found, erasure } = request;
  const waiting = useWaiting(id);
  const t = rightsWords.value.erase;
  const held = (found?.recordings ?? []).filter((one) => one.heldUntil && one.state !== 'destroyed').length;
  const ready = identity !== null && found !== null;
  const state = kind === 'erasure' ? stateOf(isActed(request), open && ready) : ofObjection(request);
  return (
    <StepFrame
      name="erase"
      title={t.title}
      state={state}
      done={erasure && t.done(...erasure.by, day(erasure.doneAt ?? erasure.at))}
    >
      {open && <p class="hint">{kind === 'objection' ? `${t.optional} ${t.hint}` : t.hint}</p>}
      {erasure && <Outcomes erasure={erasure} />}
      {waiting.value.value && (
        <p data-testid="erasure-waits">
          {t.waiting(waiting.value.value.requestedBy, day(waiting.value.value.expiresAt))}{' '}
          <a href="/retention" onClick={follow}>
            {t.toApprovals}
          </a>
        </p>
      )}
      {open && ready && !waiting.value.value && (
        <ActForm
          testId="erasure"
          submit={erasure ? t.again : t.submit}
          grave
          act={async () => {
            await lawApi.askErasure(id);
            await waiting.load();
            await changed();
          }}
        >
          {held > 0 && <p class="hint">{t.kept(held)}</p>}
        </ActForm>
      )}
    </StepFrame>
  );
}

/** It may be left out: an objection is answered once the numbers are on the list. */
function ofObjection({ erasure }: WholeRequest): 'done' | 'later' {
  return erasure?.doneAt ? 'done' : 'later';
}

function useWaiting(id: string) {
  const ask = useCallback(async () => {
    if (!may('approvals:read')) return null;
    const { approvals } = await api.approvals();
    return (
      approvals.find(
        ({ kind, state, subject }) =>
          kind === 'erase-request' && state === 'pending' && subject.request === id,
      ) ?? null
    );
  }, [id]);
  return useLoaded(ask);
}

function Outcomes({ erasure }: { erasure: NonNullable<WholeRequest['erasure']> }) {
  const t = rightsWords.value.erase;
  const when = ({ outcome, at }: Outcome) => {
    if (at === null) return '';
    return outcome === 'destroyed' ? t.on(day(at)) : t.until(day(at));
  };
  return (
    <>
      {erasure.doneAt === null && <p class="bad">{t.unfinished}</p>}
      <ul class="found" data-testid="outcomes">
        {erasure.recordings.map((one) => (
          <li key={one.id}>
            <time dateTime={one.startedAt}>
              {day(one.startedAt)} {time(one.startedAt)}
            </time>
            <span class="muted">{one.line}</span>
            <span class={one.outcome === 'destroyed' ? 'tag good' : 'tag warning'}>
              {t.outcomes[one.outcome]} {when(one)}
            </span>
          </li>
        ))}
      </ul>
      {erasure.calls.length > 0 && <p class="hint">{t.cleared(erasure.calls.length)}</p>}
    </>
  );
}
