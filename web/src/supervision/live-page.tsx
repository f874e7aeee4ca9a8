/** The live board: today, who waits, what each agent is doing, and joining a call of the own team. */
import type { Signal } from '@preact/signals';
import type { Board } from '../shared/board-types.ts';
import { time } from '../shared/format.ts';
import { Headset } from '../shared/icons.tsx';
import { Banner, Bone, Failure, PageTitle } from '../shared/ui.tsx';
import { Agents } from './agents.tsx';
import { useBoard } from './feed.ts';
import { Figures } from './figures.tsx';
import { Queues, Unanswered } from './queues.tsx';
import { useTicking } from './running.tsx';
import { SessionBar } from './session-bar.tsx';
import { useSupervision } from './sessions.ts';
import { liveWords } from './words.ts';

export function LivePage() {
  const { board, lostSince, problem, ahead } = useBoard();
  const supervision = useSupervision();
  useTicking(ahead.value);
  const t = liveWords.value;
  const now = board.value;
  return (
    <>
      <PageTitle text={t.title}>
        <State board={now} lostSince={lostSince} />
      </PageTitle>
      {problem.value && !now && <Failure code={problem.value} testId="live-error" />}
      {now?.stale && now.staleSince && (
        <Banner tone="warning" testId="stale">
          <p>{t.stale(time(now.staleSince))}</p>
        </Banner>
      )}
      <SessionBar agents={now?.agents ?? []} supervision={supervision} />
      {now && (
        <div class={lostSince.value ? 'live lost' : 'live'} data-testid="board">
          {now.agents.length > 0 && <Figures figures={now.figures} />}
          <Queues queues={now.queues} />
          <Unanswered calls={now.calls} />
          {now.agents.length > 0 ? <Agents board={now} supervision={supervision} /> : <NoTeam />}
        </div>
      )}
      {!now && !problem.value && <Placeholder />}
    </>
  );
}

function State({ board, lostSince }: { board: Board | null; lostSince: Signal<string | null> }) {
  const t = liveWords.value;
  if (lostSince.value)
    return (
      <p class="verdict bad" role="status" data-testid="live-state">
        <span class="dot down" />
        {t.lost(time(lostSince.value))}
      </p>
    );
  if (!board) return <p>{'\u00a0'}</p>;
  return (
    <p class="verdict good" role="status" data-testid="live-state">
      <span class="dot up" />
      {t.live(board.calls.length)}
    </p>
  );
}

function NoTeam() {
  const t = liveWords.value;
  return (
    <section class="card empty" data-testid="no-team">
      <Headset />
      <h2>{t.noTeam}</h2>
      <p class="muted">{t.noTeamHint}</p>
    </section>
  );
}

function Placeholder() {
  return (
    <div class="figure-cards" aria-busy="true" data-testid="live-loading">
      {[0, 1, 2, 3].map((card) => (
        <div class="card" key={card}>
          <Bone width="m" />
        </div>
      ))}
    </div>
  );
}
