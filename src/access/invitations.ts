// How a person gets in for the first time: by a token that is good once, and only for three days. Whoever comes with it
// chooses the password and sets up the second factor; nobody else ever knows either.

import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../shared/clock.ts';
import { GreffierError } from '../shared/errors.ts';
import { hashPassword } from './passwords.ts';
import type { People } from './people.ts';
import { needsSecondFactor, type Person, type StoredPerson } from './person.ts';
import type { Role } from './roles.ts';
import { acceptedStep, newRecoveryCodes, newTotpSecret } from './second-factor.ts';

const GOOD_FOR_MS = 3 * 86_400_000;

export interface Enrolment extends Person {
  /** Base32; undefined for a role that needs no second factor. */
  totpSecret: string | undefined;
}

export interface Invitations {
  /** Invites somebody new. Returns the token. Throws `user-exists`, `bad-user`, `no-role`. */
  invite(user: string, roles: Role[], clients?: string[]): Promise<string>;
  /** Invites a person anew, who has lost what opens the door: password and second factor go. Throws `no-such-user`. */
  inviteAnew(user: string): Promise<string>;
  /** Whose token it is. Throws `bad-invitation` when it was used, has expired or is none. */
  look(token: string): Promise<Enrolment>;
  /**
   * Uses the token. Returns the person and, with a second factor, the recovery codes, which are shown once.
   * Throws `bad-invitation`, `weak-password`, or `wrong-totp`; then the token is still good.
   */
  accept(
    token: string,
    password: string,
    code: string | undefined,
  ): Promise<{ person: Person; recoveryCodes: string[] }>;
}

/** Invitations to the people of an appliance. */
export function createInvitations(people: People, clock: Clock): Invitations {
  const fresh = (token: string) => ({
    hash: hashOf(token),
    expiresAt: new Date(clock().getTime() + GOOD_FOR_MS).toISOString(),
    totpSecret: newTotpSecret(),
  });

  async function holder(token: string): Promise<StoredPerson> {
    const hash = hashOf(token);
    const found = (await people.stored()).find(({ invitation }) => invitation?.hash === hash);
    if (!found?.invitation || found.invitation.expiresAt <= clock().toISOString()) throw bad();
    return found;
  }

  return {
    async invite(user, roles, clients) {
      const token = newToken();
      await people.insert({ user, roles, ...(clients && { clients }), invitation: fresh(token) });
      return token;
    },
    async inviteAnew(user) {
      const token = newToken();
      const gone = {
        passwordHash: undefined,
        totpSecret: undefined,
        totpStep: undefined,
        recoveryCodes: undefined,
      };
      await people.change(user, () => ({ ...gone, invitation: fresh(token) }));
      return token;
    },
    async look(token) {
      const { user, roles, invitation } = await holder(token);
      return { user, roles, totpSecret: needsSecondFactor(roles) ? invitation?.totpSecret : undefined };
    },
    async accept(token, password, code) {
      const { user, roles } = await holder(token);
      const passwordHash = await hashPassword(password);
      const recovery = newRecoveryCodes();
      await people.change(user, ({ invitation, roles }) => {
        // Asked again: two who come at once with the same token are one too many.
        if (invitation?.hash !== hashOf(token)) throw bad();
        const used = { passwordHash, invitation: undefined };
        if (!needsSecondFactor(roles)) return used;
        const step = code && acceptedStep(invitation.totpSecret, code, clock(), 0);
        if (!step) throw wrongCode();
        const { totpSecret } = invitation;
        return { ...used, totpSecret, totpStep: step, recoveryCodes: recovery.hashes };
      });
      return { person: { user, roles }, recoveryCodes: needsSecondFactor(roles) ? recovery.codes : [] };
    },
  };
}

function newToken(): string {
  return randomBytes(24).toString('base64url');
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function bad(): GreffierError {
  return new GreffierError('bad-invitation', 'this invitation was used, has expired or never was', {
    hint: 'ask for a new one',
    status: 403,
  });
}

function wrongCode(): GreffierError {
  return new GreffierError('wrong-totp', 'that is not the code of the second factor', {
    hint: 'is the clock of the telephone right?',
    status: 400,
  });
}
