// A log as it lies in a folder: the appliance's own, or an export of it somewhere else.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readIfThere } from '../shared/files.ts';
import { beginningOf, LOG, PRUNED } from './log-file.ts';
import { prunedLeaves } from './pruning.ts';
import type { LogToVerify } from './verify.ts';

/** Reads all that verifying needs, but for whose signature counts. */
export async function readLog(folder: string): Promise<Omit<LogToVerify, 'whyBad'>> {
  const beginning = await beginningOf(folder);
  const log = (await readFile(join(folder, LOG))).subarray(beginning.offset);
  const text = await readIfThere(join(folder, PRUNED));
  const signature = (await readIfThere(join(folder, `${PRUNED}.asc`))) ?? '';
  const pruned =
    text === undefined ? undefined : { ...beginning, leaves: await prunedLeaves(folder), text, signature };
  return { log, pruned, checkpoints: await readCheckpoints(join(folder, 'checkpoints')) };
}

/** Checkpoints in a folder, each with the signature beside it: `….txt` and `….txt.asc`. */
export async function readCheckpoints(folder: string): Promise<LogToVerify['checkpoints']> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.txt')).sort();
  return Promise.all(names.map((name) => readCheckpointFile(join(folder, name))));
}

/** One checkpoint. Without a signature beside it, it is not the appliance's. */
export async function readCheckpointFile(path: string): Promise<LogToVerify['checkpoints'][number]> {
  const text = await readFile(path, 'utf8');
  return { name: path, text, signature: (await readIfThere(`${path}.asc`)) ?? '' };
}
