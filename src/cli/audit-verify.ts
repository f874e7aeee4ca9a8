// greffier audit verify: is the log what it was? Handed what witnesses keep, it also finds a log that was cut or rewritten.

import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Appliance } from '../appliance.ts';
import { readCheckpointFile, readCheckpoints, readLog } from '../audit/read-log.ts';
import { verifyLog } from '../audit/verify.ts';
import { verifier } from '../signatures.ts';
import type { Action } from './greffier.ts';
import { printFacts } from './output.ts';
import { asCaller } from './privileges.ts';
import { showProgress } from './progress.ts';

interface Options {
  checkpoint: string[];
  witness: string[];
  json: boolean;
}

/** Adds the command. */
export function verifyCommand(audit: Command, withAppliance: Action): void {
  const collect = (value: string, before: string[]) => [...before, value];
  audit
    .command('verify')
    .description('whether the log is what it was; ends with 1 when it is not')
    .option(
      '--checkpoint <file>',
      'one that a witness keeps, its signature beside it as FILE.asc',
      collect,
      [],
    )
    .option('--witness <folder>', 'folder of checkpoints that a witness keeps', collect, [])
    .option('--json', 'as JSON')
    .action((options: Options) => withAppliance((appliance) => verify(appliance, options)));
}

async function verify({ audit, signer, config }: Appliance, options: Options): Promise<void> {
  // A log that was cut has none of now: that is what is found out below.
  await audit.checkpoint().catch(() => {});
  const log = await readLog(config.state.audit);
  const external = await asCaller(() => witnessed(options));
  const progress = showProgress('verifying', (await audit.lines()).length);
  let done = 0;
  const whyBad = await verifier(signer.publicKey);
  const verified = await verifyLog({ ...log, checkpoints: [...log.checkpoints, ...external], whyBad }, () => {
    done += 1;
    progress.at(done);
  });
  progress.end();
  const { findings, ...rest } = verified;
  if (findings.length) process.exitCode = 1;
  if (options.json) return printFacts(verified, true);
  printFacts({ ...rest, checkpoints: log.checkpoints.length, ofWitnesses: external.length }, false);
  for (const { code, says } of findings) console.error(`greffier: ${code}: ${says}`);
  if (external.length === 0)
    console.error('greffier: no checkpoint of a witness was given: a log that was signed anew would pass');
}

async function witnessed({ checkpoint, witness }: Options) {
  const files = await Promise.all(checkpoint.map((file) => readCheckpointFile(resolve(file))));
  const folders = await Promise.all(witness.map((folder) => readCheckpoints(resolve(folder))));
  return [...files, ...folders.flat()];
}
