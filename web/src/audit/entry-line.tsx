/** One entry as a sentence; what is bound and how is told when it is opened. */
import { useSignal } from '@preact/signals';
import { useCallback } from 'preact/hooks';
import { day, exactMoment, timeToTheSecond } from '../shared/format.ts';
import { words } from '../shared/i18n.ts';
import { lawApi } from '../shared/law-api.ts';
import type { LogEntry } from '../shared/law-types.ts';
import { useLoaded } from '../shared/loaded.ts';
import { addressOf, follow } from '../shared/router.ts';
import { Fact } from '../shared/ui.tsx';
import type { Question } from './question.ts';
import { auditWords } from './words.ts';

interface EntryLineProps {
  entry: LogEntry;
  narrow(more: Question): void;
}

export function EntryLine({ entry, narrow }: EntryLineProps) {
  const { at, actor, action, reason, code, erased } = entry;
  const t = auditWords.value;
  const opened = useSignal(false);
  const who = actor === 'system' ? t.system : actor || t.erasedActor;
  const does = t.actions[action] ?? t.unknown(action);
  const known: Record<string, string> = words.value.listen.reasons;
  const why = [code && (known[code] ?? code), reason].filter(Boolean).join(' · ');
  return (
    <li data-testid="audit-entry" data-action={action}>
      <details onToggle={({ currentTarget }) => (opened.value = currentTarget.open)}>
        <summary>
          <time dateTime={at} class="hint figures">
            {day(at)} {timeToTheSecond(at)}
          </time>
          <span class="audit-says">
            <strong>{who}</strong> {does}
            {why && <span class="muted"> · {why}</span>}
            {erased && <span class="muted"> · {t.erased}</span>}
          </span>
        </summary>
        {opened.value && <Details entry={entry} narrow={narrow} />}
      </details>
    </li>
  );
}

function Details({ entry, narrow }: EntryLineProps) {
  const { at, actor, action, code, reason, recording, subject, extensions, from, index } = entry;
  const t = auditWords.value;
  const f = t.fields;
  const about = recording ?? subject;
  const ways: [Question, string][] = [
    [{ action }, t.quoted(t.actions[action] ?? action)],
    ...(actor ? [[{ actor }, actor === 'system' ? t.system : actor] as [Question, string]] : []),
    ...(about ? [[{ about }, about] as [Question, string]] : []),
  ];
  return (
    <div class="audit-details">
      <dl class="fact-list audit-facts">
        <Fact name={f.at}>{exactMoment(at)}</Fact>
        <Fact name={f.index}>{index}</Fact>
        <Fact name={f.action}>
          <code>{action}</code>
        </Fact>
        {code && <Fact name={f.code}>{code}</Fact>}
        {reason && <Fact name={f.reason}>{reason}</Fact>}
        {recording && (
          <Fact name={f.recording}>
            <a href={addressOf(recording)} onClick={follow}>
              <code>{recording}</code>
            </a>
          </Fact>
        )}
        {subject && (
          <Fact name={f.subject}>
            <Subject action={action} subject={subject} />
          </Fact>
        )}
        {extensions && <Fact name={f.extensions}>{extensions}</Fact>}
        {from && <Fact name={f.from}>{from}</Fact>}
        {index !== undefined && <Hashes index={index} />}
      </dl>
      <div class="actions">
        {ways.map(([what, words]) => (
          <button
            type="button"
            key={words}
            class="button small"
            onClick={() => narrow(what)}
            data-testid="audit-only"
          >
            {t.onlyOf(words)}
          </button>
        ))}
      </div>
    </div>
  );
}

/** What has a page of its own leads there. */
function Subject({ action, subject }: { action: string; subject: string }) {
  const list = action.startsWith('rights-') ? 'rights' : action.startsWith('incident-') ? 'incidents' : null;
  if (list && /^\d{4}-\d{4,6}$/.test(subject))
    return (
      <a href={`/${list}/${subject}`} onClick={follow}>
        {subject}
      </a>
    );
  return <code>{subject}</code>;
}

function Hashes({ index }: { index: number }) {
  const { value } = useLoaded(useCallback(() => lawApi.hashes(index), [index]));
  const f = auditWords.value.fields;
  return (
    <>
      <Fact name={f.leaf}>
        <code data-testid="audit-leaf">{value.value?.leaf ?? '…'}</code>
      </Fact>
      <Fact name={f.payload}>
        <code>{value.value?.payload ?? '…'}</code>
      </Fact>
    </>
  );
}
