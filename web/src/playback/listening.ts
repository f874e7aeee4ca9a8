/**
 * One act of listening, from the reason to the sound: reason → key → trace on the server → fetch and decrypt → play.
 * Clear audio lives in one blob of this page. It goes when the key is locked, the page is left or the session ends.
 */
import { batch, effect, signal } from '@preact/signals';
import { api } from '../shared/api.ts';
import { ApiError, codeOf } from '../shared/api-error.ts';
import type { CallDetails } from '../shared/api-types.ts';
import type { Opener } from '../shared/opener.ts';
import { createComments } from './comments.ts';
import { playableAudio } from './encoding.ts';
import { measurePeaks, type Peaks } from './peaks.ts';

export type Step = 'asking' | 'downloading' | 'decrypting' | 'drawing';

export type Stage =
  | { at: 'reason' }
  | { at: 'key' }
  | { at: 'loading'; step: Step; done: number }
  | { at: 'ready'; audio: string; peaks: Peaks };

export type Listening = ReturnType<typeof createListening>;

export function createListening(id: string, opener: Opener) {
  const stage = signal<Stage>({ at: 'reason' });
  const reason = signal('');
  const problem = signal<string | null>(null);
  const details = signal<CallDetails | null>(null);
  const comments = createComments(id, opener);
  let round = 0;

  function forget(): void {
    round++;
    const { value } = stage;
    if (value.at === 'ready') URL.revokeObjectURL(value.audio);
    batch(() => {
      stage.value = { at: 'reason' };
      details.value = null;
      comments.forget();
    });
  }

  async function prepare(current: number): Promise<void> {
    const step = (name: Step, done = 0) => {
      if (current === round) stage.value = { at: 'loading', step: name, done };
    };
    step('asking');
    const { ticket } = await api.playback(id, reason.value);
    step('downloading');
    const about = await readDetails(opener, api.detailsAddress(id, ticket));
    const plain = await opener.open(api.messageAddress(id, ticket), (progress) =>
      step(progress.step, progress.done),
    );
    // Right behind the message whose key opens them; without them the sound can still be heard.
    await comments.load(ticket);
    step('drawing');
    const { audio, peaks } = await playable(plain);
    if (current !== round) return URL.revokeObjectURL(audio);
    batch(() => {
      details.value = about;
      stage.value = { at: 'ready', audio, peaks };
    });
  }

  async function load(): Promise<void> {
    const current = ++round;
    problem.value = null;
    await prepare(current).catch((error: unknown) => {
      if (current !== round) return;
      forget();
      problem.value = codeOf(error);
    });
  }

  function begin(why: string): void {
    reason.value = why;
    problem.value = null;
    if (opener.key.value) void load();
    else stage.value = { at: 'key' };
  }

  const stopWatching = effect(() => {
    const unlocked = opener.key.value !== null;
    const { at } = stage.peek();
    if (unlocked && at === 'key') void load();
    if (!unlocked && (at === 'loading' || at === 'ready')) forget();
  });

  function dispose(): void {
    stopWatching();
    forget();
  }

  return { stage, reason, problem, details, comments, begin, forget, dispose };
}

/** Who called. Without it the sound can still be heard; a wrong key shows again at the message itself. */
async function readDetails(opener: Opener, address: string): Promise<CallDetails | null> {
  const plain = await opener.open(address, () => {}).catch(() => null);
  return plain && (JSON.parse(new TextDecoder().decode(plain)) as CallDetails);
}

async function playable(plain: ArrayBuffer): Promise<{ audio: string; peaks: Peaks }> {
  const bytes = new Uint8Array(plain);
  const peaks = await measurePeaks(bytes).catch((cause: unknown) => {
    throw new ApiError('audio-unreadable', `the audio could not be decoded: ${cause}`);
  });
  return { audio: URL.createObjectURL(playableAudio(bytes, peaks.frames)), peaks };
}
