// Sealing runs beside the main thread, so that no page and no event waits for it. Several recordings at once share it.

import { parentPort } from 'node:worker_threads';
import { GreffierError, reasonOf } from '../shared/errors.ts';
import { createCompletion } from './completion.ts';
import { type Sealed, type SealingJob, seal } from './seal.ts';

export type Order =
  | { kind: 'seal'; id: string; job: SealingJob }
  | { kind: 'complete'; id: string }
  | { kind: 'abort'; id: string };
export type Report = { id: string; sealed: Sealed } | { id: string; code: string; failure: string };

const running = new Map<string, ReturnType<typeof createCompletion>>();

parentPort?.on('message', (order: Order) => {
  if (order.kind === 'complete') running.get(order.id)?.finish();
  else if (order.kind === 'abort') running.get(order.id)?.abort();
  else void begin(order.id, order.job);
});

async function begin(id: string, job: SealingJob): Promise<void> {
  const completion = createCompletion();
  running.set(id, completion);
  const report = await seal(job, completion).then(
    (sealed): Report => ({ id, sealed }),
    (error): Report => ({ id, code: codeOf(error), failure: reasonOf(error) }),
  );
  running.delete(id);
  parentPort?.postMessage(report);
}

function codeOf(error: unknown): string {
  return error instanceof GreffierError ? error.code : 'sealing-failed';
}
