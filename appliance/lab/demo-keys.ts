// The lab's recovery key, and one for each recipient group. Made on the host, as a company makes its own away from the
// appliance: the private parts never enter the box, only the public ones are handed to it.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as openpgp from 'openpgp';
import { recipientGroups } from './company.ts';
import type { Lab } from './lab.ts';

export interface DemoKeyPaths {
  privateKey: string;
  publicKey: string;
  passphrase: string;
}

/** Who has a key: the owner of everything, and each group. */
export const keyHolders = ['recovery', ...recipientGroups.map(({ id }) => id)];

/** Where a holder's demo key lies on the host. All have one passphrase. */
export function demoKeyPaths(lab: Lab, holder = 'recovery'): DemoKeyPaths {
  return {
    privateKey: join(lab.keys, `${holder}-private.asc`),
    publicKey: join(lab.keys, `${holder}-public.asc`),
    passphrase: join(lab.keys, 'passphrase'),
  };
}

/** Makes the lab's keys, once; the folder appears whole or not at all. */
export async function makeDemoKeys(lab: Lab): Promise<string | undefined> {
  if (existsSync(lab.keys)) return 'kept';
  const unfinished = `${lab.keys}.tmp`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  const passphrase = randomBytes(18).toString('base64url');
  for (const holder of keyHolders) {
    const pair = await openpgp.generateKey({
      // Version 4 keys of the older kind: the only ones that gpg 2.2, gpg 2.4 and sq all open.
      type: 'ecc',
      curve: 'curve25519Legacy',
      userIDs: [{ name: `Greffier lab ${lab.name}, ${holder}`, email: `${holder}@lab.invalid` }],
      passphrase,
      format: 'armored',
    });
    await writeFile(join(unfinished, `${holder}-private.asc`), pair.privateKey, { mode: 0o600 });
    await writeFile(join(unfinished, `${holder}-public.asc`), pair.publicKey, { mode: 0o644 });
  }
  await writeFile(join(unfinished, 'passphrase'), passphrase, { mode: 0o600 });
  await rename(unfinished, lab.keys);
  return undefined;
}

/** The passphrase of the lab's keys. */
export function readPassphrase(lab: Lab): Promise<string> {
  return readFile(demoKeyPaths(lab).passphrase, 'utf8');
}
