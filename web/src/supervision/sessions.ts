/** The own sessions of listening live: asked for, changed, ended; looked at while one runs. On a phone, or in this page. */
import { type ReadonlySignal, type Signal, useSignal, useSignalEffect } from '@preact/signals';
import { useCallback, useEffect, useMemo } from 'preact/hooks';
import { api } from '../shared/api.ts';
import { codeOf } from '../shared/api-error.ts';
import type { Mode, OwnPhones, SupervisionSession, SupervisionWish } from '../shared/board-types.ts';
import { type BrowserPhone, createBrowserPhone } from './browser-phone.ts';

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
  /** The own phones; null until they are known. */
  phones: ReadonlySignal<OwnPhones | null>;
  browser: BrowserPhone;
  /** Resolves to the code of what went wrong, or null. */
  begin(wish: SupervisionWish): Promise<string | null>;
  change(session: SupervisionSession, mode: Mode): Promise<void>;
  end(id: string): Promise<void>;
}

export function useSupervision(): Supervision {
  const asking = useSignal<Wish | null>(null);
  const sessions = useSignal<SupervisionSession[]>([]);
  const problem = useSignal<string | null>(null);
  const phones = useOwnPhones();
  const browser = useMemo(createBrowserPhone, []);
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
  // Whoever leaves the page is heard no more, and hears nothing.
  useEffect(() => browser.leave, [browser]);
  // The phone in this page may end by itself: the call is over, or the network is gone.
  useSignalEffect(() => {
    if (browser.problem.value) problem.value = browser.problem.value;
    if (browser.state.value === 'off') void look();
  });
  const isHere = (phone?: string) => phone !== undefined && phone === phones.peek()?.browser;

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
    phones,
    browser,
    begin: (wish) =>
      tried(async () => {
        if (!isHere(wish.phone)) return api.supervise(wish);
        await browser.connect(wish.mode);
        return api.supervise(wish).catch((error) => {
          browser.leave();
          throw error;
        });
      }),
    async change({ id, phone, mode: before }, mode) {
      const here = isHere(phone);
      problem.value = await tried(async () => {
        if (here) await browser.prepare(mode);
        await api.superviseAs(id, mode).catch(async (error) => {
          if (here) await browser.prepare(before);
          throw error;
        });
      });
    },
    async end(id) {
      problem.value = await tried(() => api.endSupervision(id));
      browser.leave();
    },
  };
}

function useOwnPhones(): ReadonlySignal<OwnPhones | null> {
  const phones = useSignal<OwnPhones | null>(null);
  useEffect(() => {
    api.ownPhones().then(
      (answer) => {
        phones.value = answer;
      },
      () => {},
    );
  }, [phones]);
  return phones;
}
