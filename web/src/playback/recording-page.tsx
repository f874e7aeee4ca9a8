/** One recording: what is established about it, and listening to it. */
import { useSignal } from '@preact/signals';
import { type ComponentType, Fragment } from 'preact';
import { useCallback, useEffect, useMemo } from 'preact/hooks';
import { api } from '../shared/api.ts';
import { codeOf } from '../shared/api-error.ts';
import type { CallDetails, RecordingSheet } from '../shared/api-types.ts';
import { Masked } from '../shared/call-words.tsx';
import { nearDay, phoneNumber, time } from '../shared/format.ts';
import { words } from '../shared/i18n.ts';
import { Arrow } from '../shared/icons.tsx';
import type { Opener } from '../shared/opener.ts';
import { follow } from '../shared/router.ts';
import { Bone, Failure, PageTitle } from '../shared/ui.tsx';
import { Destroyed } from './destroyed.tsx';
import { Facts } from './facts.tsx';
import { ListenCard } from './listen-card.tsx';
import { createListening } from './listening.ts';

export interface RecordingPageProps {
  id: string;
  opener: Opener;
  UnlockForm: ComponentType;
  user: string;
  /** What may be done once the recording can be heard. */
  Judge: ComponentType<{ recording: string }> | null;
  /** What may be asked for while it is there. */
  Fate: ComponentType<{ recording: string }> | null;
}

export function RecordingPage({ id, opener, UnlockForm, user, Judge, Fate }: RecordingPageProps) {
  const { sheet, problem, load } = useSheet(id);
  const listening = useMemo(() => createListening(id, opener), [id, opener]);
  useEffect(() => listening.dispose, [listening]);
  const t = words.value;
  return (
    <>
      <a href="/" class="back" onClick={follow} data-testid="back">
        <Arrow />
        {t.common.backToList}
      </a>
      <PageTitle
        text={
          sheet
            ? `${t.recording.title} · ${nearDay(sheet.startedAt)} ${time(sheet.startedAt)}`
            : t.recording.title
        }
      >
        {sheet ? <Parties sheet={sheet} details={listening.details.value} /> : <p>{'\u00a0'}</p>}
      </PageTitle>
      {problem && <Failure code={problem} testId="recording-error" retry={load} />}
      {!sheet && !problem && <Placeholder />}
      {sheet && (
        <Fragment>
          {sheet.state === 'destroyed' ? (
            <Destroyed sheet={sheet} />
          ) : (
            <ListenCard
              sheet={sheet}
              listening={listening}
              opener={opener}
              UnlockForm={UnlockForm}
              user={user}
            />
          )}
          {Judge && listening.stage.value.at === 'ready' && <Judge recording={id} />}
          {Fate && sheet.state !== 'destroyed' && <Fate recording={id} />}
          {sheet.manifest && <Facts sheet={sheet} manifest={sheet.manifest} opened={opener.key.value} />}
        </Fragment>
      )}
    </>
  );
}

function useSheet(id: string) {
  const sheet = useSignal<RecordingSheet | null>(null);
  const problem = useSignal<string | null>(null);
  const load = useCallback(async () => {
    problem.value = null;
    sheet.value = await api.recording(id).catch((error: unknown) => {
      problem.value = codeOf(error);
      return null;
    });
  }, [id, sheet, problem]);
  useEffect(() => void load(), [load]);
  return { sheet: sheet.value, problem: problem.value, load };
}

/** Who spoke on which line; the whole number only after unlocking. */
function Parties({ sheet, details }: { sheet: RecordingSheet; details: CallDetails | null }) {
  return (
    <p class="parties">
      {sheet.state !== 'destroyed' && <Outside last4={sheet.outside.last4} details={details} />}
      <span>
        {sheet.line.name} <span class="muted figures">{phoneNumber(sheet.line.did)}</span>
      </span>
      {sheet.extension && (
        <span class="muted">
          {words.value.recordings.columns.extension} {sheet.extension}
        </span>
      )}
    </p>
  );
}

function Outside({ last4, details }: { last4: string; details: CallDetails | null }) {
  return (
    <>
      <span data-testid="outside-party">
        {details?.outsideNumber ? (
          <strong class="figures" data-testid="outside-number">
            {phoneNumber(details.outsideNumber)}
          </strong>
        ) : (
          <Masked last4={last4} />
        )}
        {details?.outsideName && <span> · {details.outsideName}</span>}
      </span>
      <span aria-hidden="true" class="muted">
        →
      </span>
    </>
  );
}

function Placeholder() {
  return (
    <div class="card" aria-busy="true" data-testid="recording-loading">
      <Bone width="m" />
      <Bone width="l" />
      <Bone width="l" />
    </div>
  );
}
