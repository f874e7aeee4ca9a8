// greffier-offline make-group|wrap-group: a key that several people hold, each by their own personal key.

import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { createMessage, encrypt } from 'openpgp';
import { headOf, joined } from '../shared/packets.ts';
import { openPrivateKey, readRecipientKeys, writeNew } from './key-files.ts';
import { wholeYears } from './make.ts';
import { makeKey } from './new-key.ts';
import { openSessionKey, sealSessionKey } from './rewrap.ts';

/** Adds the verbs. */
export function groupVerbs(program: Command): void {
  program
    .command('make-group')
    .description('a group key, its private part wrapped to the personal keys of the members')
    .requiredOption('--name <name>', 'name of the group')
    .requiredOption('--members <file...>', 'public personal keys')
    .option('--years <count>', 'how long it is valid', wholeYears, 5)
    .option('--out <folder>', 'where the files go', '.')
    .action(async ({ name, members, years, out }) => {
      const encryptionKeys = await readRecipientKeys(members);
      const made = await makeKey({ name, years });
      // Without a passphrase of its own: who opens the message with a personal key has the group's.
      const message = await createMessage({ text: made.privateKey });
      const wrapped = (await encrypt({ message, encryptionKeys, format: 'binary' })) as Uint8Array;
      await mkdir(out, { recursive: true });
      await writeNew(join(out, `${made.fingerprint}.pgp`), wrapped);
      await writeNew(join(out, `${made.fingerprint}.asc`), made.publicKey);
      console.log(made.fingerprint);
    });
  program
    .command('wrap-group <wrapped>')
    .description('the same group key for other members: somebody has come or gone')
    .requiredOption('--key <file>', 'private personal key of a member')
    .requiredOption('--members <file...>', 'public personal keys of all members from now on')
    .requiredOption('--out <file>', 'file to write')
    .action(async (path, { key, members, out }) => {
      const { header, rest } = headOf(new Uint8Array(await readFile(path)));
      const sessionKey = await openSessionKey(header, await openPrivateKey(key));
      await writeNew(out, joined([await sealSessionKey(sessionKey, await readRecipientKeys(members)), rest]));
      console.error(
        'greffier-offline: who has left may have kept the group key: rotate it, if they should open nothing more',
      );
    });
}
