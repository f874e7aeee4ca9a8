// What the box says of itself while something is broken: on the health page, as the daemon sees it, and on the command
// line, which asks for itself.

import { Secret, TOTP } from 'otpauth';
import { request } from 'playwright-core';
import { inBox, type LabInfo } from './lab.ts';
import { until } from './ledger.ts';

interface Service {
  name: string;
  state: 'up' | 'down';
}

export interface Health {
  /** State of a service as the daemon sees it. */
  page(service: string): Promise<string | undefined>;
  close(): Promise<void>;
}

/** State of a service by `greffier status`. */
export async function statusOf(lab: LabInfo, service: string): Promise<string | undefined> {
  const { services } = JSON.parse(await inBox(lab, 'greffier', 'status', '--json')) as {
    services: Service[];
  };
  return services.find(({ name }) => name === service)?.state;
}

/** Logs in to the health page. A code is accepted once: when it is refused, the next one is awaited. */
export async function openHealth({ web, admin }: LabInfo): Promise<Health> {
  const context = await request.newContext({ baseURL: web, ignoreHTTPSErrors: true });
  const logIn = async () => {
    const totp = new TOTP({ secret: Secret.fromBase32(admin.totpSecret) }).generate();
    const data = { user: admin.user, password: admin.password, totp };
    return (await context.post('/api/session', { data })).ok();
  };
  let last = '';
  await until(
    'logged in',
    async () => {
      const step = String(Math.floor(Date.now() / 30_000));
      // Each code is tried once, or the box would take it for an attack.
      if (step === last) return false;
      last = step;
      return logIn();
    },
    95_000,
  );
  return {
    async page(service) {
      const { services } = (await (await context.get('/api/health')).json()) as { services: Service[] };
      return services.find(({ name }) => name === service)?.state;
    },
    close: () => context.dispose(),
  };
}
