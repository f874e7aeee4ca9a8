/** The values of a call in human words. */
import type { ListedCall } from '../shared/call-list-types.ts';
import { Started } from '../shared/call-words.tsx';
import { clock, spokenDuration } from '../shared/format.ts';
import { Between, Inbound, Outbound } from '../shared/icons.tsx';
import { addressOf, follow } from '../shared/router.ts';
import { callWords } from './words.ts';

type One = { call: ListedCall };

export function Arrived({ call }: One) {
  const name = callWords.value.directions[call.direction] ?? call.direction;
  const Icon = call.direction === 'inbound' ? Inbound : call.direction === 'outbound' ? Outbound : Between;
  return (
    <span class="arrived">
      <span class="direction" title={name}>
        <Icon />
        <span class="for-ears">{name}</span>
      </span>
      <Started iso={call.arrivedAt} />
    </span>
  );
}

export function Waited({ call: { waitingSeconds } }: One) {
  if (waitingSeconds === null) return null;
  return (
    <>
      <span aria-hidden="true">{clock(waitingSeconds)}</span>
      <span class="for-ears">{spokenDuration(waitingSeconds)}</span>
    </>
  );
}

/** How it ended; of an answered one, how long it was. */
export function Ended({ call }: One) {
  const { answeredAt, endedAt, disposition } = call;
  const name = callWords.value.dispositions[disposition] ?? disposition;
  if (answeredAt === null || endedAt === null) return <span class="tag quiet">{name}</span>;
  const seconds = Math.max(0, (Date.parse(endedAt) - Date.parse(answeredAt)) / 1_000);
  return (
    <span>
      <span class="for-ears">{name} </span>
      <span class="figures" aria-hidden="true">
        {clock(seconds)}
      </span>
      <span class="for-ears">{spokenDuration(seconds)}</span>
    </span>
  );
}

/** The recording, or why there is none. */
export function Recorded({ call }: One) {
  const t = callWords.value;
  if (call.recorded)
    return (
      <a href={addressOf(call.id)} class="row-link" data-testid="call-recording" onClick={follow}>
        {t.recorded}
      </a>
    );
  return <span class="why-not muted">{t.reasons[call.reason ?? ''] ?? call.reason}</span>;
}
