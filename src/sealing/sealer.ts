// The main thread's side of the sealing worker.

import { Worker } from 'node:worker_threads';
import { GreffierError } from '../shared/errors.ts';
import type { Sealed, SealingJob } from './seal.ts';
import type { Order, Report } from './worker.ts';

export interface Sealer {
  /**
   * Begins to seal a recording, which may still be growing. Resolves when it is sealed. Throws `sealing-failed`,
   * `recording-destroyed`, `capture-changed` or `bad-profile`.
   */
  begin(id: string, job: SealingJob): Promise<Sealed>;
  /** Says that nothing more will be written to the clear audio. */
  complete(id: string): void;
  /** Gives a sealing up: it ends with `recording-destroyed`. Nothing to do when it has ended. */
  abort(id: string): void;
  close(): Promise<void>;
}

/** Starts the worker. If the worker dies, so does the process: systemd starts both again and the spool is the queue. */
export function startSealer(): Sealer {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const worker = new Worker(new URL(`./worker.${extension}`, import.meta.url));
  const waiting = new Map<string, PromiseWithResolvers<Sealed>>();
  let closing = false;
  worker.on('message', (report: Report) => {
    const job = waiting.get(report.id);
    waiting.delete(report.id);
    if ('sealed' in report) job?.resolve(report.sealed);
    else job?.reject(new GreffierError(report.code, report.failure));
  });
  worker.on('error', (error) => {
    throw error;
  });
  worker.on('exit', (code) => {
    if (!closing) throw new Error(`the sealing worker ended with ${code}`);
  });
  const tell = (order: Order) => worker.postMessage(order);
  return {
    begin(id, job) {
      const sealing = Promise.withResolvers<Sealed>();
      waiting.set(id, sealing);
      tell({ kind: 'seal', id, job });
      return sealing.promise;
    },
    complete: (id) => tell({ kind: 'complete', id }),
    abort: (id) => tell({ kind: 'abort', id }),
    async close() {
      closing = true;
      await worker.terminate();
    },
  };
}
