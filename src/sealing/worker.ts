// The audio is sealed beside the main thread, so that no page and no event waits for it. Several recordings at once share
// it. It is small: what it would load would be in the daemon's memory twice (ADR 0035).

import { parentPort } from 'node:worker_threads';
import { GreffierError, reasonOf } from '../shared/errors.ts';
import { type AudioJob, type SealedAudio, sealAudio } from './audio.ts';
import { createCompletion } from './completion.ts';

export type Order =
  | { kind: 'seal'; id: string; job: AudioJob }
  | { kind: 'complete'; id: string }
  | { kind: 'abort'; id: string };
export type Report = { id: string; sealed: SealedAudio } | { id: string; code: string; failure: string };

const running = new Map<string, ReturnType<typeof createCompletion>>();

parentPort?.on('message', (order: Order) => {
  if (order.kind === 'complete') running.get(order.id)?.finish();
  else if (order.kind === 'abort') running.get(order.id)?.abort();
  else void begin(order.id, order.job);
});

async function begin(id: string, job: AudioJob): Promise<void> {
  const completion = createCompletion();
  running.set(id, completion);
  const report = await sealAudio(job, completion).then(
    (sealed): Report => ({ id, sealed }),
    (error): Report => ({ id, code: codeOf(error), failure: reasonOf(error) }),
  );
  running.delete(id);
  parentPort?.postMessage(report);
}

function codeOf(error: unknown): string {
  return error instanceof GreffierError ? error.code : 'sealing-failed';
}
