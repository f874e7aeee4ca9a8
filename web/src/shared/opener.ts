/** What the player needs of the key, whoever holds it. */
import type { ReadonlySignal } from '@preact/signals';

export interface OpenedKey {
  /** Of the key and its parts, in lower case. */
  fingerprints: string[];
  owner: string;
  /** Ids of the groups whose keys it opened. */
  groups: string[];
}

export interface Progress {
  step: 'downloading' | 'decrypting';
  done: number;
}

export interface Opener {
  /** The unlocked key, or `null` when locked. */
  key: ReadonlySignal<OpenedKey | null>;
  /** Fetches a sealed message and decrypts it, beside the page. Throws ApiError, also with the codes of the worker. */
  open(address: string, onProgress: (progress: Progress) => void): Promise<ArrayBuffer>;
  /** Texts under the session key of the message that was opened last; null for one that does not open. */
  openNotes(sealed: string[]): Promise<(string | null)[]>;
  sealNote(text: string): Promise<string>;
  lock(): void;
}
