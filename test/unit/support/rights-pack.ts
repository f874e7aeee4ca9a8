// Packages of the rights desk, as somebody exports and unpacks them.

import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Test } from 'tap';
import { rightsCommands } from '../../../src/cli/rights.ts';
import { run } from './cli.ts';
import { callOf, type Desk, openDesk, requestOf, sealedOf } from './rights.ts';
import { makeKey, ownFolder } from './world.ts';

export const [recovery, team, person] = await Promise.all([makeKey(), makeKey(), makeKey()]);
const BOTH = [recovery.armoredPublic, team.armoredPublic];
export const UNRECORDED = '3f2b8c1e-5a64-4c0e-9d7a-0123456789ab';

/** Runs the export as somebody types it. Returns the package's file. */
export async function exported(t: Test, desk: Desk, id: string, ...options: string[]): Promise<string> {
  const to = await ownFolder(t);
  await run(t, rightsCommands, desk.appliance, 'rights', 'export', id, '--to', to, ...options);
  t.same(await readdir(to), [`request-${id}.tar`], 'nothing else is left there');
  return join(to, `request-${id}.tar`);
}

/** Unpacks a package as a stranger does. Returns its folder. */
export async function unpacked(t: Test, file: string): Promise<string> {
  const to = await ownFolder(t);
  await execa('tar', ['--extract', `--file=${file}`, `--directory=${to}`]);
  return join(to, (await readdir(to))[0] ?? '');
}

/** A key in a file. */
export async function keyFile(t: Test, armored: string): Promise<string> {
  const file = join(await ownFolder(t), 'key.asc');
  await writeFile(file, armored);
  return file;
}

/** A request for access, with two recordings that open and a call that was not recorded. */
export async function deskWith(t: Test) {
  const desk = await openDesk(t);
  const kept = [await sealedOf(t, desk, BOTH), await sealedOf(t, desk, BOTH)] as const;
  await callOf(desk, UNRECORDED);
  return { desk, kept, id: (await requestOf(desk, 'access')).id };
}
