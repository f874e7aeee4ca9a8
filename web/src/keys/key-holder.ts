/** The page's side of the worker that holds the key: starts it, numbers the wishes, ends it to lock. */
import { signal } from '@preact/signals';
import { ApiError } from '../shared/api-error.ts';
import type { SealedHeader, WrappedGroup } from '../shared/key-types.ts';
import type { OpenedKey, Opener, Progress } from '../shared/opener.ts';
import workerAddress from './key-worker.ts?worker&url';
import type { Replacement, Reply, Request, Rewrapped, Wish } from './protocol.ts';
import { trustedWorkerAddress } from './trusted-address.ts';

interface Waiting {
  resolve(reply: Reply): void;
  reject(error: Error): void;
  progress(progress: Progress): void;
}

const key = signal<OpenedKey | null>(null);
const waiting = new Map<number, Waiting>();
let worker: Worker | null = null;
let last = 0;

function receive({ data }: MessageEvent<Reply>): void {
  const wish = waiting.get(data.number);
  if ('progress' in data) {
    wish?.progress(data.progress);
    return;
  }
  waiting.delete(data.number);
  if ('error' in data) wish?.reject(new ApiError(data.error.code, data.error.message, data.error.status));
  else wish?.resolve(data);
}

function start(): Worker {
  // The type of the constructor does not know trusted addresses yet.
  const started = new Worker(trustedWorkerAddress(workerAddress) as string, { type: 'module', name: 'key' });
  started.onmessage = receive;
  started.onerror = () => end('unexpected');
  return started;
}

/** Asks the worker. Throws ApiError with the code that it refuses with. */
export function ask(wish: Wish, progress: (progress: Progress) => void = () => {}): Promise<Reply> {
  worker ??= start();
  const request: Request = { ...wish, number: ++last };
  return new Promise((resolve, reject) => {
    waiting.set(request.number, { resolve, reject, progress });
    worker?.postMessage(request);
  });
}

function end(code: string): void {
  worker?.terminate();
  worker = null;
  key.value = null;
  for (const wish of waiting.values()) wish.reject(new ApiError(code, 'the key was locked'));
  waiting.clear();
}

/**
 * Unlocks the key in the worker, and whatever group keys are wrapped to it. Throws ApiError with the code that says what
 * is wrong with the key or passphrase.
 */
export async function unlockKey(
  armored: string,
  passphrase: string,
  groups: WrappedGroup[] = [],
): Promise<void> {
  const reply = await ask({ wish: 'unlock', armored, passphrase, groups });
  if ('key' in reply) key.value = reply.key;
}

/** Locks the session keys of these headers for the new key. They are opened in the worker and never leave it. */
export async function rewrapHeaders(rotation: Replacement, headers: SealedHeader[]): Promise<Rewrapped> {
  const { from, to, toArmored } = rotation;
  const reply = await ask({ wish: 'rewrap', rotation: { from, to, toArmored }, headers });
  if (!('rewrapped' in reply)) throw new ApiError('unexpected', 'the worker gave no headers');
  return reply.rewrapped;
}

export const opener: Opener = {
  key,
  async open(address, onProgress) {
    const reply = await ask({ wish: 'open', address }, onProgress);
    if (!('plain' in reply)) throw new ApiError('unexpected', 'the worker gave no message');
    return reply.plain;
  },
  async openNotes(sealed) {
    const reply = await ask({ wish: 'open-notes', sealed });
    return 'notes' in reply ? reply.notes : [];
  },
  async sealNote(text) {
    const reply = await ask({ wish: 'seal-note', text });
    if (!('note' in reply)) throw new ApiError('unexpected', 'the worker gave no note');
    return reply.note;
  },
  lock: () => end('locked'),
};
