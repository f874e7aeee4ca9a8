/** One error for every failure that a page has to tell, with a stable code. Shared with the key's worker. */

/** A refusal of the server, or the network's (`unreachable`). */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  readonly retryAfterSeconds: number;
  /** What to do about it, in the server's words. */
  readonly hint: string;

  constructor(code: string, message: string, status = 0, retryAfterSeconds = 0, hint = '') {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
    this.hint = hint;
  }
}

/** Reads the error format that every route shares. */
export async function errorOf(answer: Response): Promise<ApiError> {
  const body: unknown = await answer.json().catch(() => null);
  const error = (body as { error?: { code?: unknown; message?: unknown; hint?: unknown } } | null)?.error;
  const code = typeof error?.code === 'string' ? error.code : 'unexpected';
  const message = typeof error?.message === 'string' ? error.message : `the server answered ${answer.status}`;
  const hint = typeof error?.hint === 'string' ? error.hint : '';
  return new ApiError(code, message, answer.status, Number(answer.headers.get('retry-after')) || 0, hint);
}

/** The stable code of any failure, for the dictionary. */
export function codeOf(error: unknown): string {
  return error instanceof ApiError ? error.code : 'unexpected';
}
