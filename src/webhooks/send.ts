// One delivery: signed, to the address that was looked at, followed nowhere, and over within ten seconds.

import { createHmac } from 'node:crypto';
import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { GreffierError } from '../shared/errors.ts';
import { addressOf, checkUrl } from './address.ts';
import type { WebhookEvent } from './event.ts';
import { fill } from './event.ts';

const PATIENCE_MS = 10_000;

export interface Target {
  url: string;
  /** Both sides know it; the signature shows that. */
  secret: string;
  allow: readonly string[];
  /** Form of another program instead of ours. */
  template?: unknown;
  /** What that program lets us in by. */
  bearer?: string | undefined;
  /** Certificates to trust instead of those of the system. */
  ca?: string | undefined;
}

/**
 * `t=<seconds>,v1=<hex>`: the HMAC-SHA256 of the seconds, a point and the body. The time is signed too, so that whoever
 * keeps a delivery cannot send it again much later.
 */
export function signatureOf(secret: string, body: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000);
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}

/** Delivers an event. Throws `webhook-refused`, `webhook-failed`: the status, or that nobody answered; never a body. */
export async function send(target: Target, event: WebhookEvent, now: Date): Promise<void> {
  const url = checkUrl(target.url);
  const { address, family } = await addressOf(url, target.allow);
  const body = JSON.stringify(target.template === undefined ? event : fill(target.template, event));
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'user-agent': 'Greffier',
    'greffier-event': event.type,
    'greffier-event-id': event.id,
    'greffier-signature': signatureOf(target.secret, body, now),
    ...(target.bearer && { authorization: `Bearer ${target.bearer}` }),
  };
  const begin = url.protocol === 'https:' ? overHttps : overHttp;
  // What was looked at is what is connected to: a name may mean another place a moment later.
  const pinned = (_host: string, { all }: { all?: boolean }, done: (...given: unknown[]) => void) =>
    all ? done(null, [{ address, family }]) : done(null, address, family);
  const status = await new Promise<number>((resolve, reject) => {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const options = { method: 'POST', headers, signal, agent: false, lookup: pinned as never };
    const request = begin(url, { ...options, ...(target.ca && { ca: target.ca }) }, (response) => {
      // The status says it all; what else is sent is not waited for.
      response.destroy();
      resolve(response.statusCode ?? 0);
    });
    request.once('error', ({ message }) => reject(failed(signal.aborted ? 'no answer in 10 s' : message)));
    request.end(body);
  });
  if (status < 200 || status > 299) throw failed(`status ${status}`);
}

function failed(why: string): GreffierError {
  return new GreffierError('webhook-failed', why);
}
