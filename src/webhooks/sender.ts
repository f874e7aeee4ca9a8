// Delivers what waits, each hook by itself: one that is slow or away keeps no other waiting. Files are the queue; whoever
// calls look() only says that a look is due.

import type { Clock } from '../shared/clock.ts';
import { reasonOf } from '../shared/errors.ts';
import { concerns, cutFor, type EventType, type WebhookEvent } from './event.ts';
import type { Outbox } from './outbox.ts';
import { send, type Target } from './send.ts';

export interface Hook extends Target {
  id: string;
  events: readonly EventType[];
  client?: string | undefined;
  numbers?: boolean | undefined;
  outbox: Outbox;
}

export interface SenderParts {
  hooks: readonly Hook[];
  clock: Clock;
  /** Told when a delivery was given up. */
  gaveUp(hook: string): Promise<void>;
  signal?: AbortSignal | undefined;
}

/** How a hook is, for the health page. */
export interface HookState {
  id: string;
  waiting: number;
  dead: number;
  /** Of the oldest delivery that waits; null when the last one was taken. */
  error: string | null;
}

export interface Sender {
  /** Puts an event into the outbox of each hook that it concerns; on disk once this returns. */
  tell(event: WebhookEvent): Promise<void>;
  /** Delivers what is due. A second look while one runs is that one. */
  look(): Promise<void>;
}

/** Builds the sender of all hooks. */
export function createSender({ hooks, clock, gaveUp, signal }: SenderParts): Sender {
  const running = new Map<string, Promise<void>>();

  async function deliver(hook: Hook): Promise<void> {
    for (const delivery of await hook.outbox.all()) {
      if (signal?.aborted) return;
      if (delivery.nextAt > clock().toISOString()) continue;
      try {
        await send(hook, delivery.event, clock());
        await hook.outbox.delivered(delivery.event.id);
      } catch (error) {
        if (await hook.outbox.failed(delivery, reasonOf(error), clock())) await gaveUp(hook.id);
      }
    }
  }

  function inTurn(hook: Hook): Promise<void> {
    const before = running.get(hook.id);
    if (before) return before;
    const turn = deliver(hook).finally(() => running.delete(hook.id));
    running.set(hook.id, turn);
    return turn;
  }

  return {
    async tell(event) {
      for (const hook of hooks)
        if (concerns(hook, event)) await hook.outbox.put(cutFor(hook, event), clock());
    },
    async look() {
      await Promise.all(hooks.map(inTurn));
    },
  };
}

/** How each hook is. */
export function statesOf(hooks: readonly Pick<Hook, 'id' | 'outbox'>[]): Promise<HookState[]> {
  return Promise.all(
    hooks.map(async ({ id, outbox }) => {
      const waiting = await outbox.all();
      const error = waiting.find((delivery) => delivery.error !== null)?.error ?? null;
      return { id, waiting: waiting.length, dead: (await outbox.dead()).length, error };
    }),
  );
}
