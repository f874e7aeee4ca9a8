// The loss drill. A key that nobody has opened anything with for half a year may be lost, and nobody knows: so each key
// has a canary, a random code sealed to it alone, that its holder opens twice a year and types back. The box keeps the
// ciphertext and a salted hash, never the code.

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { join } from 'node:path';
import { createMessage, encrypt, readKey } from 'openpgp';
import { GreffierError } from '../shared/errors.ts';
import { makeFolder, readIfThere, writeDurably } from '../shared/files.ts';
import type { RecipientKey } from './recovery.ts';

export const DRILL_DAYS = 183;
const DAY_MS = 86_400_000;

// Crockford's: no letter that is taken for a digit. 32 of them are 160 bits, so a plain hash is enough.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export interface Canary {
  fingerprint: string;
  /** When the key came into force here. */
  since: string;
  lastOpenedAt: string | null;
  /** Armored: the code, sealed to the key. */
  message: string;
  salt: string;
  sha256: string;
}

export interface Drill {
  fingerprint: string;
  /** What the key is for. */
  label: string;
  since: string;
  lastOpenedAt: string | null;
  dueAt: string;
  overdue: boolean;
}

/** When a canary is to be opened next, and whether that day is over. */
export function drillOf({ fingerprint, since, lastOpenedAt }: Canary, label: string, now: Date): Drill {
  const due = new Date(new Date(lastOpenedAt ?? since).getTime() + DRILL_DAYS * DAY_MS);
  return { fingerprint, label, since, lastOpenedAt, dueAt: due.toISOString(), overdue: due <= now };
}

/** The canaries below the folder of all keys. */
export function canaries(folder: string) {
  const place = (fingerprint: string) => join(folder, 'canaries', `${fingerprint}.json`);

  async function read(fingerprint: string): Promise<Canary | undefined> {
    const text = await readIfThere(place(fingerprint));
    return text === undefined ? undefined : JSON.parse(text);
  }

  async function write(key: RecipientKey, now: Date, dates: Pick<Canary, 'since' | 'lastOpenedAt'>) {
    const code = newCode();
    const [salt, fingerprint] = [randomBytes(16).toString('hex'), key.fingerprint];
    const message = await encrypt({
      message: await createMessage({ text: `${code}\n` }),
      encryptionKeys: await readKey({ armoredKey: key.armored }),
      date: now,
    });
    const canary: Canary = { fingerprint, ...dates, message, salt, sha256: hashOf(salt, code) };
    await makeFolder(join(folder, 'canaries'));
    await writeDurably(place(fingerprint), `${JSON.stringify(canary, null, 2)}\n`);
    return canary;
  }

  return {
    read,
    /** The canary of a key that is fit; made when there is none yet. */
    async of(key: RecipientKey, now: Date): Promise<Canary> {
      const found = await read(key.fingerprint);
      return found ?? (await write(key, now, { since: now.toISOString(), lastOpenedAt: null }));
    },
    /** Whether a code is the one in the canary. */
    async holds(fingerprint: string, code: string): Promise<boolean> {
      const canary = await read(fingerprint);
      if (!canary) return false;
      const [given, kept] = [hashOf(canary.salt, normal(code)), canary.sha256].map((hex) =>
        Buffer.from(hex, 'hex'),
      );
      return given !== undefined && kept !== undefined && timingSafeEqual(given, kept);
    },
    /** Notes that the canary was opened, and makes the next one: a code that was written down once proves nothing. */
    async opened(key: RecipientKey, now: Date): Promise<void> {
      const since = (await read(key.fingerprint))?.since ?? now.toISOString();
      await write(key, now, { since, lastOpenedAt: now.toISOString() });
    },
  };
}

/** The refusal of a code. */
export function wrongCode(fingerprint: string): GreffierError {
  return new GreffierError('wrong-code', `that is not the code sealed to ${fingerprint}`, {
    hint: 'open the message that is shown now: each code counts once',
    status: 409,
  });
}

function newCode(): string {
  const letters = Array.from(randomBytes(32), (byte) => ALPHABET[byte % 32]).join('');
  return (letters.match(/.{4}/g) ?? []).join('-');
}

/** As it may be typed: small letters, with or without hyphens, O for 0. */
function normal(code: string): string {
  const plain = code.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  return (plain.match(/.{1,4}/g) ?? []).join('-');
}

function hashOf(salt: string, code: string): string {
  return createHash('sha256').update(`${salt} ${code}`).digest('hex');
}
