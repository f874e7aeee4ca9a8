/**
 * The holder's work in the replacement of a key: headers are fetched, locked for the new key, and handed back, batch by
 * batch. It may end after any batch, for a stop, a locked key or a lost network, and is taken up again from there:
 * what was handed back is done.
 */
import { batch, signal } from '@preact/signals';
import { codeOf } from '../shared/api-error.ts';
import type { HandedBack, HeaderPage, Refused, Rotation, SealedHeader } from '../shared/key-types.ts';
import { batchesOf } from './batches.ts';
import { secondsLeft } from './pace.ts';
import type { Replacement, Rewrapped } from './protocol.ts';

const PAGE = 200;

/** What it works with: the server's routes, the worker that holds the key, and the lock that waits for idleness. */
export interface Hands {
  rotation(): Promise<Rotation>;
  fetch(after: string | null, limit: number): Promise<HeaderPage>;
  rewrap(rotation: Replacement, headers: SealedHeader[]): Promise<Rewrapped>;
  handBack(headers: SealedHeader[]): Promise<HandedBack>;
  stillHere(): void;
}

/** `partial`: all was gone through, and some could not be handed over. */
export type Phase = 'idle' | 'running' | 'stopping' | 'stopped' | 'partial' | 'finished';

export type Rewrapping = ReturnType<typeof createRewrapping>;

export function createRewrapping(hands: Hands, now = () => performance.now()) {
  const phase = signal<Phase>('idle');
  /** Which replacement was last worked on. */
  const id = signal('');
  const progress = signal({ done: 0, total: 0 });
  const left = signal<number | null>(null);
  const refused = signal<Refused[]>([]);
  const problem = signal<string | null>(null);

  async function handBack(headers: SealedHeader[]): Promise<number> {
    if (headers.length === 0) return 0;
    const back = await hands.handBack(headers);
    refused.value = [...refused.value, ...back.refused];
    return back.accepted;
  }

  async function go(rotation: Rotation): Promise<void> {
    const [startedAt, doneBefore, total] = [now(), rotation.done, rotation.total];
    let done = doneBefore;
    let after: string | null = null;
    do {
      const page: HeaderPage = await hands.fetch(after, PAGE);
      for (const some of batchesOf(page.headers)) {
        if (phase.value !== 'running') return;
        const { headers, refused: locally } = await hands.rewrap(rotation, some);
        refused.value = [...refused.value, ...locally];
        for (const part of batchesOf(headers)) done += await handBack(part);
        progress.value = { done, total };
        left.value = secondsLeft({ total, done, doneBefore, elapsedMs: now() - startedAt });
        hands.stillHere();
      }
      after = page.next;
    } while (after && phase.value === 'running');
  }

  /** What the server counts, once all was gone through; a replacement that is complete has no state any more. */
  async function settle(): Promise<boolean> {
    const rotation = await hands.rotation().catch((error: unknown) => {
      if (codeOf(error) === 'no-rotation') return null;
      throw error;
    });
    const { total } = progress.value;
    progress.value = rotation ? { done: rotation.done, total: rotation.total } : { done: total, total };
    return progress.value.done >= progress.value.total;
  }

  // A question of its own, since it may have changed while something was awaited.
  const wanted = (what: Phase) => phase.value === what;

  async function start(): Promise<void> {
    if (phase.value === 'running' || phase.value === 'stopping') return;
    batch(() => {
      phase.value = 'running';
      problem.value = null;
      left.value = null;
      refused.value = [];
    });
    try {
      const rotation = await hands.rotation();
      id.value = rotation.id;
      progress.value = { done: rotation.done, total: rotation.total };
      await go(rotation);
      const stopped = wanted('stopping');
      phase.value = (await settle()) ? 'finished' : stopped ? 'stopped' : 'partial';
    } catch (error) {
      batch(() => {
        problem.value = codeOf(error);
        phase.value = 'stopped';
      });
    }
  }

  /** Ends after the batch in hand. */
  function stop(): void {
    if (phase.value === 'running') phase.value = 'stopping';
  }

  return { phase, id, progress, left, refused, problem, start, stop };
}
