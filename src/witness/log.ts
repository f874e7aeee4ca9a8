// What a witness has to know of the audit log: what it was at one moment, and that it still begins in the same way. How
// both are written, signed and proven is the log's business; it is handed over.

export interface Checkpoint {
  /** Whose log it is. */
  origin: string;
  /** How many lines it had. */
  size: number;
  /** Root of the Merkle tree over them, in hex. */
  root: string;
  time: string;
}

/** The four lines of a checkpoint, and the armored signature over them. */
export interface SignedCheckpoint {
  text: string;
  signature: string;
}

/** The log as it is now. */
export interface Log {
  checkpoint(): Promise<SignedCheckpoint>;
  /** Text of the proof that the first lines are the beginning of more lines. */
  consistency(from: number, to: number): Promise<string>;
}

/** How checkpoints of one appliance are read, and what holds of them. */
export interface Format {
  /** Reads the text of a checkpoint. Throws `bad-checkpoint`. */
  read(text: string): Checkpoint;
  /** Why the signature is not that of the appliance; undefined when it is. */
  whyBad(text: string, signature: string): Promise<string | undefined>;
  /** Whether a proof shows that the log of the first is the beginning of the log of the second. */
  isConsistent(proof: string, from: Checkpoint, to: Checkpoint): boolean;
}

export type Refusal = 'smaller' | 'other-root' | 'inconsistent';

/**
 * Why a log cannot be the one that was seen before; undefined when it can. The same rules on the box and at the
 * witness, so that either finds out by itself.
 * @param proof from the first to the second; asked for only when the log has grown
 */
export function whyRefused(
  held: Checkpoint,
  now: Checkpoint,
  proof: string | undefined,
  isConsistent: Format['isConsistent'],
): Refusal | undefined {
  if (now.size < held.size) return 'smaller';
  if (now.size === held.size) return now.root === held.root ? undefined : 'other-root';
  // Every log begins with no lines at all.
  if (held.size === 0) return undefined;
  return proof !== undefined && isConsistent(proof, held, now) ? undefined : 'inconsistent';
}

/** The same, as a sentence about a witness. It names nothing that changes while the cause remains. */
export function refusalText(refusal: Refusal, { size }: Checkpoint): string {
  if (refusal === 'smaller')
    return `it holds a checkpoint of ${size} lines, and the log has fewer: it was cut`;
  if (refusal === 'other-root')
    return `it holds a checkpoint of ${size} lines with another root: the log was rewritten`;
  return `it holds a checkpoint of ${size} lines that the log does not begin with: the log was rewritten`;
}
