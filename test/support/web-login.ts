// A person of the lab's web, logged in with password and second factor, who asks its routes.

import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { type APIRequestContext, request } from 'playwright-core';
import { inBox, type LabInfo } from './lab.ts';
import { until } from './until.ts';

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what a route answers is what the test is about
  body: any;
}

export interface Asker {
  ask(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, data?: object): Promise<Answer>;
  /** What a browser would send along, for requests made otherwise. */
  cookie(): Promise<string>;
  close(): Promise<void>;
}

/** Makes a login of that role, anew, and logs it in. A code is accepted once: when it is refused, the next is awaited. */
export async function logInAs(lab: LabInfo, user: string, role: string): Promise<Asker> {
  const password = randomBytes(12).toString('base64url');
  const script = `
    greffier users remove "$1" >/dev/null 2>&1
    printf '%s\\n' "$2" | greffier users add "$1" --role "$3" --totp --password-stdin --json`;
  const made = await inBox(lab, 'sh', '-c', script, 'sh', user, password, role);
  const { totpSecret } = JSON.parse(made) as { totpSecret: string };
  const context = await request.newContext({ baseURL: lab.web, ignoreHTTPSErrors: true });
  let last = '';
  await until(
    `${user} is logged in`,
    async () => {
      const totp = new TOTP({ secret: Secret.fromBase32(totpSecret) }).generate();
      // Each code is tried once, or the box would take it for an attack.
      if (totp === last) return false;
      last = totp;
      return (await context.post('/api/session', { data: { user, password, totp } })).ok();
    },
    95_000,
  );
  return {
    ask: (...asked) => answerOf(context, lab.web, ...asked),
    async cookie() {
      const { cookies } = await context.storageState();
      return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    },
    close: () => context.dispose(),
  };
}

async function answerOf(
  context: APIRequestContext,
  origin: string,
  method: string,
  path: string,
  data?: object,
): Promise<Answer> {
  const headers = { origin: new URL(origin).origin };
  const answer = await context.fetch(path, { method, headers, ...(data && { data }) });
  const text = await answer.text();
  return { status: answer.status(), body: text ? JSON.parse(text) : undefined };
}
