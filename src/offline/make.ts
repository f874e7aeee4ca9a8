// greffier-offline make-recovery|make-personal|session-key

import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { unarmor } from 'openpgp';
import { headOf } from '../shared/packets.ts';
import { newPassphrase, openPrivateKey, writeNew } from './key-files.ts';
import { makeKey } from './new-key.ts';
import { openSessionKey, overrideOf } from './rewrap.ts';

/** Adds the verbs. */
export function keyVerbs(program: Command): void {
  for (const [verb, what] of [
    [
      'make-recovery',
      'a recovery key: it opens every recording, and its private part never comes to the box',
    ],
    ['make-personal', 'a personal key: it opens the group keys that are wrapped to it'],
  ] as const) {
    program
      .command(verb)
      .description(what)
      .requiredOption('--name <name>', 'whose it is')
      .option('--email <address>', 'address in the name of the key')
      .option('--years <count>', 'how long it is valid', wholeYears, 5)
      .option('--out <folder>', 'where the files go', '.')
      .action(async ({ name, email, years, out }) => {
        const kind = verb.slice('make-'.length);
        const made = await makeKey({ name, email, years, passphrase: await newPassphrase('the new key') });
        const base = join(out, `${kind}-${made.fingerprint.slice(-16)}`);
        await mkdir(out, { recursive: true });
        await writeNew(`${base}.private.asc`, made.privateKey);
        await writeNew(`${base}.revocation.asc`, made.revocationCertificate);
        await writeNew(`${base}.asc`, made.publicKey);
        console.log(made.fingerprint);
        console.error(`greffier-offline: ${base}.asc goes to the box; the other two never do`);
      });
  }
  program
    .command('session-key <message>')
    .description('the session key of a message or a header, as gpg --override-session-key takes it')
    .requiredOption('--key <file>', 'private key that opens it')
    .option('--via <file>', 'wrapped group key: --key is then the personal key that opens it')
    .action(async (path, { key, via }) => {
      const { header } = headOf(await binaryOf(path));
      console.log(overrideOf(await openSessionKey(header, await openPrivateKey(key, via))));
    });
}

/** The packets in a file, armored or not. */
export async function binaryOf(path: string): Promise<Uint8Array> {
  const bytes = await readFile(path);
  if (!bytes.subarray(0, 15).equals(Buffer.from('-----BEGIN PGP '))) return new Uint8Array(bytes);
  const { data } = await unarmor(bytes.toString());
  return data as Uint8Array;
}

/** A number of years. */
export function wholeYears(text: string): number {
  if (/^[1-9]\d?$/.test(text)) return Number(text);
  throw new InvalidArgumentError('write a whole number from 1 to 99');
}
