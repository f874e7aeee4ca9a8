// Errors that a person can act on. Messages are lower case, name the value and end without a full stop; the hint says
// what to do. Anything else that is thrown is a fault of ours and ends the process; systemd starts it again.

/** An error with a stable code, for programs, and a hint, for people. */
export class GreffierError extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  /** HTTP status to answer with when it reaches the web. */
  readonly status: number;

  constructor(
    code: string,
    message: string,
    options: { hint?: string; status?: number; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'GreffierError';
    this.code = code;
    this.hint = options.hint;
    this.status = options.status ?? 500;
  }
}

/** The text of anything thrown. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** True when a file operation failed because the file is not there. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
