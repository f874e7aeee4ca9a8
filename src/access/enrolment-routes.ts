// Coming in by an invitation, and changing the own password. The token travels in the body: an address ends in logs.

import Type, { type Static } from 'typebox';
import type { WebServer } from '../http/server.ts';
import { GreffierError } from '../shared/errors.ts';
import { NOTHING } from '../shared/schema.ts';
import { enrolledAnswer, invitationAnswer, recoveryCodesAnswer } from './answers.ts';
import { type AccessParts, tokenOf, whoAsks } from './guard.ts';
import { hashPassword } from './passwords.ts';
import { newRecoveryCodes, totpAddress } from './second-factor.ts';

const closed = { additionalProperties: false };
const token = Type.String({ pattern: '^[A-Za-z0-9_-]{32}$' });
const password = Type.String({ minLength: 1, maxLength: 1024 });
const totp = Type.String({ pattern: '^[0-9]{6}$' });
const lookBody = Type.Object({ token }, closed);
const acceptBody = Type.Object({ token, password, totp: Type.Optional(totp) }, closed);
const passwordBody = Type.Object({ before: password, password, totp: Type.Optional(totp) }, closed);
const LIMIT = { max: 10, timeWindow: '1 minute' };

/** Adds the routes of /api/enrolment and /api/account. */
export function enrolmentRoutes(server: WebServer, parts: AccessParts): void {
  const { people, sessions, invitations, audit, site } = parts;
  const open = (...errors: string[]) => ({ access: 'public', rateLimit: LIMIT, errors });

  server.post(
    '/api/enrolment',
    { config: open('bad-invitation'), schema: { body: lookBody, response: invitationAnswer } },
    async (request) => {
      const { user, roles, totpSecret } = await invitations.look(
        (request.body as Static<typeof lookBody>).token,
      );
      return {
        user,
        roles,
        totp: totpSecret ? { secret: totpSecret, address: totpAddress(totpSecret, user, site) } : null,
      };
    },
  );
  server.post(
    '/api/enrolment/complete',
    {
      config: open('bad-invitation', 'weak-password', 'wrong-totp'),
      schema: { body: acceptBody, response: enrolledAnswer },
    },
    async (request, reply) => {
      const body = request.body as Static<typeof acceptBody>;
      const { user } = await invitations.look(body.token);
      await audit({ actor: user, action: 'enrolled', from: request.ip });
      const { recoveryCodes } = await invitations.accept(body.token, body.password, body.totp);
      sessions.endAll(user);
      return reply.code(201).send({ user, recoveryCodes });
    },
  );
  server.put(
    '/api/account/password',
    {
      config: open('not-logged-in', 'wrong-credentials', 'totp-required', 'totp-not-set', 'weak-password'),
      schema: { body: passwordBody, response: NOTHING },
    },
    async (request, reply) => {
      const { user } = await whoAsks(request, parts);
      const { before, password, totp } = request.body as Static<typeof passwordBody>;
      await people.authenticate(user, before, totp);
      const passwordHash = await hashPassword(password);
      await audit({ actor: user, action: 'password-changed', from: request.ip });
      await people.change(user, () => ({ passwordHash }));
      // Whoever else had the old one is out (ASVS 5.0, 7.4.3).
      sessions.endAll(user, tokenOf(request));
      return reply.code(204).send();
    },
  );
  server.post(
    '/api/account/recovery-codes',
    { config: open('not-logged-in', 'step-up-needed'), schema: { response: recoveryCodesAnswer } },
    async (request, reply) => {
      const { user } = await whoAsks(request, parts);
      if (!sessions.steppedUp(tokenOf(request)))
        throw new GreffierError('step-up-needed', 'give the second factor once more', { status: 403 });
      const { codes, hashes } = newRecoveryCodes();
      await audit({ actor: user, action: 'recovery-codes-made', from: request.ip });
      await people.change(user, () => ({ recoveryCodes: hashes }));
      return reply.code(201).send({ recoveryCodes: codes });
    },
  );
}
