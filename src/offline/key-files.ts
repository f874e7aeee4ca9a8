// Keys as they come in files, and the passphrase that opens them.

import { open, readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import {
  decrypt,
  decryptKey,
  type PrivateKey,
  type PublicKey,
  readKeys,
  readMessage,
  readPrivateKeys,
} from 'openpgp';
import { whyUnfit } from '../keys/profile.ts';
import { GreffierError, reasonOf } from '../shared/errors.ts';

const SHORTEST_PASSPHRASE = 12;
let said: string | undefined;

/**
 * The passphrase: the first line of standard input; it is read once. At a terminal it is asked for and not shown.
 * Throws `no-passphrase`.
 */
export async function readPassphrase(what: string): Promise<string> {
  said ??= process.stdin.isTTY ? await ask(`passphrase of ${what}: `) : await firstLine();
  if (said) return said;
  throw new GreffierError('no-passphrase', `${what} needs a passphrase`, {
    hint: 'give it on standard input, one line',
  });
}

/** A passphrase for a key that is being made. Throws `weak-passphrase`. */
export async function newPassphrase(what: string): Promise<string> {
  const passphrase = await readPassphrase(what);
  if (passphrase.length >= SHORTEST_PASSPHRASE) return passphrase;
  throw new GreffierError('weak-passphrase', `a passphrase needs at least ${SHORTEST_PASSPHRASE} characters`);
}

/**
 * The private key in a file, opened. Throws `bad-key`, `wrong-passphrase`.
 * @param via a wrapped group key: the file then holds the personal key that opens it
 */
export async function openPrivateKey(path: string, via?: string): Promise<PrivateKey> {
  const [key, ...others] = await read(path, (text) => readPrivateKeys({ armoredKeys: text }));
  if (!key || others.length > 0) throw badKey(path, `it holds ${others.length + (key ? 1 : 0)} private keys`);
  const opened = key.isDecrypted() ? key : await unlock(key, path);
  if (via === undefined) return opened;
  const message = await readMessage({ binaryMessage: new Uint8Array(await readFile(via)) });
  const { data } = await decrypt({ message, decryptionKeys: opened }).catch((error) => {
    throw new GreffierError('wrong-key', `${path} does not open ${via}: ${reasonOf(error)}`);
  });
  const [group] = await readPrivateKeys({ armoredKeys: `${data}` });
  if (!group) throw badKey(via, 'there is no key in it');
  return group;
}

/** Public keys that may be sealed to now. Throws `unfit-key`. */
export async function readRecipientKeys(paths: string[], now = new Date()): Promise<PublicKey[]> {
  return Promise.all(
    paths.map(async (path) => {
      const [key, ...others] = await read(path, (text) => readKeys({ armoredKeys: text }));
      if (!key || others.length > 0) throw badKey(path, `it holds ${others.length + (key ? 1 : 0)} keys`);
      const unfit = await whyUnfit(key, now);
      if (unfit) throw new GreffierError('unfit-key', `${path} cannot be sealed to: ${unfit}`);
      return key;
    }),
  );
}

/** Writes a new file, never over one that is there, readable by its owner alone. */
export async function writeNew(path: string, content: string | Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600).catch((cause) => {
    throw new GreffierError('not-written', `cannot write ${path}: ${reasonOf(cause)}`, { cause });
  });
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function unlock(privateKey: PrivateKey, path: string): Promise<PrivateKey> {
  const passphrase = await readPassphrase(path);
  return decryptKey({ privateKey, passphrase }).catch((error) => {
    throw new GreffierError('wrong-passphrase', `${path} does not open: ${reasonOf(error)}`);
  });
}

async function read<T>(path: string, parse: (text: string) => Promise<T>): Promise<T> {
  try {
    return await parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw badKey(path, reasonOf(error));
  }
}

function badKey(path: string, reason: string): GreffierError {
  return new GreffierError('bad-key', `cannot use ${path}: ${reason}`, {
    hint: 'one key a file, armored (gpg --armor --export, --export-secret-keys)',
  });
}

async function firstLine(): Promise<string> {
  for await (const line of createInterface({ input: process.stdin })) return line;
  return '';
}

/** Typed at a terminal, without showing it. */
async function ask(prompt: string): Promise<string> {
  process.stderr.write(prompt);
  process.stdin.setRawMode(true);
  let typed = '';
  try {
    for await (const chunk of process.stdin) {
      for (const letter of `${chunk}`) {
        if (letter === '\r' || letter === '\n') return typed;
        if (letter === '\u0003') throw new GreffierError('interrupted', 'interrupted');
        typed = letter === '\u007f' ? typed.slice(0, -1) : typed + letter;
      }
    }
    return typed;
  } finally {
    process.stdin.setRawMode(false);
    process.stderr.write('\n');
  }
}
