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
import { measurePeaks, type Peaks, RATE } from './peaks.ts';

export type Step = 'asking' | 'downloading' | 'decrypting' | 'drawing';

export type Stage =
  | { at: 'reason' }
  | { at: 'key' }
  | { at: 'loading'; step: Step; done: number }
  /** It can be heard before its waveform is known: that of an hour takes a while. */
  | { at: 'ready'; audio: string; seconds: number; peaks: Peaks | null };

export type Listening = ReturnType<typeof createListening>;

export function createListening(id: string, opener: Opener) {
  const stage = signal<Stage>({ at: 'reason' });
  const reason = signal('');
  let known = 0;
  const problem = signal<string | null>(null);
  const details = signal<CallDetails | null>(null);
  const comments = createComments(id, opener);
  let round = 0;
  let leaving = new AbortController();

  function forget(): void {
    round++;
    leaving.abort();
    leaving = new AbortController();
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
    const wanted = leaving.signal;
    step('asking');
    const { ticket } = await api.playback(id, reason.value);
    step('downloading');
    const about = await readDetails(opener, api.detailsAddress(id, ticket));
    const plain = await opener.open(api.messageAddress(id, ticket), (progress) =>
      step(progress.step, progress.done),
    );
    // Right behind the message whose key opens them; without them the sound can still be heard.
    await comments.load(ticket);
    const bytes = new Uint8Array(plain);
    if (known > 0) {
      hear(current, bytes, about, known);
      const peaks = await peaksOf(bytes, wanted);
      const { value } = stage;
      if (current === round && value.at === 'ready') stage.value = { ...value, peaks };
      return;
    }
    step('drawing');
    const peaks = await peaksOf(bytes, wanted);
    hear(current, bytes, about, peaks.seconds, peaks);
  }

  function hear(
    current: number,
    bytes: Uint8Array<ArrayBuffer>,
    about: CallDetails | null,
    seconds: number,
    peaks: Peaks | null = null,
  ): void {
    if (current !== round) return;
    const frames = peaks?.frames ?? Math.floor(seconds * RATE);
    batch(() => {
      details.value = about;
      stage.value = { at: 'ready', audio: URL.createObjectURL(playableAudio(bytes, frames)), seconds, peaks };
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

  /** @param seconds how long the recording is, as far as it is known; 0 when it is not */
  function begin(why: string, seconds: number): void {
    reason.value = why;
    known = seconds;
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

async function peaksOf(bytes: Uint8Array<ArrayBuffer>, wanted: AbortSignal): Promise<Peaks> {
  return measurePeaks(bytes, wanted).catch((cause: unknown) => {
    throw new ApiError('audio-unreadable', `the audio could not be decoded: ${cause}`);
  });
}
