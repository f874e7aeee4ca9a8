/** What the page and the worker that holds the key say to each other. */
import type { Refused, Rotation, SealedHeader } from '../shared/key-types.ts';
import type { OpenedKey, Progress } from '../shared/opener.ts';

export type Wish =
  | { wish: 'unlock'; armored: string; passphrase: string }
  | { wish: 'open'; address: string }
  /** Of the message that was opened last. */
  | { wish: 'open-notes'; sealed: string[] }
  | { wish: 'seal-note'; text: string }
  | { wish: 'rewrap'; rotation: Replacement; headers: SealedHeader[] };

/** Which key replaces which. */
export type Replacement = Pick<Rotation, 'from' | 'to' | 'toArmored'>;

/** What became of a row of headers: locked for the new key, done before, or refused for a reason. */
export interface Rewrapped {
  headers: SealedHeader[];
  already: number;
  refused: Refused[];
}

/** Wishes are numbered; each gets one answer, and perhaps reports of progress before it. */
export type Request = Wish & { number: number };

export type Reply =
  | { number: number; progress: Progress }
  | { number: number; key: OpenedKey }
  | { number: number; plain: ArrayBuffer }
  | { number: number; notes: (string | null)[] }
  | { number: number; note: string }
  | { number: number; rewrapped: Rewrapped }
  | { number: number; error: { code: string; message: string; status: number } };
