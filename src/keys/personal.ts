// Personal keys. The private part is made in its owner's browser and lies here under the owner's passphrase alone: the
// box keeps it for them and cannot use it. It opens the group keys that are wrapped to it, never a recording.

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type PrivateKey, readPrivateKey } from 'openpgp';
import { keyIdsOf } from '../offline/rewrap.ts';
import { GreffierError, isMissing, reasonOf } from '../shared/errors.ts';
import { appendDurably, makeFolder, readIfThere, readJsonLines, writeDurably } from '../shared/files.ts';
import { whyUnfit } from './profile.ts';

export interface PersonalKey {
  user: string;
  fingerprint: string;
  keyIds: string[];
  /** Armored private key, protected. */
  armored: string;
}

/** One line of what is known of a person's keys: which, since when, and at whose hand. */
export interface KeyTaken {
  fingerprint: string;
  keyIds: string[];
  at: string;
  /** Login, or who was at the shell. */
  by: string;
}

/** How a secret part is protected, as its packet says it (RFC 4880, sections 3.7 and 5.5.3). */
interface Protection {
  s2kUsage?: number;
  symmetric?: number | null;
  s2k?: { type?: string; c?: number } | null;
  isDummy(): boolean;
}

const AES = [7, 8, 9];
/** 65 536 bytes hashed for each guess: the least that GnuPG itself ever writes. */
const LEAST_COUNT = 96;

/** Why a personal key is not kept; undefined when it is. Its owner must be able to open it with gpg 2.2 too. */
export async function whyNotKept(key: PrivateKey, now: Date): Promise<string | undefined> {
  for (const { keyPacket } of [key, ...key.subkeys]) {
    const packet = keyPacket as unknown as Protection;
    const { s2kUsage = 0, symmetric, s2k } = packet;
    if (packet.isDummy()) return 'a part of it is missing: it was left on a card or on another machine';
    if (s2kUsage === 0) return 'it has no passphrase: whoever has the disk of the box could use it';
    if (s2kUsage === 253) return 'its protection is AEAD, which gpg 2.2 cannot read';
    if (s2k?.type === 'argon2') return 'its protection is Argon2, which gpg 2.2 cannot read';
    if (s2k?.type !== 'iterated' || s2kUsage !== 254)
      return 'its passphrase is not salted and iterated: it can be guessed too fast';
    if ((s2k.c ?? 0) < LEAST_COUNT)
      return 'its passphrase is iterated too few times: it can be guessed too fast';
    if (!AES.includes(symmetric ?? 0)) return `its cipher (number ${symmetric}) is not AES`;
  }
  return whyUnfit(key.toPublic(), now);
}

/** The personal keys below the folder of all keys. */
export function personalKeys(folder: string) {
  const place = (user: string) => join(folder, 'personal', `${user}.asc`);
  const taken = (user: string) => join(folder, 'personal', `${user}.taken.jsonl`);

  async function read(user: string): Promise<PersonalKey | undefined> {
    const armored = await readIfThere(place(user));
    if (armored === undefined) return undefined;
    const key = await readPrivateKey({ armoredKey: armored });
    return { user, fingerprint: key.getFingerprint(), keyIds: keyIdsOf(key), armored };
  }

  /** What would be kept, and the fingerprint of what is there. Throws as `keep` does, and writes nothing. */
  async function insist(user: string, armored: string, now: Date, replace = false) {
    const key = await readPrivateKey({ armoredKey: armored }).catch((error) => {
      throw unfit(user, `it is not a private OpenPGP key: ${reasonOf(error)}`);
    });
    const reason = await whyNotKept(key, now);
    if (reason) throw unfit(user, reason);
    const before = (await read(user))?.fingerprint;
    const fingerprint = key.getFingerprint();
    if (before !== undefined && before !== fingerprint && !replace)
      throw new GreffierError('personal-key-exists', `${user} has another personal key, ${before}`, {
        hint: 'what is wrapped to the former key does not open with a new one: wrap it again, then --replace',
        status: 409,
      });
    return { user, fingerprint, keyIds: keyIdsOf(key), armored: key.armor(), before };
  }

  return {
    read,
    /** Every key that was kept for a person, the latest last. */
    taken: (user: string) => readJsonLines<KeyTaken>(taken(user)),
    /** All of them. */
    async all(): Promise<PersonalKey[]> {
      const names = await readdir(join(folder, 'personal')).catch((error) => {
        if (isMissing(error)) return [];
        throw error;
      });
      const users = names.filter((name) => name.endsWith('.asc')).map((name) => name.slice(0, -4));
      return (await Promise.all(users.sort().map(read))).filter((key) => key !== undefined);
    },
    insist,
    /**
     * Keeps a personal key. The same key under another passphrase takes the place of the former one; another key only
     * when asked to, for what was wrapped to the former one does not open with it. Throws `unfit-key`,
     * `personal-key-exists`.
     * @param user the login of its owner, who is known to exist
     * @param by who keeps it, when that is not the owner
     */
    async keep(user: string, armored: string, now: Date, replace = false, by = user): Promise<PersonalKey> {
      const { before, ...kept } = await insist(user, armored, now, replace);
      await makeFolder(join(folder, 'personal'));
      // Noted first: a key that is there and was never taken is one that somebody has laid by hand, and is shown as such.
      if (before !== kept.fingerprint) {
        const { fingerprint, keyIds } = kept;
        const line: KeyTaken = { fingerprint, keyIds, at: now.toISOString(), by };
        await appendDurably(taken(user), JSON.stringify(line));
      }
      await writeDurably(place(user), kept.armored);
      return kept;
    },
  };
}

function unfit(user: string, reason: string): GreffierError {
  return new GreffierError('unfit-key', `the personal key of ${user} is not kept: ${reason}`, {
    hint: 'make it in the browser, or with gpg 2.2, and give it a passphrase',
    status: 400,
  });
}
