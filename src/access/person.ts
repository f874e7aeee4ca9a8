// What is kept of a person who may log in.

import Type, { type Static } from 'typebox';
import { GreffierError } from '../shared/errors.ts';
import { ROLES, type Role } from './roles.ts';

const closed = { additionalProperties: false };
const USER = '^[a-z][a-z0-9.-]{1,31}$';

export const personSchema = Type.Object(
  {
    user: Type.String({ pattern: USER }),
    roles: Type.Array(Type.Enum([...ROLES])),
    /** Sees what is of these clients and nothing else (C34); missing for somebody of the house. */
    clients: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 64 }), { minItems: 1 })),
    /** Missing as long as the person has been invited and has not come yet. */
    passwordHash: Type.Optional(Type.String()),
    totpSecret: Type.Optional(Type.String()),
    /** Number of the last 30 s step whose code was used: a code that was seen cannot be used again. */
    totpStep: Type.Optional(Type.Integer()),
    /** SHA-256 of the recovery codes that were not used yet. */
    recoveryCodes: Type.Optional(Type.Array(Type.String())),
    invitation: Type.Optional(
      Type.Object({ hash: Type.String(), expiresAt: Type.String(), totpSecret: Type.String() }, closed),
    ),
  },
  closed,
);
export const peopleSchema = Type.Object({ people: Type.Array(personSchema) }, closed);

export type StoredPerson = Static<typeof personSchema>;
/** What is to be other than it was; undefined takes it away. */
export type Change = { [Key in keyof StoredPerson]?: StoredPerson[Key] | undefined };

/** A person as the rest of the program sees one: without a secret. */
export interface Person {
  user: string;
  roles: Role[];
  /** Missing for somebody who may see all clients. */
  clients?: string[];
}

/** Somebody as the rest of the program sees one. */
export function personOf({ user, roles, clients }: StoredPerson): Person {
  return { user, roles, ...(clients && { clients }) };
}

/** How far somebody's access has come, for whoever looks after it. */
export interface PersonState extends Person {
  state: 'invited' | 'invitation-expired' | 'active';
  totp: boolean;
  recoveryCodesLeft: number;
}

/** Roles that hear, keep the machine or decide need a second factor; an agent who sees own calls only does not. */
export function needsSecondFactor(roles: readonly Role[]): boolean {
  return roles.some((role) => role !== 'agent');
}

/** Throws `bad-user`. */
export function insistOnName(user: string): void {
  if (new RegExp(USER).test(user)) return;
  throw new GreffierError('bad-user', `not a name for a user: ${JSON.stringify(user)}`, {
    hint: 'write 2 to 32 of a-z, 0-9, point and hyphen, beginning with a letter',
    status: 400,
  });
}

/** Throws `no-role`: somebody without a role could do nothing. */
export function insistOnRoles(roles: readonly Role[]): void {
  if (roles.length > 0) return;
  throw new GreffierError('no-role', 'a person needs a role', {
    hint: `roles are ${ROLES.join(', ')}`,
    status: 400,
  });
}
