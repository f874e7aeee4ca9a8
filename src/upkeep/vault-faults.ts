// What is wrong with the vault is wrong once, however many recordings wait for it: one alarm, by its own code.

import { GreffierError } from '../shared/errors.ts';

const CODES: Record<string, string> = {
  'vault-full': 'vault.full',
  ENOSPC: 'vault.full',
  EDQUOT: 'vault.full',
  EROFS: 'vault.read-only',
  EIO: 'vault.failing',
  'vault-missing': 'vault.missing',
};

/** Code of the alarm for a fault of the vault; undefined when something else is wrong. */
export function vaultAlarm(error: unknown): string | undefined {
  if (!(error instanceof Error && 'code' in error)) return undefined;
  // The worker hands errors on by their text.
  const named = error instanceof GreffierError && /\b(ENOSPC|EDQUOT|EROFS|EIO)\b/.exec(error.message)?.[1];
  return CODES[String(error.code)] ?? (named ? CODES[named] : undefined);
}
