// What the routes of access answer.

import Type from 'typebox';
import { closed, count, flag, orNull, text } from '../shared/schema.ts';
import { PERMISSIONS, ROLES } from './roles.ts';
import { SCOPES } from './tokens.ts';

const roles = Type.Array(Type.Enum([...ROLES]));
/** Missing for somebody who may see all clients (C34). */
const clients = Type.Optional(Type.Array(text));
export const permissionSchema = Type.Enum(Object.keys(PERMISSIONS));

/** Who is logged in. */
export const sessionAnswer = {
  200: closed({ user: text, roles, clients, permissions: Type.Array(permissionSchema) }),
};

export const invitationAnswer = {
  200: closed({
    user: text,
    roles,
    /** Null for who needs no second factor. */
    totp: orNull(closed({ secret: text, address: text })),
  }),
};
const recoveryCodes = Type.Array(text);
export const enrolledAnswer = { 201: closed({ user: text, recoveryCodes }) };
export const recoveryCodesAnswer = { 201: closed({ recoveryCodes }) };

export const peopleAnswer = {
  200: closed({
    people: Type.Array(
      closed({
        user: text,
        roles,
        clients,
        state: Type.Enum(['invited', 'invitation-expired', 'active']),
        totp: flag,
        recoveryCodesLeft: count,
      }),
    ),
    /** Those of the settings, that somebody can be limited to. */
    clients: Type.Array(closed({ id: text, name: text })),
  }),
};
/** Of an invitation; shown once. */
export const tokenAnswer = { 201: closed({ token: text }) };

const scopes = Type.Array(Type.Enum([...SCOPES]));
const token = closed({
  id: text,
  name: text,
  scopes,
  client: orNull(text),
  madeBy: text,
  madeAt: text,
  expiresAt: text,
  lastUsedAt: orNull(text),
});
export const tokensAnswer = {
  200: closed({
    tokens: Type.Array(token),
    /** What whoever asks may give. */
    scopes,
    /** Of all scopes, those that can be kept to one client. */
    byClient: scopes,
    clients: Type.Array(closed({ id: text, name: text })),
  }),
};
/** The secret is shown this once. */
export const madeTokenAnswer = { 201: closed({ token, secret: text }) };
