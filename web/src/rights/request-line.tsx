/** One request in the list: what, since when, and how much time is left. Nothing of the person. */
import { day, daysFromNow } from '../shared/format.ts';
import type { ListedRequest } from '../shared/law-types.ts';
import { follow } from '../shared/router.ts';
import { rightsWords } from './words.ts';

const SOON_MS = 7 * 86_400_000;

export function RequestLine({ request }: { request: ListedRequest }) {
  const { id, kind, channel, receivedAt, identified, extended } = request;
  const t = rightsWords.value;
  return (
    <li data-testid="request" data-id={id}>
      <div class="person-head">
        <a href={`/rights/${id}`} onClick={follow} class="request-link">
          {t.kinds[kind]} <span class="figures">{id}</span>
        </a>
        <Clock request={request} />
        {extended && <span class="tag">{t.extendedTag}</span>}
        {!identified && isRunning(request) && <span class="tag">{t.unidentified}</span>}
      </div>
      <p class="hint">
        {t.channels[channel]} · {t.received(day(receivedAt))} · <When request={request} />
      </p>
    </li>
  );
}

const isRunning = ({ status }: ListedRequest) => status === 'open' || status === 'overdue';

function Clock({ request: { status, dueAt } }: { request: ListedRequest }) {
  const t = rightsWords.value;
  if (status === 'overdue') return <span class="tag danger plain">{t.ofLate}</span>;
  const soon = status === 'open' && Date.parse(dueAt) - Date.now() < SOON_MS;
  return soon ? <span class="tag warning">{t.soon}</span> : null;
}

function When({ request: { status, dueAt, stoppedAt } }: { request: ListedRequest }) {
  const t = rightsWords.value;
  if (status === 'overdue') return <strong class="bad">{t.late(daysFromNow(dueAt))}</strong>;
  if (status === 'open') return <time dateTime={dueAt}>{t.due(day(dueAt), daysFromNow(dueAt))}</time>;
  const at = day(stoppedAt ?? dueAt);
  return <span>{status === 'answered' ? t.answeredOn(at) : t.endedOn(at)}</span>;
}
