// AMI with deadlines. asterisk-manager keeps actions for later, never gives up on an answer and lets a line break in
// a value start a second action; so each connection is a fresh client, nothing is sent before login, every value is
// checked, every action has a deadline, and all that waits fails when the link drops.

import createManager from 'asterisk-manager';
import { GreffierError, reasonOf } from '../shared/errors.ts';
import type { Logger } from '../shared/logger.ts';

const DEADLINE_MS = 5_000;
/** A link that has gone silent is noticed within twice this: health says so in less than five seconds. */
const PING_MS = 2_000;
/** Whoever watches calls sees them right again within five seconds: an attempt that finds nobody, and a pause. */
const CONNECT_MS = 2_000;
const LONGEST_PAUSE_MS = 1_500;

export interface AmiOptions {
  host: string;
  port: number;
  user: string;
  secret: string;
}

export type AmiFields = Record<string, string>;

/** One logged-in connection. */
export interface Ami {
  /** Sends an action and resolves to the answer. Throws `ami-refused`, `ami-timeout`, `ami-closed`, `ami-bad-value`. */
  action(fields: AmiFields): Promise<AmiFields>;
  /** Returns what ends it. */
  onEvent(take: (event: AmiFields) => void): () => void;
  /** Resolves when the link is gone, for whatever reason. */
  closed: Promise<void>;
  close(): void;
}

/** Connects and logs in once. Throws `ami-timeout`, `ami-refused` or `ami-closed`. */
export async function connectAmi(options: AmiOptions): Promise<Ami> {
  const manager = createManager(null, options.host, options.user, options.secret, true);
  const gone = Promise.withResolvers<void>();
  const failures = new Set<(error: Error) => void>();
  const drop = () => {
    gone.resolve();
    for (const fail of failures) fail(new GreffierError('ami-closed', 'the link to Asterisk is gone'));
    failures.clear();
  };
  manager.on('close', drop);
  manager.on('error', drop);

  const within = <T>(
    what: string,
    start: (done: (error: unknown, value?: T) => void) => void,
    deadlineMs = DEADLINE_MS,
  ): Promise<T> =>
    new Promise((resolve, reject) => {
      const settle = (error: unknown, value?: T) => {
        clearTimeout(timer);
        failures.delete(fail);
        if (error) reject(error instanceof Error ? error : refusal(what, error));
        else resolve(value as T);
      };
      const fail = (error: Error) => settle(error);
      const timer = setTimeout(
        () => settle(new GreffierError('ami-timeout', `no answer to ${what} within ${deadlineMs} ms`)),
        deadlineMs,
      );
      failures.add(fail);
      start(settle);
    });

  const close = () => {
    clearInterval(heartbeat);
    // A link that was given up may come back to life: nobody listens to it any more.
    manager.removeAllListeners('managerevent');
    manager.disconnect();
    drop();
  };
  const give = (fields: AmiFields, deadlineMs?: number) => {
    const start = (done: (error: unknown, value?: AmiFields) => void) =>
      void manager.action(fields, (error, answer) => done(error, answer as AmiFields));
    return within<AmiFields>(fields.action ?? 'action', start, deadlineMs);
  };
  const action = async (fields: AmiFields) => {
    for (const [key, value] of Object.entries(fields)) refuseControlCharacters(key, value);
    return give(fields);
  };
  const heartbeat = setInterval(() => give({ action: 'Ping' }, PING_MS).catch(close), PING_MS);
  gone.promise.then(() => clearInterval(heartbeat));

  try {
    const reach = (done: (error: unknown) => void) =>
      manager.connect(options.port, options.host, () => done(null));
    await within<void>('connect', reach, CONNECT_MS);
    await within<void>('login', (done) => manager.login((error) => done(error)));
  } catch (error) {
    close();
    throw error;
  }
  return {
    action,
    onEvent(take) {
      manager.on('managerevent', take);
      return () => void manager.removeListener('managerevent', take);
    },
    closed: gone.promise,
    close,
  };
}

/** Connects for one piece of work. Throws like any AMI action. */
export async function withAmi<T>(options: AmiOptions, work: (ami: Ami) => Promise<T>): Promise<T> {
  const ami = await connectAmi(options);
  try {
    return await work(ami);
  } finally {
    ami.close();
  }
}

/**
 * Keeps a connection up for as long as the signal is not aborted: after a loss it connects again, with growing pauses.
 * `onUp` runs after every login, since events in between are lost: whoever listens looks at the facts again.
 */
export async function keepAmi(
  options: AmiOptions,
  {
    signal,
    log,
    onUp,
    onDown,
  }: {
    signal: AbortSignal;
    log: Logger;
    onUp: (ami: Ami) => Promise<void>;
    onDown?: (reason: string) => void;
  },
): Promise<void> {
  for (let failures = 0; !signal.aborted; failures += 1) {
    let ami: Ami | undefined;
    const stop = () => ami?.close();
    signal.addEventListener('abort', stop, { once: true });
    try {
      ami = await connectAmi(options);
      if (signal.aborted) ami.close();
      else await onUp(ami);
      failures = 0;
      await ami.closed;
      onDown?.('the link to Asterisk is gone');
    } catch (error) {
      ami?.close();
      onDown?.(reasonOf(error));
      // Once for each outage, not for each attempt.
      const say = failures === 0 ? 'warn' : 'debug';
      log[say]({ user: options.user, reason: reasonOf(error) }, 'asterisk manager interface is down');
    }
    signal.removeEventListener('abort', stop);
    await pause(Math.min(250 * 2 ** failures, LONGEST_PAUSE_MS) * (0.75 + Math.random() / 2), signal);
  }
}

function refuseControlCharacters(key: string, value: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not pass
  if (/[\u0000-\u001f\u007f]/.test(key + value)) {
    throw new GreffierError('ami-bad-value', `a value for ${JSON.stringify(key)} holds a control character`);
  }
}

function refusal(what: string, answer: unknown): GreffierError {
  const message = (answer as { message?: string }).message ?? 'no reason given';
  return new GreffierError('ami-refused', `asterisk refused ${what}: ${message}`);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done);
  });
}
