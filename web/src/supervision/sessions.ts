/** The own sessions of listening live: asked for, changed, ended; looked at while one runs. */
import { type Signal, useSignal } from '@preact/signals';
import { useCallback, useEffect } from 'preact/hooks';
import { api } from '../shared/api.ts';
import { codeOf } from '../shared/api-error.ts';
import type { Mode, SupervisionSession, SupervisionWish } from '../shared/board-types.ts';

const LOOK_MS = 2_000;

/** What somebody is about to ask for. */
export interface Wish {
  extension: string;
  mode: Mode;
  /** Where the focus goes back to. */
  opener: HTMLElement;
}

export interface Supervision {
  asking: Signal<Wish | null>;
  sessions: Signal<SupervisionSession[]>;
  problem: Signal<string | null>;
  /** Resolves to the code of what went wrong, or null. */
  begin(wish: SupervisionWish): Promise<string | null>;
  change(id: string, mode: Mode): Promise<void>;
  end(id: string): Promise<void>;
}

export function useSupervision(): Supervision {
  const asking = useSignal<Wish | null>(null);
  const sessions = useSignal<SupervisionSession[]>([]);
  const problem = useSignal<string | null>(null);
  const look = useCallback(async () => {
    try {
      sessions.value = (await api.supervisionSessions()).sessions;
    } catch {
      // What runs is looked at again; the board says by itself that the box is not heard.
    }
  }, [sessions]);
  const running = sessions.value.length > 0;
  useEffect(() => {
    void look();
    if (!running) return;
    const timer = setInterval(() => void look(), LOOK_MS);
    return () => clearInterval(timer);
  }, [look, running]);

  async function tried(work: () => Promise<unknown>): Promise<string | null> {
    problem.value = null;
    try {
      await work();
      return null;
    } catch (error) {
      return codeOf(error);
    } finally {
      await look();
    }
  }
  return {
    asking,
    sessions,
    problem,
    begin: (wish) => tried(() => api.supervise(wish)),
    async change(id, mode) {
      problem.value = await tried(() => api.superviseAs(id, mode));
    },
    async end(id) {
      problem.value = await tried(() => api.endSupervision(id));
    },
  };
}
