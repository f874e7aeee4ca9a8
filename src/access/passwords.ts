// Passwords: argon2id, and nothing that tells a name that exists from one that does not.

import argon2 from 'argon2';
import { GreffierError } from '../shared/errors.ts';

// OWASP ASVS 5.0, 11.4: argon2id with at least 47 MiB; here 64 MiB and three passes.
const HASHING = { type: argon2.argon2id, memoryCost: 65_536, timeCost: 3, parallelism: 1 };
const SHORTEST_PASSWORD = 12;

/** Hashes a password. Throws `weak-password` for one of fewer than twelve characters (ASVS 5.0, 6.2.1). */
export async function hashPassword(password: string): Promise<string> {
  if (password.length < SHORTEST_PASSWORD)
    throw new GreffierError('weak-password', `a password needs at least ${SHORTEST_PASSWORD} characters`, {
      status: 400,
    });
  return argon2.hash(password, HASHING);
}

const decoy = argon2.hash('nobody has this password', HASHING);

/** Whether it is the password; takes as long when there is none to compare with. */
export async function isPassword(hash: string | undefined, password: string): Promise<boolean> {
  const right = await argon2.verify(hash ?? (await decoy), password);
  return hash !== undefined && right;
}
