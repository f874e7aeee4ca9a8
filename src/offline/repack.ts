// greffier-offline rewrap: the headers of a pack, for another key. One that does not open is named and left out; the
// box keeps it as it is.

import { type FileHandle, open, rename } from 'node:fs/promises';
import type { Command } from 'commander';
import { GreffierError, reasonOf } from '../shared/errors.ts';
import { openPrivateKey, readRecipientKeys } from './key-files.ts';
import { headerLine, headLine, PACK_FORMAT, REWRAPPED_FORMAT, readHead, readHeader } from './pack.ts';
import { rewrapHeader } from './rewrap.ts';

const REPORT_MS = 1_000;

interface RewrapOptions {
  key: string;
  via?: string;
  to: string[];
  out: string;
}

/** Adds the verb. */
export function packVerbs(program: Command): void {
  program
    .command('rewrap <pack>')
    .description('rewrap the headers of a pack that greffier keys rotate has written')
    .requiredOption('--key <file>', 'private key that is to go')
    .option('--via <file>', 'wrapped group key: --key is then the personal key that opens it')
    .requiredOption('--to <file...>', 'public key that comes')
    .requiredOption('--out <file>', 'pack to write, for greffier keys rewrapped')
    .action((pack, options: RewrapOptions) => rewrapPack(pack, options));
}

async function rewrapPack(path: string, { key, via, to, out }: RewrapOptions): Promise<void> {
  const file = await open(path, 'r');
  const lines = file.readLines()[Symbol.asyncIterator]();
  const head = readHead((await lines.next()).value ?? '', PACK_FORMAT);
  const [from, keys] = [await openPrivateKey(key, via), await readRecipientKeys(to)];
  if (from.getFingerprint() !== head.from) throw wrongKey(key, from.getFingerprint(), head.from);
  const other = keys.findIndex((one) => one.getFingerprint() !== head.to);
  if (other >= 0 || keys.length !== 1)
    throw wrongKey(to[Math.max(other, 0)] ?? '', keys[Math.max(other, 0)]?.getFingerprint() ?? '', head.to);
  const part = await open(`${out}.part`, 'w', 0o600);
  try {
    await part.write(headLine({ ...head, format: REWRAPPED_FORMAT }));
    const failed = await rewrapLines(lines, head.count, part, (header) => rewrapHeader(header, from, keys));
    await part.sync();
    if (failed > 0) process.exitCode = 1;
  } finally {
    await part.close();
    await file.close();
  }
  await rename(`${out}.part`, out);
}

/** Returns how many could not be rewrapped. */
async function rewrapLines(
  lines: AsyncIterator<string>,
  total: number,
  out: FileHandle,
  rewrap: (header: Uint8Array) => Promise<Uint8Array>,
): Promise<number> {
  let [done, failed, reportedAt] = [0, 0, performance.now()];
  const report = () => console.error(`greffier-offline: ${done} of ${total} rewrapped, ${failed} failed`);
  for (let number = 2; ; number += 1) {
    const { value: line, done: ended } = await lines.next();
    if (ended) break;
    if (!line.trim()) continue;
    const { id, header } = readHeader(line, number);
    try {
      await out.write(headerLine({ id, header: await rewrap(header) }));
      done += 1;
    } catch (error) {
      failed += 1;
      console.error(`greffier-offline: ${id}: ${reasonOf(error)}`);
    }
    if (performance.now() - reportedAt < REPORT_MS) continue;
    report();
    reportedAt = performance.now();
  }
  report();
  return failed;
}

function wrongKey(path: string, found: string, wanted: string): GreffierError {
  return new GreffierError('wrong-key', `${path} is ${found}, and the pack is about ${wanted}`, {
    hint: 'the rotation says which key goes and which one comes',
  });
}
