// Commands on the host. Always an argument list, never a shell.
import { execa } from 'execa';
import { Problem } from './problem.ts';

export interface RunOptions {
  /** Called with each line of output as it comes, standard error included. */
  onLine?: (line: string) => void;
  input?: string;
  cwd?: string;
  env?: Record<string, string>;
  /** The command as it is shown when it fails, if not as it is run. */
  shown?: string;
}

/** Runs a command and returns what it printed; a non-zero exit is a Problem that quotes its last lines. */
export async function run(command: string, args: string[], options: RunOptions = {}): Promise<string> {
  const { onLine, input, shown = [command, ...args].join(' '), ...rest } = options;
  const child = execa(command, args, {
    ...rest,
    ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
    all: true,
    reject: false,
  });
  if (onLine) for await (const line of child.iterable({ from: 'all' })) onLine(line);
  const result = await child;
  if (result.failed) throw failure(command, shown, result);
  return result.stdout;
}

/** Runs a command only to know whether it succeeds. */
export async function succeeds(command: string, args: string[]): Promise<boolean> {
  const result = await execa(command, args, { stdin: 'ignore', reject: false });
  return !result.failed;
}

/**
 * Runs a long command that must not outlive us: when we die, even by kill -9, so do it and all its children. Without
 * this the next `make up` would meet a builder that is still writing.
 */
export function runLeashed(command: string, args: string[], options: RunOptions = {}): Promise<string> {
  const leash = ['--pdeathsig', 'KILL', 'unshare', '--pid', '--fork', '--kill-child', '--mount-proc'];
  return run('setpriv', [...leash, command, ...args], { shown: [command, ...args].join(' '), ...options });
}

interface Failed {
  all?: string | undefined;
  exitCode?: number | undefined;
  code?: string | undefined;
}

function failure(command: string, shown: string, { all = '', exitCode, code }: Failed): Problem {
  if (code === 'ENOENT') return new Problem(`the command ${command} is missing`, 'run: make up');
  const tail = all.trimEnd().split('\n').slice(-15).join('\n    ');
  return new Problem(
    `"${shown}" failed with exit code ${exitCode}:\n    ${tail}`,
    'mend what it complains about and run this again',
  );
}
