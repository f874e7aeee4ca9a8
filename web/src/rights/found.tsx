/** What was found, one line each, with what becomes of it. */
import { Purpose } from '../shared/call-words.tsx';
import { day, time } from '../shared/format.ts';
import { words } from '../shared/i18n.ts';
import type { FoundCall, WholeRequest } from '../shared/law-types.ts';
import { addressOf, follow } from '../shared/router.ts';
import { rightsWords } from './words.ts';

type Recordings = NonNullable<WholeRequest['found']>['recordings'];

export function FoundRecordings({ recordings }: { recordings: Recordings }) {
  const t = rightsWords.value.search;
  return (
    <>
      <h3>{t.recordings}</h3>
      <ul class="found" data-testid="found-recordings">
        {recordings.map(({ id, startedAt, line, purpose, state, dueAt, heldUntil }) => (
          <li key={id} data-testid="found-recording">
            <a href={addressOf(id)} onClick={follow}>
              {day(startedAt)} {time(startedAt)}
            </a>
            <span class="muted">{line}</span>
            {purpose && <Purpose purpose={purpose} />}
            {state === 'destroyed' && <span class="tag">{t.destroyed}</span>}
            {state !== 'destroyed' && heldUntil && <span class="tag warning">{t.held(day(heldUntil))}</span>}
            {state !== 'destroyed' && !heldUntil && <span class="hint">{t.until(day(dueAt))}</span>}
          </li>
        ))}
      </ul>
    </>
  );
}

export function FoundCalls({ calls }: { calls: FoundCall[] }) {
  const t = rightsWords.value.search;
  return (
    <>
      <h3>{t.calls}</h3>
      <ul class="found" data-testid="found-calls">
        {calls.map((call) => {
          const heard = call.announcements.filter((one) => one.heardToTheEndAt).map(({ id }) => id);
          const consent = call.consent && words.value.recording.consents[call.consent];
          return (
            <li key={call.id}>
              <time dateTime={call.arrivedAt}>
                {day(call.arrivedAt)} {time(call.arrivedAt)}
              </time>
              <span class="muted">{call.line}</span>
              <span class="hint">
                {[
                  call.recorded ? t.recorded : t.unrecorded,
                  heard.length > 0 ? t.heard(heard.join(', ')) : t.unheard,
                  consent,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </li>
          );
        })}
      </ul>
    </>
  );
}
