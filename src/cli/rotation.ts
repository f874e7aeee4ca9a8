// greffier keys rotate|status|rewrapped|complete|rollback: one key in the place of another.

import { type FileHandle, open, rename } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Appliance } from '../appliance.ts';
import { rotate, rotationStatus, takeHeaders } from '../keyring/rotation.ts';
import { complete, rollback } from '../keyring/rotation-end.ts';
import { allHeadersLeft, progressOf } from '../keyring/rotation-headers.ts';
import type { Rotation } from '../keys/rotation-file.ts';
import {
  headerLine,
  headLine,
  PACK_FORMAT,
  type PackedHeader,
  REWRAPPED_FORMAT,
  readHead,
  readHeader,
} from '../offline/pack.ts';
import { GreffierError, reasonOf } from '../shared/errors.ts';
import type { Action } from './greffier.ts';
import { printFacts } from './output.ts';
import { asCaller } from './privileges.ts';
import { actor, readAsCaller } from './wording.ts';

/** Adds the commands below `keys`. */
export function rotationCommands(keys: Command, withAppliance: Action): void {
  keys
    .command('rotate')
    .description('begin to put a new key in the place of an old one, and write what is to be rewrapped')
    .requiredOption('--from <fingerprint>', 'the key that is to go')
    .requiredOption('--to <file>', 'the public key that comes')
    .option('--pack <file>', 'write the headers to rewrap, for greffier-offline')
    .option('--json', 'as JSON')
    .action(({ from, to, pack, json }) =>
      withAppliance(async (appliance) => {
        const content = await readAsCaller(to);
        const rotation = await rotate(appliance, actor(), { from, name: to, content }, asCaller);
        if (pack !== undefined) await writePack(appliance, rotation, resolve(pack));
        printFacts({ ...(await rotationStatus(appliance)), ...(pack !== undefined && { pack }) }, json);
      }),
    );
  keys
    .command('status')
    .description('how far a rotation is, and what keeps it from being completed')
    .option('--json', 'as JSON')
    .action(({ json }) =>
      withAppliance(async (appliance) => {
        const status = await rotationStatus(appliance);
        if (!status && !json) console.error('greffier: there never was a rotation');
        else printFacts(status ?? {}, json);
      }),
    );
  keys
    .command('rewrapped <pack>')
    .description('take back what greffier-offline has rewrapped')
    .option('--json', 'as JSON')
    .action((pack, { json }) => withAppliance((appliance) => takeBack(appliance, resolve(pack), json)));
  for (const [name, work, what] of [
    ['complete', complete, 'let the old key go, and destroy every header that it opened'],
    ['rollback', rollback, 'put every header back as it was, and take the new key away'],
  ] as const) {
    keys
      .command(name)
      .description(what)
      .action(() =>
        withAppliance(async (appliance) => {
          const { id, state } = await work(appliance, actor(), asCaller);
          console.log(`rotation ${id} ${state}`);
        }),
      );
  }
}

/** The file is opened as root and filled as the daemon's user, who may read the vault. */
async function writePack(appliance: Appliance, rotation: Rotation, path: string): Promise<void> {
  const { id, from, to } = rotation;
  const part = `${path}.part`;
  const file = await asCaller(() => open(part, 'w', 0o600));
  try {
    const { left } = progressOf(appliance, rotation);
    await file.write(headLine({ format: PACK_FORMAT, rotation: id, from, to, count: left }));
    for await (const header of allHeadersLeft(appliance, rotation)) await file.write(headerLine(header));
    await file.sync();
  } finally {
    await file.close();
  }
  await asCaller(() => rename(part, path));
}

async function takeBack(appliance: Appliance, path: string, json: boolean): Promise<void> {
  const file = await asCaller(() => open(path, 'r')).catch((cause) => {
    throw new GreffierError('unreadable', `cannot read ${path}: ${reasonOf(cause)}`, { cause });
  });
  try {
    const lines = linesOf(file);
    const first = await lines.next();
    const { rotation } = readHead(first.done ? '' : first.value, REWRAPPED_FORMAT);
    const taken = await takeHeaders(appliance, actor(), headersOf(lines), rotation);
    for (const { id, reason } of taken.refused) console.error(`greffier: ${id}: ${reason}`);
    if (taken.refused.some(({ reason }) => !reason.includes('destroyed'))) process.exitCode = 1;
    if (json) printFacts(taken, json);
    else console.log(`${taken.accepted} accepted, ${taken.refused.length} refused`);
  } finally {
    await file.close();
  }
}

async function* linesOf(file: FileHandle): AsyncGenerator<string> {
  for await (const line of file.readLines({ autoClose: false })) if (line.trim()) yield line;
}

async function* headersOf(lines: AsyncGenerator<string>): AsyncGenerator<PackedHeader> {
  let number = 1;
  for await (const line of lines) yield readHeader(line, ++number);
}
