// greffier-offline audit-verify: an exported audit log, held against itself and against what witnesses keep.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { readCheckpointFile, readLog } from '../audit/read-log.ts';
import { verifyLog } from '../audit/verify.ts';
import { verifier } from '../signatures.ts';

/** Adds the verb. */
export function auditVerb(program: Command): void {
  const collect = (value: string, before: string[]) => [...before, value];
  program
    .command('audit-verify <folder>')
    .description('whether an exported audit log is what it was; ends with 1 when it is not')
    .option(
      '--checkpoint <file>',
      'one that a witness keeps, its signature beside it as FILE.asc',
      collect,
      [],
    )
    .option('--key <file>', "the appliance's public key, from somewhere else than the export")
    .action(async (folder, { checkpoint, key }) => {
      const log = await readLog(folder);
      const external = await Promise.all((checkpoint as string[]).map(readCheckpointFile));
      const whyBad = await verifier(await readFile(key ?? join(folder, 'appliance.asc'), 'utf8'));
      const { findings, size, root, torn, erased } = await verifyLog({
        ...log,
        checkpoints: [...log.checkpoints, ...external],
        whyBad,
      });
      console.log(`${size} entries, ${erased} erased, ${torn} torn by a power cut, root ${root}`);
      for (const { code, says } of findings) console.error(`greffier-offline: ${code}: ${says}`);
      if (findings.length) process.exitCode = 1;
      if (external.length === 0)
        console.error('greffier-offline: without --checkpoint a log that was signed anew would pass');
    });
}
