// Each role on each route: what the table of src/access/roles.ts does not give, the server refuses and writes down (C15;
// OWASP ASVS 5.0, 8.2.1 and 8.2.2).

import { test } from 'tap';
import { may, type Permission, ROLES } from '../../src/access/roles.ts';
import { openKeyWorld } from './support/keys.ts';
import { type Method, openWeb } from './support/web.ts';

/** Who is not logged in has to reach these, and nothing else. */
const PUBLIC = [
  'DELETE /api/session',
  'DELETE /api/sessions',
  'GET /api/session',
  'GET /api/site',
  'POST /api/account/recovery-codes',
  'POST /api/enrolment',
  'POST /api/enrolment/complete',
  'POST /api/session',
  'POST /api/session/step-up',
  'PUT /api/account/password',
];

test('every role on every route', async (t) => {
  const w = await openKeyWorld(t);
  const { server, ask, person } = await openWeb(t, w.appliance, w.root, w.clock);
  const routes = server.inventory;
  t.ok(routes.length > 20, `${routes.length} routes`);
  const open = routes
    .filter(({ access }) => access === 'public')
    .map(({ method, url }) => `${method} ${url}`);
  t.same(open.sort(), PUBLIC);
  for (const role of ROLES) {
    const asks = await person(role, [role], { steppedUp: true });
    for (const { method, url, access } of routes.filter((route) => route.access !== 'public')) {
      const path = url.replaceAll(/:\w+/g, 'none');
      const needsBody = method !== 'GET' && method !== 'DELETE';
      const { status, body } = await asks(method as Method, path, needsBody ? {} : undefined);
      const refused = status === 403 && body.error?.code === 'forbidden';
      t.equal(refused, !may([role], access as Permission), `${role}: ${method} ${url} answers ${status}`);
      t.ok(status < 500, `${role}: ${method} ${url} answers ${status}`);
    }
  }
  for (const { method, url } of routes.filter((route) => route.access !== 'public')) {
    const path = url.replaceAll(/:\w+/g, 'none');
    const { status } = await ask(method as Method, path, method === 'POST' ? {} : undefined);
    t.equal(status, 401, `nobody: ${method} ${url}`);
  }
  const refusals = (await w.audit.entries()).filter(({ action }) => action === 'refused');
  t.ok(refusals.length > ROLES.length, `${refusals.length} refusals are in the audit log`);
});
