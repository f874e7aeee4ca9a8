// The second factor: TOTP (RFC 6238), each code accepted once, and recovery codes for whoever has lost the telephone.

import { createHash, randomInt, timingSafeEqual } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import type { StoredPerson } from './person.ts';

const STEP_MS = 30_000;
const RECOVERY_CODES = 10;
/** Without the letters and digits that are taken for one another. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A new secret, base32. */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** What an authenticator app reads from a QR code. */
export function totpAddress(secret: string, user: string, site: string): string {
  return new TOTP({ secret: Secret.fromBase32(secret), issuer: `Greffier ${site}`, label: user }).toString();
}

/** The step whose code this is, at most one step (30 s) off, and later than the last one used. */
export function acceptedStep(secret: string, code: string, now: Date, last: number): number | undefined {
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  const current = Math.floor(now.getTime() / STEP_MS);
  return [current - 1, current, current + 1].find(
    (step) => step > last && same(totp.generate({ timestamp: step * STEP_MS }), code),
  );
}

/** Ten codes of 59 bits, each good for one log in without the telephone; only their hashes are kept. */
export function newRecoveryCodes(): { codes: string[]; hashes: string[] } {
  const codes = Array.from({ length: RECOVERY_CODES }, () => {
    const letters = Array.from({ length: 12 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
    return `${letters.slice(0, 4)}-${letters.slice(4, 8)}-${letters.slice(8)}`;
  });
  return { codes, hashes: codes.map(hashOf) };
}

/** What changes in a person who used that code; undefined when it is not theirs, or was used before. */
export function usedCode(person: StoredPerson, code: string, now: Date): Partial<StoredPerson> | undefined {
  if (/^\d{6}$/.test(code)) {
    const step = person.totpSecret && acceptedStep(person.totpSecret, code, now, person.totpStep ?? 0);
    return step ? { totpStep: step } : undefined;
  }
  const hash = hashOf(code);
  const left = person.recoveryCodes ?? [];
  return left.includes(hash) ? { recoveryCodes: left.filter((one) => one !== hash) } : undefined;
}

function hashOf(code: string): string {
  return createHash('sha256').update(code.trim().toLowerCase().replaceAll(/[\s-]/g, '')).digest('hex');
}

function same(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
