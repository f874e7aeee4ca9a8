// Sealing runs beside the main thread, so that no page and no event waits for it. Several recordings at once share it.

import { parentPort } from 'node:worker_threads';
import { reasonOf } from '../shared/errors.ts';
import { createCompletion } from './follow.ts';
import { type Sealed, type SealingJob, seal } from './seal.ts';

export type Order = { kind: 'seal'; id: string; job: SealingJob } | { kind: 'complete'; id: string };
export type Report = { id: string; sealed: Sealed } | { id: string; failure: string };

const running = new Map<string, ReturnType<typeof createCompletion>>();

parentPort?.on('message', (order: Order) => {
  if (order.kind === 'complete') {
    running.get(order.id)?.finish();
    return;
  }
  const completion = createCompletion();
  running.set(order.id, completion);
  seal(order.job, completion)
    .then(
      (sealed): Report => ({ id: order.id, sealed }),
      (error): Report => ({ id: order.id, failure: reasonOf(error) }),
    )
    .then((report) => {
      running.delete(order.id);
      parentPort?.postMessage(report);
    });
});
