// A pack: the headers of many recordings on their way to whoever holds the key, and back. One JSON value a line, so
// that a long one is read as it comes; the first line says what it is. No audio is in it, and no person.

import { GreffierError, reasonOf } from '../shared/errors.ts';
import { fromBase64, toBase64 } from '../shared/packets.ts';

export const PACK_FORMAT = 'greffier-headers-1';
export const REWRAPPED_FORMAT = 'greffier-rewrapped-1';

export interface PackHead {
  format: string;
  /** Of the rotation. */
  rotation: string;
  /** Fingerprints of the key that goes and of the one that comes. */
  from: string;
  to: string;
  /** How many headers follow. */
  count: number;
}

export interface PackedHeader {
  /** Of the recording. */
  id: string;
  header: Uint8Array;
}

/** The first line of a pack. */
export function headLine(head: PackHead): string {
  return `${JSON.stringify(head)}\n`;
}

/** The line of one header. */
export function headerLine({ id, header }: PackedHeader): string {
  return `${JSON.stringify({ id, header: toBase64(header) })}\n`;
}

/** Reads a first line. Throws `bad-pack` when it is of another format. */
export function readHead(line: string, format: string): PackHead {
  const head = parse(line, 1) as unknown as PackHead;
  if (head.format === format) return head;
  throw new GreffierError('bad-pack', `it is ${String(head.format).slice(0, 40)} and not ${format}`, {
    hint: 'greffier keys rotate writes a pack, greffier-offline rewrap makes of it the one that is taken back',
    status: 400,
  });
}

/** Reads the line of one header; `number` is the line's. Throws `bad-pack`. */
export function readHeader(line: string, number: number): PackedHeader {
  const { id, header } = parse(line, number);
  if (typeof id === 'string' && typeof header === 'string') return { id, header: fromBase64(header) };
  throw new GreffierError('bad-pack', `line ${number} is no header`, { status: 400 });
}

function parse(line: string, number: number): Record<string, unknown> {
  try {
    const value = JSON.parse(line);
    if (typeof value === 'object' && value !== null) return value;
    throw new Error('not an object');
  } catch (cause) {
    throw new GreffierError('bad-pack', `line ${number} is not JSON: ${reasonOf(cause)}`, {
      status: 400,
      cause,
    });
  }
}
