// The command line, as an admin types it: what a command prints, and the status it would end with.

import { Command } from 'commander';
import type { Test } from 'tap';
import type { Appliance } from '../../../src/appliance.ts';
import type { Action } from '../../../src/cli/greffier.ts';

/**
 * Runs one command over an open appliance. Throws what the command throws.
 * @param add adds the commands to the program, as greffier.ts has it done
 */
export async function run(
  t: Test,
  add: (program: Command, withAppliance: Action) => void,
  appliance: Appliance,
  ...words: string[]
) {
  const printed = { out: '', err: '' };
  const write = (stream: 'out' | 'err') => (text: unknown) => {
    printed[stream] += `${text}\n`;
    return true;
  };
  const before = [console.log, console.error, process.stdout.write] as const;
  [console.log, console.error] = [write('out'), write('err')];
  if (words.includes('--yaml') || words.includes('--csv'))
    process.stdout.write = write('out') as typeof process.stdout.write;
  try {
    const program = new Command('greffier').exitOverride();
    add(program, (work) => work(appliance));
    await program.parseAsync(['node', 'greffier', ...words]);
    return { ...printed, status: process.exitCode ?? 0 };
  } finally {
    [console.log, console.error, process.stdout.write] = before;
    process.exitCode = 0;
    t.pass(words.join(' '));
  }
}
