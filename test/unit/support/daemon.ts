// The call's path in a process of its own, so that it can be killed as the kernel or the power would.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Encoding } from '../../../src/sealing/encoder.ts';
import type { MadeKey } from './world.ts';

export interface DaemonOptions {
  /** Stage at which it kills itself. */
  until?: string;
  encoding?: Encoding;
  /** How long it may run; 0 for as long as it takes. */
  patienceMs?: number;
}

/** Starts it over a folder that a path is open in. Ends when it is killed. */
export function startDaemon(
  root: string,
  key: MadeKey,
  { until = '', encoding = 'flac', patienceMs = 60_000 }: DaemonOptions,
) {
  const keyFile = join(root, 'recipient.asc');
  writeFileSync(keyFile, key.armoredPublic);
  const script = join(import.meta.dirname, 'killed-at.ts');
  return execa(process.execPath, [script, root, keyFile, encoding, until], {
    reject: false,
    timeout: patienceMs,
  });
}
