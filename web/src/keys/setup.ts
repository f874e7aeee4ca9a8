/** How far the first run is, as the box says; asked for by whoever may put a recovery key in force. */
import { signal } from '@preact/signals';
import { codeOf } from '../shared/api-error.ts';
import { keyApi } from '../shared/key-api.ts';
import type { Setup } from '../shared/key-types.ts';

export const setup = signal<Setup | null>(null);
export const setupProblem = signal<string | null>(null);

export async function loadSetup(): Promise<void> {
  try {
    setup.value = await keyApi.setup();
    setupProblem.value = null;
  } catch (error) {
    setupProblem.value = codeOf(error);
  }
}

/** Forgets it when the session ends. */
export function forgetSetup(): void {
  [setup.value, setupProblem.value] = [null, null];
}
