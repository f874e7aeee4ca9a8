/** Who waits, for how long, and who is there to answer. */
import type { BoardCall, BoardQueue } from '../shared/board-types.ts';
import { count } from '../shared/format.ts';
import { CallLine } from './call-line.tsx';
import { Running } from './running.tsx';
import { liveWords } from './words.ts';

export function Queues({ queues }: { queues: BoardQueue[] }) {
  const t = liveWords.value.queues;
  if (queues.length === 0) return null;
  return (
    <section aria-labelledby="queues-title">
      <h2 id="queues-title">{t.title}</h2>
      <ul class="live-queues">
        {queues.map((queue) => (
          <Queue key={queue.id} queue={queue} />
        ))}
      </ul>
    </section>
  );
}

function Queue({ queue: { name, waiting, longestSince, loggedIn, available } }: { queue: BoardQueue }) {
  const t = liveWords.value.queues;
  const alone = waiting > 0 && available === 0;
  return (
    <li class={alone ? 'card live-queue pressing' : 'card live-queue'} data-testid="queue">
      <h3>{name}</h3>
      <p class="live-waiting">
        <strong class="figures">{count(waiting)}</strong> <span class="muted">{t.waiting(waiting)}</span>
      </p>
      <p class="small">
        {longestSince ? (
          <>
            <span class="muted">{t.longest}</span> <Running since={longestSince} />
          </>
        ) : (
          <span class="muted">{t.nobody}</span>
        )}
      </p>
      <p class="small muted">{t.there(loggedIn, available)}</p>
    </li>
  );
}

/** Calls that no agent of ours has taken (yet). */
export function Unanswered({ calls }: { calls: BoardCall[] }) {
  const t = liveWords.value.queues;
  const open = calls.filter(({ extensions }) => extensions.length === 0);
  if (open.length === 0) return null;
  return (
    <section class="card" aria-labelledby="unanswered-title" data-testid="unanswered">
      <h2 id="unanswered-title">{t.unanswered(open.length)}</h2>
      <ul class="live-open">
        {open.map((call) => (
          <li key={call.id} data-testid="open-call">
            <span class="tag warning">{t.states[call.state]}</span>
            <CallLine call={call} />
            <Running since={call.stateSince} />
          </li>
        ))}
      </ul>
    </section>
  );
}
