// A checkpoint: what the whole log was at one moment, in four lines that are signed. And a proof: that one line stood
// in it. Both are plain text, for a person and for a shell.

import type { AuditLine } from './entry.ts';
import { isIncluded, leafHash, treeOf } from './merkle.ts';

export interface Checkpoint {
  /** Whose log it is. */
  origin: string;
  /** How many lines it had. */
  size: number;
  /** Root of the Merkle tree over them, in hex. */
  root: string;
  time: string;
}

export interface Inclusion {
  /** Place of the line in the log, from 0. */
  index: number;
  size: number;
  /** In hex, lowest first. */
  path: string[];
}

/** A line with the proof that it is in the log. */
export interface ProvenLine {
  line: AuditLine;
  inclusion: Inclusion;
}

/** Proves lines of a log. */
export function proveLines(leaves: Buffer[], lines: AuditLine[]): ProvenLine[] {
  const tree = treeOf(leaves);
  return lines.map((line) => ({
    line,
    inclusion: { index: line.index, size: tree.size, path: tree.proof(line.index).map(hex) },
  }));
}

/** Its files, as they are handed out: the line, what it says, and the proof. */
export function filesOf({ line, inclusion }: ProvenLine): Record<string, string | Uint8Array> {
  const name = String(line.index).padStart(8, '0');
  return {
    [`${name}.line`]: line.leaf,
    // The hash in the line is that of the payload with the line feed that ends it.
    [`${name}.payload`]: Buffer.concat([line.payload, Buffer.from('\n')]),
    [`${name}.proof`]: inclusionText(inclusion),
  };
}

/** Whether a line stood in the log that the checkpoint is of. */
export function isProven({ line, inclusion }: ProvenLine, { size, root }: Checkpoint): boolean {
  const path = inclusion.path.map((hash) => Buffer.from(hash, 'hex'));
  const leaf = leafHash(line.leaf);
  return inclusion.size === size && isIncluded(leaf, inclusion.index, size, path, Buffer.from(root, 'hex'));
}

/** The text of a checkpoint, which is what is signed. */
export function checkpointText({ origin, size, root, time }: Checkpoint): string {
  const oneLine = origin.replaceAll(/\s+/g, ' ');
  return `greffier-checkpoint-1\norigin: ${oneLine}\nsize: ${size}\nroot: ${root}\ntime: ${time}\n`;
}

/** Reads the text of a checkpoint; undefined when it is none. */
export function readCheckpoint(text: string): Checkpoint | undefined {
  const form =
    /^greffier-checkpoint-1\norigin: (.*)\nsize: (\d{1,15})\nroot: ([0-9a-f]{64})\ntime: (\S{24})\n$/.exec(
      text,
    );
  const [, origin = '', size, root = '', time = ''] = form ?? [];
  return form ? { origin, size: Number(size), root, time } : undefined;
}

/** The text of a proof. */
export function inclusionText({ index, size, path }: Inclusion): string {
  const steps = path.map((hash) => `path: ${hash}\n`).join('');
  return `greffier-inclusion-1\nindex: ${index}\nsize: ${size}\n${steps}`;
}

function hex(bytes: Buffer): string {
  return bytes.toString('hex');
}
