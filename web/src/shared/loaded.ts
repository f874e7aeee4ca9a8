/** Something that is asked for when a page opens, and again when it was changed. */
import { type Signal, useSignal } from '@preact/signals';
import { useCallback, useEffect } from 'preact/hooks';
import { codeOf } from './api-error.ts';

export interface Loaded<T> {
  /** Null until it is there. */
  value: Signal<T | null>;
  problem: Signal<string | null>;
  load(): Promise<void>;
}

/** @param ask must stay the same as long as what it asks for does */
export function useLoaded<T>(ask: () => Promise<T>): Loaded<T> {
  const value = useSignal<T | null>(null);
  const problem = useSignal<string | null>(null);
  const load = useCallback(async () => {
    try {
      value.value = await ask();
      problem.value = null;
    } catch (error) {
      problem.value = codeOf(error);
    }
  }, [ask, value, problem]);
  useEffect(() => void load(), [load]);
  return { value, problem, load };
}
