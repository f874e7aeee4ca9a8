/** The own session, on top of everything: whom one hears, how, since when, and the way out. */
import { useEffect, useRef } from 'preact/hooks';
import type { BoardAgent, SupervisionSession } from '../shared/board-types.ts';
import { Headset } from '../shared/icons.tsx';
import { Banner } from '../shared/ui.tsx';
import { BrowserLine } from './browser-line.tsx';
import { refusalOf } from './refusals.ts';
import { Running } from './running.tsx';
import type { Supervision } from './sessions.ts';
import { liveWords } from './words.ts';

interface SessionBarProps {
  agents: BoardAgent[];
  supervision: Supervision;
}

export function SessionBar({ agents, supervision }: SessionBarProps) {
  const { sessions, problem } = supervision;
  return (
    <div class="live-sessions" aria-live="polite">
      {problem.value && (
        <Banner tone="error" testId="session-error">
          <p>{refusalOf(problem.value)}</p>
        </Banner>
      )}
      {sessions.value.map((session) => (
        <Bar
          key={session.id}
          session={session}
          agent={agents.find(({ extension }) => extension === session.extension)}
          supervision={supervision}
        />
      ))}
    </div>
  );
}

interface BarProps {
  session: SupervisionSession;
  agent: BoardAgent | undefined;
  supervision: Supervision;
}

function Bar({ session, agent, supervision }: BarProps) {
  const { id, extension, phone, mode, state, startedAt } = session;
  const { browser } = supervision;
  const inBrowser = phone === supervision.phones.value?.browser;
  const elsewhere = inBrowser && browser.state.value === 'off';
  const t = liveWords.value.session;
  const { modes } = liveWords.value;
  const whom = agent?.name ?? extension;
  const bar = useRef<HTMLElement>(null);
  // It may stand far above the button that began it, which is gone.
  useEffect(() => bar.current?.focus(), []);
  return (
    <section
      class="card live-session"
      ref={bar}
      tabIndex={-1}
      aria-label={t.title}
      data-testid="session"
      data-state={state}
    >
      <Headset />
      <div class="live-session-text">
        <p>
          <strong>
            {state === 'running' && t.running[mode](whom)}
            {state === 'ringing' && (inBrowser ? t.coming : t.ringing(phone, modes[mode].lower))}
          </strong>
        </p>
        <p class="small muted">{state === 'ringing' ? t.whom(whom) : modes[mode].hint}</p>
        {elsewhere && <p class="small">{liveWords.value.browser.elsewhere}</p>}
        {inBrowser && !elsewhere && <BrowserLine phone={browser} />}
      </div>
      {state === 'running' && startedAt && <Running since={startedAt} />}
      <div class="actions">
        {state === 'running' &&
          agent?.modes.map((other) => (
            <button
              type="button"
              key={other}
              class="button small"
              aria-pressed={other === mode}
              disabled={other === mode || elsewhere}
              data-testid={`change-${other}`}
              onClick={() => void supervision.change(session, other)}
            >
              {modes[other].verb}
            </button>
          ))}
        <button
          type="button"
          class="button small danger"
          data-testid="session-end"
          onClick={() => void supervision.end(id)}
        >
          {t.end}
        </button>
      </div>
    </section>
  );
}
