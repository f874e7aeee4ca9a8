#!/usr/bin/env node
// greffier-offline: what is done where the private keys are, or where the audit log is witnessed, on a computer that is
// not the box. It is built into one file that any Node from version 20 on runs; it reads and writes files and speaks to
// no network.

import { Command } from 'commander';
import { GreffierError, reasonOf } from '../shared/errors.ts';
import { VERSION } from '../version.ts';
import { auditVerb } from './audit-verify.ts';
import { discloseVerb } from './disclose.ts';
import { groupVerbs } from './group.ts';
import { keyVerbs } from './make.ts';
import { reencryptVerb } from './reencrypt-files.ts';
import { packVerbs } from './repack.ts';
import { witnessVerb } from './witness.ts';

const program = new Command('greffier-offline')
  .description(
    'makes keys, rewraps headers, opens session keys and witnesses the audit log, away from the box',
  )
  .version(VERSION)
  .showHelpAfterError('(greffier-offline --help lists the verbs)')
  .addHelpText('after', '\nPassphrases are read from standard input, one line, never from an argument.');

keyVerbs(program);
groupVerbs(program);
packVerbs(program);
reencryptVerb(program);
auditVerb(program);
discloseVerb(program);
witnessVerb(program);

try {
  await program.parseAsync();
} catch (error) {
  console.error(`greffier-offline: ${reasonOf(error)}`);
  if (error instanceof GreffierError && error.hint) console.error(`greffier-offline: hint: ${error.hint}`);
  process.exitCode = 1;
}
