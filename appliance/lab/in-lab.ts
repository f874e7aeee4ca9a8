// Commands inside the box, as root.
import { join } from 'node:path';
import { execa } from 'execa';

export interface InLabOptions {
  input?: string;
  /** Milliseconds after which the command is killed. */
  timeout?: number;
  /** Set to false to be given a failed command's result instead of an exception. */
  reject?: boolean;
  env?: Record<string, string>;
}

export interface InLabResult {
  stdout: string;
  stderr: string;
  exitCode: number | undefined;
}

/** The words to put before a command that shall run as root in this lab; they stay good when the box reboots. */
export function entrance(name: string): string[] {
  return [join(import.meta.dirname, 'enter'), name];
}

/** Runs a command inside the lab and gives back what it said. */
export async function inLab(name: string, argv: string[], options: InLabOptions = {}): Promise<InLabResult> {
  const { env = {}, input, timeout, reject = true } = options;
  const settings = Object.entries(env).map(([key, value]) => `${key}=${value}`);
  const [command = '', ...args] = [...entrance(name), 'env', ...settings, ...argv];
  const { stdout, stderr, exitCode } = await execa(command, args, {
    ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
    ...(timeout === undefined ? {} : { timeout }),
    reject,
  });
  return { stdout, stderr, exitCode };
}
