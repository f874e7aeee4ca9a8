/**
 * What speaks for or against a public key that somebody is about to be trusted by. The box says since when it has the key;
 * this browser remembers which one it has seen, which the box cannot change.
 */
import type { KeyHolder } from '../shared/key-types.ts';
import { remember, remembered } from '../shared/memory.ts';

const place = (user: string) => `key-of.${user}`;

/** True when this browser has compared another key of that person before. */
export function isOther({ user, fingerprint }: Pick<KeyHolder, 'user' | 'fingerprint'>): boolean {
  const known = remembered(place(user));
  return known !== null && known !== fingerprint;
}

/** Remembers a key that was compared. */
export function rememberKey({ user, fingerprint }: Pick<KeyHolder, 'user' | 'fingerprint'>): void {
  if (fingerprint) remember(place(user), fingerprint);
}
