/** Sound of a call in the browser: what is sent, what is heard, and how loud it is. Made while somebody clicks. */

const SMALLEST_DB = -60;
const METER_MS = 100;
const BLOCK = 1_024;

export interface Sound {
  /** Silence, sent without a pause while nobody may hear the supervisor. */
  silence: MediaStreamTrack;
  /** Plays a track, and tells ten times a second how loud it is, 0 to 1. */
  play(track: MediaStreamTrack, level: (share: number) => void): void;
  close(): void;
}

/** Opens the sound of one call. */
export function openSound(): Sound {
  const context = new AudioContext();
  const out = context.createMediaStreamDestination();
  const still = new ConstantSourceNode(context, { offset: 0 });
  still.connect(out);
  still.start();
  void context.resume();
  // In the page, so that a browser counts it as playing and shows that it does.
  const speaker = document.createElement('audio');
  speaker.autoplay = true;
  speaker.hidden = true;
  let timer: ReturnType<typeof setInterval> | undefined;
  return {
    silence: out.stream.getAudioTracks()[0] as MediaStreamTrack,
    play(track, level) {
      const stream = new MediaStream([track]);
      speaker.srcObject = stream;
      document.body.append(speaker);
      void speaker.play().catch(() => {});
      const ear = new AnalyserNode(context, { fftSize: BLOCK });
      context.createMediaStreamSource(stream).connect(ear);
      const block = new Float32Array(BLOCK);
      clearInterval(timer);
      timer = setInterval(() => {
        ear.getFloatTimeDomainData(block);
        level(loudness(block));
      }, METER_MS);
    },
    close() {
      clearInterval(timer);
      speaker.srcObject = null;
      speaker.remove();
      void context.close();
    },
  };
}

/** How loud a block of samples is, 0 to 1, by decibels as the ear has it. */
export function loudness(block: Float32Array): number {
  const power = block.reduce((sum, one) => sum + one * one, 0) / block.length;
  const decibels = 10 * Math.log10(power || Number.MIN_VALUE);
  return Math.min(1, Math.max(0, 1 - decibels / SMALLEST_DB));
}

/** Asks for the microphone. Throws an error whose code says what was wrong. */
export async function openMicrophone(): Promise<MediaStreamTrack> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  return stream.getAudioTracks()[0] as MediaStreamTrack;
}

/** Code of the dictionary for a microphone that cannot be had. */
export function microphoneProblem(error: unknown): string {
  const name = error instanceof DOMException ? error.name : '';
  return name === 'NotFoundError' || name === 'NotReadableError'
    ? 'microphone-missing'
    : 'microphone-refused';
}
