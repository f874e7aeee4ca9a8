// ARI, for looking only (its user is read_only): which channels live now? ari-client throws outside any promise on a
// wrong password and waits for ever on a silent peer, so the credentials are tried first, and all has a deadline.

import type { Client } from 'ari-client';
import { GreffierError } from '../shared/errors.ts';

const DEADLINE_MS = 5_000;

export interface AriOptions {
  url: string;
  user: string;
  secret: string;
}

export interface Ari {
  /** Unique ids of all channels that live now. Throws `ari-unreachable`. */
  liveChannels(): Promise<Set<string>>;
}

/** Speaks ARI when it is asked something; after a failure it starts anew the next time. */
export function createAri(options: AriOptions): Ari {
  let client: Promise<Client> | undefined;
  return {
    async liveChannels() {
      try {
        client ??= connect(options);
        const channels = await within((await client).channels.list());
        return new Set(channels.map((channel) => channel.id));
      } catch (cause) {
        client = undefined;
        if (cause instanceof GreffierError) throw cause;
        throw new GreffierError('ari-unreachable', `asterisk does not answer at ${options.url}`, { cause });
      }
    },
  };
}

async function connect({ url, user, secret }: AriOptions): Promise<Client> {
  const authorization = `Basic ${Buffer.from(`${user}:${secret}`).toString('base64')}`;
  const answer = await fetch(new URL('/ari/api-docs/resources.json', url), {
    headers: { authorization },
    signal: AbortSignal.timeout(DEADLINE_MS),
  });
  await answer.body?.cancel();
  if (!answer.ok) throw new GreffierError('ari-unreachable', `asterisk answers ${answer.status} at ${url}`);
  // Only who asks Asterisk waits for the client, which takes a tenth of a second to load.
  const { default: ariClient } = await import('ari-client');
  return within(quietly(() => ariClient.connect(url, user, secret)));
}

/**
 * Keeps back what swagger-client, on which ari-client stands, prints at each connection: standard output is the answer of
 * a command, and is read by programs.
 */
async function quietly<T>(work: () => Promise<T>): Promise<T> {
  const say = console.log;
  console.log = (...words: unknown[]) => {
    if (!String(words[0]).startsWith('This API is using a deprecated version of Swagger')) say(...words);
  };
  try {
    return await work();
  } finally {
    console.log = say;
  }
}

function within<T>(work: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new GreffierError('ari-unreachable', `no answer within ${DEADLINE_MS} ms`)),
    DEADLINE_MS,
  );
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
