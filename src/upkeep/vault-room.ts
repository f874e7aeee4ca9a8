// Room in the vault. The last of it is not for recordings: the audit log, the records of calls and the index must go on
// when no recording can be kept any more. Nothing is ever deleted to make room (failures.md: emergency clean-up).

import { GreffierError } from '../shared/errors.ts';
import type { Vault } from '../vault/vault.ts';

/** Kept free of recordings: a hundred thousand records of calls, and the index of them. */
export const RESERVE_BYTES = 64 << 20;

/**
 * Throws `vault-full` unless a capture of that many bytes can be sealed, which makes it smaller, and the reserve is
 * left; `vault-missing` when the vault is not there.
 */
export async function insistOnRoom(vault: Vault, captureBytes: number): Promise<void> {
  const free = await vault.freeBytes();
  if (free >= RESERVE_BYTES + captureBytes) return;
  throw new GreffierError('vault-full', `${Math.round(free / 1e6)} MB are left on the disk of the vault`, {
    hint: 'make room on it, or give it more; recordings wait in memory meanwhile',
    status: 507,
  });
}
