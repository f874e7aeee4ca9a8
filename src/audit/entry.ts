// One line of the log: what is bound for ever, and what may be erased. The leaf says when, what kind of action, and the
// hash of the payload; the payload names people, recordings and reasons. The tree is over the leaves, so a payload can
// go (RGPD art. 17) and every proof still holds. Its salt keeps anybody from finding it out again by trying.
//
//   {"action":"play","at":"…","payload":"<sha256 of what comes after the tab>"} TAB {"salt":"…","actor":"marie","recording":"…","reason":"…"} LF

import { createHash, randomBytes } from 'node:crypto';

export interface AuditEntry {
  at: string;
  /** Login, or `system`; empty when the payload was erased. */
  actor: string;
  /** log-in, log-in-refused, log-out, play, export, purge, … */
  action: string;
  recording?: string;
  reason?: string;
  from?: string;
  /** Reason code, where there is a list of them (why somebody listens). */
  code?: string;
  /** Id of what the action is about besides a recording: an approval, a hold, a request of the rights desk, an extract. */
  subject?: string;
  /** Extensions that took part in the recording, with spaces between: those may see who listened. */
  extensions?: string;
  /** Place in the log, from 0. */
  index?: number;
  /** The payload is gone; when and what kind of action it was is all that is left. */
  erased?: true;
}

/** What whoever acts tells of it. */
export type NewEntry = Omit<AuditEntry, 'at' | 'index' | 'erased'>;

export interface AuditLine {
  index: number;
  /** Where it begins in the file, and where the next one does, in bytes. */
  offset: number;
  end: number;
  /** What the tree is over: the text before the tab, with a line feed. */
  leaf: Buffer;
  /** The text after the tab; empty for a line that a power cut has torn. */
  payload: Buffer;
}

/** Says that a power cut tore the line before: its effect never took place. */
export const TORN = 'audit-torn';

const TAB = 9;
const LF = 10;
const SPACE = 32;

/** The line of an entry, with its end. */
export function encodeLine({ action, ...payload }: NewEntry, at: Date): string {
  const text = JSON.stringify({ salt: randomBytes(16).toString('hex'), ...payload });
  const leaf = JSON.stringify({ action, at: at.toISOString(), payload: payloadHash(Buffer.from(text)) });
  return `${leaf}\t${text}\n`;
}

/** Cuts bytes into lines. A last one without its end is none yet. */
export function linesIn(bytes: Buffer, first = { index: 0, offset: 0 }): AuditLine[] {
  const lines: AuditLine[] = [];
  for (let from = 0, end = bytes.indexOf(LF); end >= 0; from = end + 1, end = bytes.indexOf(LF, from)) {
    const line = bytes.subarray(from, end);
    const tab = line.indexOf(TAB);
    lines.push({
      index: first.index + lines.length,
      offset: first.offset + from,
      end: first.offset + end + 1,
      leaf: Buffer.concat([tab < 0 ? line : line.subarray(0, tab), Buffer.of(LF)]),
      payload: tab < 0 ? Buffer.alloc(0) : line.subarray(tab + 1),
    });
  }
  return lines;
}

/** What a line says; undefined when it is none of ours, as after a power cut. */
export function entryOf({ index, leaf, payload }: AuditLine): AuditEntry | undefined {
  const bound = leafOf(leaf);
  if (!bound) return undefined;
  const { at, action } = bound;
  if (isErased(payload)) return { at, action, actor: '', index, erased: true };
  try {
    const { salt: _, ...told } = JSON.parse(payload.toString()) as { salt: string; actor: string };
    return { at, action, ...told, index };
  } catch {
    return undefined;
  }
}

/** What a leaf binds; undefined for anything else. */
export function leafOf(leaf: Buffer): { at: string; action: string; payload: string } | undefined {
  try {
    const value = JSON.parse(leaf.toString()) as Record<string, unknown>;
    const { at, action, payload } = value;
    const ours = [at, action, payload].every((part) => typeof part === 'string');
    // The one way to write it: no second text can say the same.
    if (!ours || `${JSON.stringify({ action, at, payload })}\n` !== leaf.toString()) return undefined;
    return { at: at as string, action: action as string, payload: payload as string };
  } catch {
    return undefined;
  }
}

/** Whether a payload was erased: spaces, as long as it was. */
export function isErased(payload: Buffer): boolean {
  return payload.length > 0 && payload.every((byte) => byte === SPACE);
}

/** What a leaf names: SHA-256 of the payload with the line feed after it, in hex, so that a shell reckons it line by line. */
export function payloadHash(payload: Uint8Array): string {
  return createHash('sha256').update(payload).update('\n').digest('hex');
}
