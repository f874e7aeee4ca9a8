// What the daemon remembers of a call that it attends to. It may forget all of it at any moment: the spool is the queue.

import type { Sealed } from '../sealing/seal.ts';

export interface Work {
  sealing?: Promise<Sealed>;
  /** What the draft has to say of the sealing, and how many lines the sheet had when it was written. */
  sealedAs?: Pick<Sealed, 'recipients' | 'encoding'>;
  drafted?: number;
  /** It was looked for in the vault and not found there: it was not sealed before this process began. */
  isNew?: boolean;
  /** How often it failed. */
  failures?: number;
  finishing?: boolean;
  /** Nothing new is begun before that moment (ms). */
  retryAt?: number;
  /** The capture was destroyed, and the audit journal says so. */
  destroyed?: boolean;
}

export type Works = Map<string, Work>;

/** After a failure. */
export const RETRY_MS = 10_000;
/** After the first one, which may be a matter of the moment. */
export const SOON_MS = 1_000;
