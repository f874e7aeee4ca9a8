/** The audio element behind the player: position, speed, and what the keys do. */
import { signal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { plainKey } from '../shared/keyboard.ts';
import { beyondSilence, type Stretch } from './activity.ts';

export const SPEEDS = [0.75, 1, 1.25, 1.5, 1.75, 2];

export type Transport = ReturnType<typeof createTransport>;

function createTransport(
  audio: RefObject<HTMLAudioElement | null>,
  whole: number,
  silences: { readonly current: Stretch[] },
) {
  const here = signal(0);
  const playing = signal(false);
  const speed = signal(1);
  const skipping = signal(false);

  function seek(seconds: number): void {
    here.value = Math.min(whole, Math.max(0, seconds));
    if (audio.current) audio.current.currentTime = here.value;
  }

  function toggle(): void {
    if (audio.current?.paused) void audio.current.play();
    else audio.current?.pause();
  }

  function setSpeed(next: number): void {
    speed.value = next;
    if (audio.current) audio.current.playbackRate = next;
  }

  function stepSpeed(step: number): void {
    setSpeed(SPEEDS[SPEEDS.indexOf(speed.value) + step] ?? speed.value);
  }

  /** While it plays: goes on behind a silence, if they are to be skipped. */
  function hurry(): void {
    const beyond = skipping.value ? beyondSilence(silences.current, here.value) : undefined;
    if (beyond !== undefined) seek(beyond);
  }

  return {
    here,
    playing,
    speed,
    skipping,
    whole,
    seek,
    skip: (by: number) => seek(here.value + by),
    toggle,
    setSpeed,
    stepSpeed,
    hurry,
    toggleSkipping() {
      skipping.value = !skipping.value;
    },
  };
}

/** Follows the element: while it plays, at every frame that is drawn. */
function followElement(element: HTMLAudioElement, transport: Transport): () => void {
  let frame = 0;
  function look() {
    transport.here.value = element.currentTime;
    transport.playing.value = !element.paused && !element.ended;
    cancelAnimationFrame(frame);
    if (!transport.playing.value) return;
    transport.hurry();
    frame = requestAnimationFrame(look);
  }
  const signs = ['play', 'pause', 'ended', 'seeked', 'timeupdate'];
  for (const sign of signs) element.addEventListener(sign, look);
  return () => {
    cancelAnimationFrame(frame);
    for (const sign of signs) element.removeEventListener(sign, look);
  };
}

function actionOf(key: string, transport: Transport): (() => void) | undefined {
  const actions: Record<string, () => void> = {
    ' ': transport.toggle,
    ArrowLeft: () => transport.skip(-5),
    ArrowRight: () => transport.skip(5),
    j: () => transport.skip(-10),
    l: () => transport.skip(10),
    Home: () => transport.seek(0),
    End: () => transport.seek(transport.whole),
    '+': () => transport.stepSpeed(1),
    '=': () => transport.stepSpeed(1),
    '-': () => transport.stepSpeed(-1),
    s: transport.toggleSkipping,
  };
  return actions[key];
}

/** Home and End belong to the page, unless the waveform has the focus; the space bar to a button that has it. */
function isTaken(key: string, target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  if (key === 'Home' || key === 'End') return !target.closest('[role=slider]');
  return key === ' ' && Boolean(target.closest('button, a, summary'));
}

export function useTransport(
  audio: RefObject<HTMLAudioElement | null>,
  whole: number,
  silences: Stretch[],
): Transport {
  // They are known later than the rest, and whoever listens already goes on.
  const known = useRef(silences);
  known.current = silences;
  const transport = useMemo(() => createTransport(audio, whole, known), [audio, whole]);
  useEffect(() => (audio.current ? followElement(audio.current, transport) : undefined), [audio, transport]);
  useEffect(() => {
    function press(event: KeyboardEvent) {
      const key = plainKey(event) ?? '';
      const action = isTaken(key, event.target) ? undefined : actionOf(key, transport);
      if (!action) return;
      event.preventDefault();
      action();
    }
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [transport]);
  return transport;
}
