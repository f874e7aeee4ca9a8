/** What the page and the worker that holds the key say to each other. */
import type { Refused, Rotation, SealedHeader, WrappedGroup } from '../shared/key-types.ts';
import type { OpenedKey, Progress } from '../shared/opener.ts';

export type Wish =
  | { wish: 'unlock'; armored: string; passphrase: string; groups: WrappedGroup[] }
  | { wish: 'open'; address: string }
  /** Of the message that was opened last. */
  | { wish: 'open-notes'; sealed: string[] }
  | { wish: 'seal-note'; text: string }
  | { wish: 'rewrap'; rotation: Replacement; headers: SealedHeader[] }
  | { wish: 'make'; name: string; passphrase: string; years: number | null }
  /** The same key under another passphrase, or under the same one in the form that gpg 2.2 reads. */
  | { wish: 'protect'; armored: string; before: string; after: string }
  | { wish: 'prove'; armored: string; passphrase: string; publicKey: string }
  | { wish: 'make-group'; name: string; members: PublicKeyOf[] }
  | { wish: 'share'; wrapped: string; member: PublicKeyOf };

/** A public key, and the fingerprint that somebody has compared. */
export interface PublicKeyOf {
  fingerprint: string;
  armored: string;
}

/** A key that was made or protected anew; its private part is under the passphrase. */
export interface MadeKey {
  privateKey: string;
  publicKey: string;
  fingerprint: string;
}

/** A group's key: its public part, and the private one in a message to the members. */
export interface MadeGroup {
  publicKey: string;
  fingerprint: string;
  wrapped: string;
}

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
  | { number: number; made: MadeKey }
  | { number: number; proven: true }
  | { number: number; group: MadeGroup }
  | { number: number; packet: string }
  | { number: number; error: { code: string; message: string; status: number } };
