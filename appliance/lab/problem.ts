// What went wrong, told to the person at the terminal: lower case, naming the value, with one hint on what to do.

/** An error that a person can act on; anything else that is thrown is a fault in the lab itself. */
export class Problem extends Error {
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.name = 'Problem';
    this.hint = hint;
  }
}

/** Prints an error the way all commands of the lab do, on standard error. */
export function complain(error: unknown): void {
  if (error instanceof Problem) {
    process.stderr.write(`\ngreffier lab: ${error.message}\n  hint: ${error.hint}\n`);
  } else {
    process.stderr.write(`\ngreffier lab: ${error instanceof Error ? error.stack : String(error)}\n`);
  }
}

/** Runs one command of the lab as a whole process: exit code 1 after any error, 130 after Ctrl-C. */
export async function runAsCommand(
  work: () => Promise<void>,
  afterInterrupt = 'run it again',
): Promise<void> {
  process.on('SIGINT', () => {
    process.stderr.write(`\ngreffier lab: interrupted\n  hint: ${afterInterrupt}\n`);
    process.exit(130);
  });
  try {
    await work();
  } catch (error) {
    complain(error);
    process.exitCode = 1;
  }
}
