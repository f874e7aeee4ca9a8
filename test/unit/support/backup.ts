// An appliance with real recordings, a place for its backups, and a second machine to restore onto.

import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decrypt, readMessage } from 'openpgp';
import type { Test } from 'tap';
import type { Appliance } from '../../../src/appliance.ts';
import { type BackupOptions, backUp } from '../../../src/backing-up.ts';
import { addTarget } from '../../../src/backing-up-daily.ts';
import { createDestruction, dueRecording } from '../../../src/destruction.ts';
import { openSigner } from '../../../src/keys/signing.ts';
import { sweep } from '../../../src/purge/sweep.ts';
import { type RestoreOptions, restore } from '../../../src/restoring.ts';
import { type KeyWorld, keepSealed, lay, oldEnough, openKeyWorld } from './keys.ts';
import type { MadeKey } from './world.ts';

export const DAY_MS = 86_400_000;

export type BackupWorld = Awaited<ReturnType<typeof openBackupWorld>>;

/** Opens an appliance that has a recovery key and a target. */
export async function openBackupWorld(t: Test) {
  const world = await openAppliance(t);
  const target = world.at('mounted');
  await mkdir(target);
  const targetId = await addTarget(world.appliance, target, 'root');
  const run = (options: BackupOptions = {}) => backUp(world.appliance, target, options);
  return { ...world, target, targetId, run };
}

/** Opens an appliance whose state has every place that a backup looks at. */
export async function openAppliance(t: Test) {
  const world = await openKeyWorld(t);
  const recovery = await oldEnough('Recovery');
  await lay(world, 'recovery', recovery);
  await mkdir(world.at('etc', 'secrets'));
  await writeFile(world.at('etc', 'secrets', 'hmac'), 'a secret that searches by number need');
  givePlaces(world);
  return { ...world, recovery };
}

/** Tells an appliance where what a backup looks at lies. */
export function givePlaces({ appliance, at }: Pick<KeyWorld, 'appliance' | 'at'>): void {
  const { config } = appliance;
  const names = ['backups', 'catalogue', 'checks'];
  Object.assign(config.paths, { state: at('.'), hmacKey: at('etc', 'secrets', 'hmac') });
  Object.assign(config.state, Object.fromEntries(names.map((name) => [name, at(name)])));
  Object.assign(config.state, { vaultId: at('vault-id') });
  Object.assign(config.site, { timezone: 'Europe/Paris' });
}

/** Seals recordings to the recovery key. */
export async function keepSome(t: Test, world: KeyWorld & { recovery: MadeKey }, count: number) {
  const kept = [];
  for (let index = 0; index < count; index += 1) kept.push(await keepSealed(t, world, [world.recovery]));
  return kept;
}

/** Destroys one recording as the sweep does. */
export async function destroy(
  { appliance, clock, catalogue }: Pick<BackupWorld, 'appliance' | 'clock' | 'catalogue'>,
  id: string,
) {
  const row = catalogue.recording(id);
  if (!row) throw new Error(`no recording ${id}`);
  const one = [dueRecording({ ...row, goes_at: row.due_at })];
  const destruction = { ...createDestruction(appliance), due: () => one.splice(0) };
  return sweep(destruction, clock(), { reason: 'objection' });
}

/** Another machine, onto which the state was restored: the same keys, an empty vault. */
export async function anotherMachine(t: Test, { at, clock }: KeyWorld) {
  const other = await openAppliance(t);
  await cp(at('keys'), other.at('keys'), { recursive: true });
  const signer = await openSigner(other.at('keys'));
  const appliance = { ...other.appliance, signer, clock } as Appliance;
  const bringBack = (folder: string, options: Partial<RestoreOptions> = {}) =>
    restore(appliance, folder, { by: 'root', ...options });
  return { ...other, clock, signer, appliance, bringBack };
}

/** Paths of all files below a folder. */
export async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

/** Files below a folder in which those bytes are found. */
export async function filesWith(folder: string, bytes: Uint8Array): Promise<string[]> {
  const found = [];
  for (const file of await filesIn(folder))
    if ((await readFile(file)).includes(Buffer.from(bytes))) found.push(file);
  return found;
}

/** The sealed states on a target, opened with the recovery key: archives in clear. */
export async function statesOn({ target, recovery }: BackupWorld): Promise<Buffer[]> {
  const opened = [];
  for (const file of (await filesIn(join(target, 'sets'))).filter((path) => path.endsWith('state.tar.pgp'))) {
    const message = await readMessage({ binaryMessage: Uint8Array.from(await readFile(file)) });
    const { data } = await decrypt({ message, decryptionKeys: recovery.privateKey, format: 'binary' });
    opened.push(Buffer.from(data as Uint8Array));
  }
  return opened;
}
