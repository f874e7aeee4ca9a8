/** What the page and the worker that holds the key say to each other. */
import type { OpenedKey, Progress } from '../shared/opener.ts';

export type Wish =
  | { wish: 'unlock'; armored: string; passphrase: string }
  | { wish: 'open'; address: string };

/** Wishes are numbered; each gets one answer, and perhaps reports of progress before it. */
export type Request = Wish & { number: number };

export type Reply =
  | { number: number; progress: Progress }
  | { number: number; key: OpenedKey }
  | { number: number; plain: ArrayBuffer }
  | { number: number; error: { code: string; message: string; status: number } };
