/** What the box keeps for whoever is logged in: asked once, and again when it has changed. */
import { signal } from '@preact/signals';
import { keyApi } from '../shared/key-api.ts';
import type { OwnKeys } from '../shared/key-types.ts';

/** `undefined` until the box was asked; null when it keeps nothing for this person, or did not say. */
export const ownKeys = signal<OwnKeys | null | undefined>(undefined);

let session = 0;

export async function loadOwnKeys(permitted: boolean): Promise<void> {
  const asked = session;
  const found = permitted ? await keyApi.ownKeys().catch(() => null) : null;
  if (asked === session) ownKeys.value = found;
}

/** Forgets them when the session ends; what is on its way is not taken any more. */
export function forgetOwnKeys(): void {
  session += 1;
  ownKeys.value = undefined;
}
