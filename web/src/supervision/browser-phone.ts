/**
 * The supervisor's phone in this page. It lives for one session: connected when the session is asked for, it answers that
 * call and no other, and is gone with it. The microphone is asked for when somebody is to be heard, and let go after.
 */
import { type ReadonlySignal, signal } from '@preact/signals';
import { api } from '../shared/api.ts';
import { ApiError, codeOf } from '../shared/api-error.ts';
import type { Mode } from '../shared/board-types.ts';
import type { SipPhone } from './sip-phone.ts';
import { microphoneProblem, openMicrophone, openSound, type Sound } from './sound.ts';

export type PhoneState = 'off' | 'connecting' | 'away' | 'ready' | 'hearing';

/** So long the telephone system is waited for, and then the call. */
const PATIENCE_MS = 20_000;

export interface BrowserPhone {
  state: ReadonlySignal<PhoneState>;
  /** Whether the microphone is open. */
  microphone: ReadonlySignal<boolean>;
  /** How loud what comes in is, 0 to 1. */
  level: ReadonlySignal<number>;
  /** Why it went by itself, as a code of the dictionary. */
  problem: ReadonlySignal<string | null>;
  /** Gets ready to be rung, with the microphone where the mode needs it. Throws ApiError. */
  connect(mode: Mode): Promise<void>;
  /** Opens or closes the microphone for a mode. Throws ApiError with what was wrong. */
  prepare(mode: Mode): Promise<void>;
  leave(): void;
}

/** Makes the phone; nothing is connected yet. */
export function createBrowserPhone(): BrowserPhone {
  const state = signal<PhoneState>('off');
  const microphone = signal(false);
  const level = signal(0);
  const problem = signal<string | null>(null);
  let sip: SipPhone | undefined;
  let sound: Sound | undefined;
  let voice: MediaStreamTrack | undefined;
  let patience: ReturnType<typeof setTimeout> | undefined;
  /** Counts the sessions: what an earlier one still says is nobody's business. */
  let turn = 0;
  /** Whoever waits for the registration of this session waits no longer. */
  let giveUp = () => {};

  function hush(): void {
    voice?.stop();
    voice = undefined;
    microphone.value = false;
  }
  function leave(): void {
    turn += 1;
    giveUp();
    clearTimeout(patience);
    removeEventListener('pagehide', leave);
    sip?.stop();
    hush();
    sound?.close();
    [sip, sound] = [undefined, undefined];
    [state.value, level.value] = ['off', 0];
  }
  function lose(code: string): void {
    leave();
    problem.value = code;
  }
  async function speak(): Promise<void> {
    if (voice?.readyState === 'live') return;
    const now = turn;
    const track = await openMicrophone().catch((error) => {
      throw new ApiError(microphoneProblem(error), 'no microphone');
    });
    if (turn !== now) return track.stop();
    voice = track;
    microphone.value = true;
    await sip?.send(track);
  }
  async function prepare(mode: Mode): Promise<void> {
    if (mode !== 'listen') return speak();
    if (sound) await sip?.send(sound.silence);
    hush();
  }

  async function register(now: number): Promise<void> {
    const [account, { startSipPhone }] = await Promise.all([api.browserPhone(), import('./sip-phone.ts')]);
    if (turn !== now) throw new ApiError('phone-ended', 'given up');
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    giveUp = () => reject(new ApiError('phone-ended', 'given up'));
    const late = () => reject(new ApiError('phone-unreachable', 'not registered in time'));
    patience = setTimeout(late, PATIENCE_MS);
    sip = startSipPhone(account, {
      registered() {
        if (state.value !== 'hearing') state.value = 'ready';
        resolve();
      },
      away() {
        state.value = 'away';
      },
      ringing: () => (state.value === 'ready' && sound ? (voice ?? sound.silence) : null),
      sound(track) {
        clearTimeout(patience);
        state.value = 'hearing';
        sound?.play(track, (share) => {
          level.value = share;
        });
      },
      over: leave,
      lost(code) {
        reject(new ApiError(code, 'the connection was closed'));
        if (turn === now) lose(code);
      },
    });
    await promise;
    clearTimeout(patience);
    patience = setTimeout(() => lose('phone-unreachable'), PATIENCE_MS);
  }
  async function connect(mode: Mode): Promise<void> {
    leave();
    const now = turn;
    problem.value = null;
    // Before anything is waited for: browsers let sound play that begins with a click.
    sound = openSound();
    state.value = 'connecting';
    addEventListener('pagehide', leave);
    try {
      await prepare(mode);
      await register(now);
    } catch (error) {
      if (turn === now) leave();
      problem.value = null;
      throw error instanceof ApiError ? error : new ApiError(codeOf(error), 'the phone did not connect');
    }
  }
  return { state, microphone, level, problem, connect, prepare, leave };
}
