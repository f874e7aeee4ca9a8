// The lab's recovery key. Made on the host, as a company makes its own away from the appliance: the private part never
// enters the box, only the public one is handed to it.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as openpgp from 'openpgp';
import type { Lab } from './lab.ts';

export interface DemoKeyPaths {
  privateKey: string;
  publicKey: string;
  passphrase: string;
}

/** Where the demo key lies on the host. */
export function demoKeyPaths(lab: Lab): DemoKeyPaths {
  return {
    privateKey: join(lab.keys, 'recovery-private.asc'),
    publicKey: join(lab.keys, 'recovery-public.asc'),
    passphrase: join(lab.keys, 'passphrase'),
  };
}

/** Makes the lab's recovery key, once; the folder appears whole or not at all. */
export async function makeDemoKeys(lab: Lab): Promise<string | undefined> {
  if (existsSync(lab.keys)) return 'kept';
  const unfinished = `${lab.keys}.tmp`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  const passphrase = randomBytes(18).toString('base64url');
  const pair = await openpgp.generateKey({
    // Version 4 keys of the older kind: the only ones that gpg 2.2, gpg 2.4 and sq all open.
    type: 'ecc',
    curve: 'curve25519Legacy',
    userIDs: [{ name: `Greffier lab ${lab.name}`, email: 'recovery@lab.invalid' }],
    passphrase,
    format: 'armored',
  });
  await writeFile(join(unfinished, 'recovery-private.asc'), pair.privateKey, { mode: 0o600 });
  await writeFile(join(unfinished, 'recovery-public.asc'), pair.publicKey, { mode: 0o644 });
  await writeFile(join(unfinished, 'passphrase'), passphrase, { mode: 0o600 });
  await rename(unfinished, lab.keys);
  return undefined;
}

/** The passphrase of the lab's recovery key. */
export function readPassphrase(lab: Lab): Promise<string> {
  return readFile(demoKeyPaths(lab).passphrase, 'utf8');
}
