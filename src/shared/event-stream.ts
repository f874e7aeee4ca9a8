// Something as a stream of server-sent events (HTML, "Server-sent events"): the whole of it whenever it changed, so that
// whoever missed one has lost nothing. Many changes at once are one; a reader that is slow gets the newest, not all.

import { Readable } from 'node:stream';

export interface Pace {
  /** Least time between two events. */
  gapMs: number;
  /** How often the connection is shown to be alive, and the session is looked at. */
  heartbeatMs: number;
}

export const PACE: Pace = { gapMs: 250, heartbeatMs: 10_000 };
/** After a loss the browser waits so long before it connects again. */
const RETRY_MS = 2_000;
/** A reader that has more than this to read is not given more. */
const BUFFERED_BYTES = 16_384;

export interface LiveParts {
  /** What the events are called. */
  event: string;
  /** It as it is now. */
  content(): object;
  now(): Date;
  /** Calls whenever it may have changed; returns what ends that. */
  onChange(listener: () => void): () => void;
  /** Whether whoever watches may still do so. */
  mayStill(): Promise<boolean>;
}

/** A stream that ends when it is destroyed, or when whoever watches may no longer. */
export function liveStream(
  { event, content, now, onChange, mayStill }: LiveParts,
  pace: Pace = PACE,
): Readable {
  let [sent, sentAt, ready] = ['', 0, true];
  let timer: NodeJS.Timeout | undefined;

  function send(): void {
    timer = undefined;
    if (!ready) return;
    const text = JSON.stringify(content());
    if (text === sent) return;
    [sent, sentAt] = [text, Date.now()];
    ready = stream.push(`event: ${event}\ndata: {"at":"${now().toISOString()}",${text.slice(1)}\n\n`);
  }
  function soon(): void {
    timer ??= setTimeout(send, Math.max(0, sentAt + pace.gapMs - Date.now()));
  }
  async function beat(): Promise<void> {
    const still = await mayStill();
    if (stream.destroyed) return;
    if (still && ready) ready = stream.push(': alive\n\n');
    if (still) return;
    stop();
    stream.push(null);
  }
  function stop(): void {
    off();
    clearTimeout(timer);
    clearInterval(heartbeat);
    ready = false;
  }

  const stream = new Readable({
    highWaterMark: BUFFERED_BYTES,
    read() {
      ready = true;
      soon();
    },
    destroy(error, done) {
      stop();
      done(error);
    },
  });
  const off = onChange(soon);
  const heartbeat = setInterval(() => void beat(), pace.heartbeatMs);
  stream.push(`retry: ${RETRY_MS}\n\n`);
  return stream;
}
