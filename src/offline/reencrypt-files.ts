// greffier-offline reencrypt: every recording in a folder, each in a folder of its own as the vault has it.

import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { PrivateKey, PublicKey } from 'openpgp';
import { GreffierError, reasonOf } from '../shared/errors.ts';
import { openPrivateKey, readRecipientKeys, writeNew } from './key-files.ts';
import { REENCRYPTED_FORMAT, reencrypt } from './reencrypt.ts';

/** Adds the verb. */
export function reencryptVerb(program: Command): void {
  program
    .command('reencrypt <folder>')
    .description('encrypt recordings again, that greffier recordings reencrypt has written')
    .requiredOption('--key <file>', 'private key that opens them')
    .option('--via <file>', 'wrapped group key: --key is then the personal key that opens it')
    .requiredOption('--to <file...>', 'public keys of all recipients: recovery, and the groups of the policy')
    .requiredOption('--out <folder>', 'folder to write to, for greffier recordings reencrypted')
    .action(async (folder, { key, via, to, out }) => {
      const [from, keys] = [await openPrivateKey(key, via), await readRecipientKeys(to)];
      const ids = (await readdir(folder)).sort();
      for (const [index, id] of ids.entries()) {
        try {
          await reencryptOne(join(folder, id), join(out, id), from, keys);
        } catch (error) {
          console.error(`greffier-offline: ${id}: ${reasonOf(error)}`);
          process.exitCode = 1;
        }
        console.error(`greffier-offline: ${index + 1} of ${ids.length}`);
      }
    });
}

async function reencryptOne(folder: string, out: string, from: PrivateKey, to: PublicKey[]): Promise<void> {
  const [header, body, details, manifest] = (await Promise.all(
    ['header.pgp', 'body.pgp', 'details.pgp', 'manifest.json'].map(async (name) =>
      Uint8Array.from(await readFile(join(folder, name))),
    ),
  )) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  const { id, body: named } = JSON.parse(new TextDecoder().decode(manifest));
  if (sha256(body) !== named.sha256)
    throw new GreffierError('body-altered', 'the body is not the one that the manifest names');
  const sealed = await reencrypt({ header, body, details }, from, to);
  await mkdir(out, { recursive: true });
  await writeNew(join(out, 'body.pgp'), sealed.body);
  await writeNew(join(out, 'details.pgp'), sealed.details);
  await writeNew(join(out, 'header.pgp'), sealed.header);
  // Last of all: what has it is complete.
  const note = { format: REENCRYPTED_FORMAT, id, former: sha256(manifest) };
  await writeNew(join(out, 'reencrypted.json'), `${JSON.stringify(note)}\n`);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
