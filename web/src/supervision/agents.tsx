/** The agents, each with what they are doing; those who are not there come last. */
import type { Board, BoardAgent, BoardCall } from '../shared/board-types.ts';
import { AskForm } from './ask-form.tsx';
import { CallLine } from './call-line.tsx';
import { Running } from './running.tsx';
import type { Supervision } from './sessions.ts';
import { liveWords } from './words.ts';

const tones: Record<BoardAgent['state'], string> = {
  free: 'tag good',
  ringing: 'tag warning',
  talking: 'tag',
  'on-hold': 'tag warning',
  paused: 'tag quiet',
  'wrap-up': 'tag quiet',
  offline: 'tag quiet',
  private: 'tag quiet',
};

export function Agents({ board, supervision }: { board: Board; supervision: Supervision }) {
  const t = liveWords.value.agents;
  const { agents, calls } = board;
  const there = agents.filter(({ state }) => state !== 'offline');
  const away = agents.filter(({ state }) => state === 'offline');
  return (
    <section aria-labelledby="agents-title">
      <h2 id="agents-title">
        {t.title} <span class="muted figures">{t.there(there.length, agents.length)}</span>
      </h2>
      <ul class="live-agents">
        {[...there, ...away].map((agent) => (
          <Agent
            key={agent.extension}
            agent={agent}
            call={calls.find(({ id }) => id === agent.call)}
            supervision={supervision}
          />
        ))}
      </ul>
    </section>
  );
}

interface AgentProps {
  agent: BoardAgent;
  call: BoardCall | undefined;
  supervision: Supervision;
}

function Agent({ agent, call, supervision }: AgentProps) {
  const t = liveWords.value.agents;
  const { extension, name, state, since, teams, queues } = agent;
  const calling = state === 'ringing' && call?.extensions.includes(extension);
  return (
    <li class={`card live-agent ${state}`} data-testid="agent" data-extension={extension} data-state={state}>
      <div class="live-agent-head">
        <h3>{name}</h3>
        <span class="muted small figures">{extension}</span>
        <span class="live-state">
          <span class={tones[state]}>{calling ? t.calling : t.states[state]}</span>
          {since && state !== 'offline' && <Running since={since} />}
        </span>
      </div>
      {call && <CallLine call={call} />}
      {state === 'private' && <p class="hint">{t.privateHint}</p>}
      {!call && state !== 'private' && <p class="muted small">{[...teams, ...queues].join(' · ')}</p>}
      {call?.listenable && agent.modes.length > 0 && <Ways agent={agent} supervision={supervision} />}
    </li>
  );
}

/** What may be done in the call; each opens the question why. */
function Ways({ agent, supervision }: Omit<AgentProps, 'call'>) {
  const t = liveWords.value.modes;
  const { asking, sessions } = supervision;
  const { extension, modes } = agent;
  const wish = asking.value?.extension === extension ? asking.value : null;
  // One at a time: while a session runs, the bar on top has the buttons.
  const taken = sessions.value.length > 0;
  return (
    <>
      <div class="live-ways">
        {modes.map((mode) => (
          <button
            type="button"
            key={mode}
            class="button small"
            disabled={taken}
            aria-expanded={wish?.mode === mode}
            data-testid={`way-${mode}`}
            title={t[mode].hint}
            onClick={(event) => {
              asking.value = wish?.mode === mode ? null : { extension, mode, opener: event.currentTarget };
            }}
          >
            {t[mode].verb}
          </button>
        ))}
      </div>
      {wish && <AskForm key={wish.mode} wish={wish} agent={agent} supervision={supervision} />}
    </>
  );
}
