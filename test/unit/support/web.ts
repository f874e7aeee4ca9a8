// The real web server over an appliance of tests, asked as a browser would, by people of every role.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { execa } from 'execa';
import { Secret, TOTP } from 'otpauth';
import type { Test } from 'tap';
import { openPeople } from '../../../src/access/people.ts';
import type { Role } from '../../../src/access/roles.ts';
import { openSessions } from '../../../src/access/sessions.ts';
import { openTokens } from '../../../src/access/tokens.ts';
import type { Appliance } from '../../../src/appliance.ts';
import { Services } from '../../../src/health.ts';
import { createLiveBoard } from '../../../src/live-board.ts';
import { buildWeb } from '../../../src/routes.ts';
import type { Clock } from '../../../src/shared/clock.ts';
import { createSupervising } from '../../../src/supervising.ts';

export const PASSWORD = 'a long enough password';
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Answer {
  status: number;
  type: unknown;
  // biome-ignore lint/suspicious/noExplicitAny: what a route answers is what the test is about
  body: any;
  /** Cookies that it set, by name. */
  cookies: Record<string, string>;
}

/** Starts the server, without a port, in a folder of the test's own. */
export async function openWeb(
  t: Test,
  appliance: Appliance,
  root: string,
  clock: Clock,
  answered?: (method: string, route: string, status: number) => void,
) {
  const at = (name: string) => join(root, name);
  const subject = [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-noenc',
    '-subj',
    '/CN=localhost',
  ];
  await execa('openssl', ['req', '-x509', ...subject, '-keyout', at('web.key'), '-out', at('web.crt')]);
  await writeFile(at('index.html'), '<!doctype html>');
  Object.assign(appliance.config, { web: { certificate: at('web.crt'), key: at('web.key'), root } });
  const people = await openPeople(at('access'), clock);
  const sessions = await openSessions(at('access'), clock);
  const tokens = await openTokens(at('access'), clock);
  t.teardown(() => sessions.close());
  t.teardown(() => tokens.close());
  const board = createLiveBoard(appliance);
  const server = await buildWeb(appliance, {
    people,
    sessions,
    tokens,
    services: new Services(),
    supervising: await createSupervising(appliance),
    board,
    lastSweepAt: () => null,
    answered,
    misfit: (route, says) => {
      throw new Error(`${route} ${says}`);
    },
  });
  t.teardown(() => server.close());

  async function ask(
    method: Method,
    url: string,
    payload?: object,
    cookies: Record<string, string> = {},
    remoteAddress = '192.0.2.1',
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const answer = await server.inject({
      method,
      url,
      cookies,
      remoteAddress,
      headers,
      payloadAsStream: true,
      ...(payload && { payload }),
    });
    const type = `${answer.headers['content-type']}`;
    return {
      status: answer.statusCode,
      type: answer.headers['content-type'],
      body: await bodyOf(answer.stream(), type),
      cookies: Object.fromEntries(answer.cookies.map(({ name, value }) => [name, value])),
    };
  }

  /** Adds a person of these roles, logged in, and returns how that person asks. */
  async function person(user: string, roles: Role[], { steppedUp = false } = {}) {
    await people.add(user, roles, PASSWORD, false);
    const token = sessions.begin(user);
    if (steppedUp) sessions.stepUp(token);
    const cookies = { '__Host-session': token };
    return (method: Method, url: string, payload?: object) => ask(method, url, payload, cookies);
  }

  /** The same person, logged in anew. */
  function again(user: string, { steppedUp = false } = {}) {
    const token = sessions.begin(user);
    if (steppedUp) sessions.stepUp(token);
    const cookies = { '__Host-session': token };
    return (method: Method, url: string, payload?: object) => ask(method, url, payload, cookies);
  }

  /** A program that shows a token, and perhaps cookies beside it. */
  function bearer(token: string, cookies: Record<string, string> = {}, from = '192.0.2.7') {
    return (method: Method, url: string, payload?: object) =>
      ask(method, url, payload, cookies, from, { authorization: `Bearer ${token}` });
  }

  return { server, people, sessions, tokens, board, ask, person, again, bearer };
}

/** What was answered; of a stream of events nothing, since it has no end. */
async function bodyOf(stream: Readable, type: string): Promise<unknown> {
  if (type.includes('event-stream')) return void stream.destroy();
  const body = await text(stream);
  return type.includes('json') ? JSON.parse(body) : body;
}

/** The code that a telephone shows at that moment. */
export function codeAt(secret: string, at: Date): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at.getTime() });
}
