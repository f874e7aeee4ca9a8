// The main thread's side of the sealing worker.

import { Worker } from 'node:worker_threads';
import { GreffierError, reasonOf } from '../shared/errors.ts';
import type { SealedAudio } from './audio.ts';
import { type Sealed, type SealingJob, seal } from './seal.ts';
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

/** What is being sealed. The thread hears of it when its header is on disk, and of what becomes of it after that. */
interface Sealing {
  known: PromiseWithResolvers<void>;
  audio: PromiseWithResolvers<SealedAudio>;
}

/** Starts the worker. If the worker dies, so does the process: systemd starts both again and the spool is the queue. */
export function startSealer(): Sealer {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const worker = new Worker(new URL(`./worker.${extension}`, import.meta.url));
  const sealings = new Map<string, Sealing>();
  let closing = false;
  worker.on('message', (report: Report) => {
    const audio = sealings.get(report.id)?.audio;
    if ('sealed' in report) audio?.resolve({ ...report.sealed, start: Buffer.from(report.sealed.start) });
    else audio?.reject(new GreffierError(report.code, report.failure));
  });
  worker.on('error', (error) => {
    throw error;
  });
  worker.on('exit', (code) => {
    if (!closing) throw new Error(`the sealing worker ended with ${code}`);
  });
  const tell = (order: Order) => worker.postMessage(order);
  const tellOnceKnown = (order: Order) => {
    void sealings.get(order.id)?.known.promise.then(() => tell(order));
  };
  return {
    async begin(id, job) {
      const own: Sealing = { known: Promise.withResolvers(), audio: Promise.withResolvers() };
      sealings.set(id, own);
      try {
        return await seal(job, (audio) => {
          tell({ kind: 'seal', id, job: audio });
          own.known.resolve();
          return own.audio.promise;
        });
      } catch (error) {
        if (error instanceof GreffierError) throw error;
        throw new GreffierError('sealing-failed', reasonOf(error), { cause: error });
      } finally {
        if (sealings.get(id) === own) sealings.delete(id);
      }
    },
    complete: (id) => tellOnceKnown({ kind: 'complete', id }),
    abort: (id) => tellOnceKnown({ kind: 'abort', id }),
    async close() {
      closing = true;
      await worker.terminate();
    },
  };
}
