// SIP of one browser, to Asterisk's websocket on this machine and back (RFC 7118). The browser has been let in by its
// session; that is looked at again while the connection lasts, so that a log-out or a role taken away ends it.

import { WebSocket } from 'ws';
import { maySend } from './sip.ts';

/** SDP with candidates takes some thousand bytes. */
export const LARGEST_BYTES = 16 * 1024;
const CONNECT_MS = 3_000;

/** Close codes that the page understands (RFC 6455: 4000 to 4999 are the application's). */
export const CLOSED = { away: 4_001, ended: 4_002, elsewhere: 4_003, refused: 4_004 } as const;

const NAMES: Record<number, string> = Object.fromEntries(
  Object.entries(CLOSED).map(([name, code]) => [code, name]),
);

export interface Pace {
  /** How often the session is looked at, and the browser is pinged. */
  beatMs: number;
  /** A browser that has not answered a ping for so long is gone. */
  silentMs: number;
}

export const PACE: Pace = { beatMs: 1_000, silentMs: 8_000 };

export interface RelayParts {
  /** Address of Asterisk's websocket. */
  upstream: string;
  /** The browser's own extension. */
  extension: string;
  /** Whether whoever sits there may still have that phone. */
  mayStill(): Promise<boolean>;
  /** Called once, with a word for why: `silent`, `not-allowed`, `closed`, `asterisk`, or a name in CLOSED. */
  onEnd(why: string): void;
  pace?: Pace | undefined;
}

/**
 * Joins a browser with Asterisk until one of them goes, the browser may no longer, is silent, or says what it may not.
 * @returns how to end it, with one of the codes of CLOSED
 */
export function relay(browser: WebSocket, parts: RelayParts): (code: number) => void {
  const { upstream, extension, mayStill, onEnd, pace = PACE } = parts;
  const asterisk = new WebSocket(upstream, 'sip', {
    maxPayload: LARGEST_BYTES,
    handshakeTimeout: CONNECT_MS,
    perMessageDeflate: false,
  });
  let [heardAt, over] = [Date.now(), false];
  // What the browser says before Asterisk is there waits.
  browser.pause();
  asterisk.once('open', () => browser.resume());

  function end(code: number, why = NAMES[code] ?? 'ended'): void {
    if (over) return;
    over = true;
    clearInterval(heart);
    browser.resume();
    browser.close(code);
    asterisk.terminate();
    onEnd(why);
  }
  async function beat(): Promise<void> {
    if (Date.now() - heardAt > pace.silentMs) {
      end(CLOSED.ended, 'silent');
      return browser.terminate();
    }
    if (browser.readyState === WebSocket.OPEN) browser.ping();
    if (!(await mayStill().catch(() => false))) end(CLOSED.ended, 'not-allowed');
  }
  const heart = setInterval(() => void beat(), pace.beatMs);

  browser.on('pong', () => {
    heardAt = Date.now();
  });
  browser.on('message', (data, isBinary) => {
    const message = String(data);
    if (isBinary || !maySend(message, extension)) return end(CLOSED.refused);
    if (asterisk.readyState === WebSocket.OPEN) asterisk.send(message);
  });
  asterisk.on('message', (data) => {
    if (browser.readyState === WebSocket.OPEN) browser.send(String(data));
  });
  browser.on('close', () => end(CLOSED.ended, 'closed'));
  // Each error is followed by a close.
  browser.on('error', () => {});
  asterisk.on('error', () => {});
  asterisk.on('close', (code) => end(CLOSED.away, `asterisk ${code}`));
  // It may have gone before anybody listened for it.
  if (browser.readyState !== WebSocket.OPEN) end(CLOSED.ended, 'closed');
  return end;
}
