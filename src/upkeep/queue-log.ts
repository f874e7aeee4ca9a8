// Asterisk's account of its queues (queue_log), for the reporting tools of the field. The dialplan keeps the numbers of
// callers out of it; what the dialplan cannot keep out is whom an agent sends a caller to, when that is somebody outside.
// Such a number is written over here, in its place, while Asterisk goes on writing at the end (C19, ADR 0023).

import { type FileHandle, open } from 'node:fs/promises';

/** Where Asterisk writes it, and what logrotate calls the one before. */
export const QUEUE_LOG = '/var/log/asterisk/queues/queue_log';

/** time|call|queue|agent|event, and then what belongs to the event. */
const FIELDS_BEFORE = 5;
/** A number of ours has six digits at most; times in seconds or milliseconds do not come to seven. */
const OUTSIDE = /^\+?\d{7,}$/;

export interface Place {
  /** Bytes from the beginning of the text. */
  at: number;
  length: number;
}

/** Where numbers of people outside stand in lines of that log. A last line that is not whole is left out. */
export function outsideNumbers(text: string): Place[] {
  const places: Place[] = [];
  let at = 0;
  for (const line of text.split('\n').slice(0, -1)) {
    line.split('|').forEach((field, index) => {
      if (index >= FIELDS_BEFORE && OUTSIDE.test(field)) places.push({ at, length: field.length });
      at += field.length + 1;
    });
  }
  return places;
}

/** Builds what looks through the log and the one before it, from where it has looked before. */
export function createQueueLogGuard(path: string = QUEUE_LOG): () => Promise<void> {
  /** By inode: bytes that were looked through. */
  const seen = new Map<number, number>();
  return async () => {
    for (const file of [path, `${path}.1`]) await lookThrough(file, seen);
  };
}

async function lookThrough(path: string, seen: Map<number, number>): Promise<void> {
  const file = await open(path, 'r+').catch((error) => {
    // Asterisk makes it when it has something to write.
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!file) return;
  try {
    const { ino, size } = await file.stat();
    const from = Math.min(seen.get(ino) ?? 0, size);
    if (from < size) seen.set(ino, from + (await maskedFrom(file, from, size - from)));
  } finally {
    await file.close();
  }
}

/** Writes over the numbers in a stretch of the file; returns the bytes of its whole lines. */
async function maskedFrom(file: FileHandle, from: number, length: number): Promise<number> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from);
  // One character a byte, whatever the names of agents are made of.
  const text = buffer.toString('latin1', 0, bytesRead);
  const places = outsideNumbers(text);
  for (const { at, length: digits } of places)
    await file.write(Buffer.alloc(digits, 'x'), 0, digits, from + at);
  if (places.length > 0) await file.datasync();
  return text.lastIndexOf('\n') + 1;
}
