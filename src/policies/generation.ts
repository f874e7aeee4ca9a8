// The compiled policies on disk, where Asterisk reads them. `current` is replaced last and at once: a call sees the old
// rules or the new, never a mixture. Old generations stay, because calls and recordings name them.

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { readIfThere, writeDurably } from '../shared/files.ts';
import type { Compiled } from './compile.ts';

/** Readable by Asterisk, whose group the folder hands on. */
const MODE = 0o640;

/** The generation that calls go by; undefined when there is none yet. */
export async function generationInForce(folder: string): Promise<string | undefined> {
  return (await readIfThere(join(folder, 'current'))) || undefined;
}

/** Puts a generation beside the others; nothing goes by it yet. */
export async function keepGeneration(folder: string, { generation, text }: Compiled): Promise<void> {
  await replaceIfOther(join(folder, `${generation}.conf`), text);
}

/** Makes a generation that was kept the one in force. */
export async function putInForce(folder: string, generation: string): Promise<void> {
  await replaceIfOther(join(folder, 'current'), generation);
}

/**
 * Writes the queues and has Asterisk read them, unless it has read just these. When that fails they are read when
 * Asterisk starts, or at the next publication; the reason is returned.
 */
export async function putQueues(
  folder: string,
  queues: string,
  reload: () => Promise<void>,
): Promise<unknown> {
  await replaceIfOther(join(folder, 'queues.conf'), queues);
  const noted = join(folder, 'queues.read');
  const hash = createHash('sha256').update(queues).digest('hex');
  if ((await readIfThere(noted)) === hash) return undefined;
  try {
    await reload();
  } catch (error) {
    return error;
  }
  await writeDurably(noted, hash);
  return undefined;
}

async function replaceIfOther(path: string, text: string): Promise<void> {
  if ((await readIfThere(path)) !== text) await writeDurably(path, text, MODE);
}
