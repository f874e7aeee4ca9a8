// Codes for dictating an announcement over the phone, in a file that the dialplan reads (75-dictation.conf). A code is
// for one dictation and for minutes. The file stays when it is empty: Asterisk looks at it whenever a code is dialled.

import { randomBytes, randomInt } from 'node:crypto';
import { join } from 'node:path';
import { readIfThere, writeDurably } from '../shared/files.ts';
import { whileLocked } from '../shared/lock.ts';

export interface Code {
  /** Six digits. */
  code: string;
  /** Name of the dictation, and of its files in the spool. */
  id: string;
  until: Date;
}

/** Readable by Asterisk, whose group the folder hands on. */
const MODE = 0o640;
const PATIENCE_SECONDS = 10;
const FORM = /^\[code-(\d{6})\]\nuntil=(\d+)\nid=([a-z0-9]+)$/gm;

/** Makes a code that holds until then. Those that hold no more are taken out. */
export async function openCode(folder: string, until: Date, now: Date): Promise<Code> {
  return change(folder, (codes) => {
    const live = codes.filter((one) => one.until > now);
    const made = { code: freeCode(live), id: randomBytes(6).toString('hex'), until };
    return { codes: [...live, made], result: made };
  });
}

/** Takes a code out; nothing to do when it is not there. */
export function closeCode(folder: string, { code }: Code): Promise<void> {
  return change(folder, (codes) => ({ codes: codes.filter((one) => one.code !== code), result: undefined }));
}

/** The codes that are there, expired ones among them. */
export async function readCodes(folder: string): Promise<Code[]> {
  const text = (await readIfThere(join(folder, 'dictation.conf'))) ?? '';
  return [...text.matchAll(FORM)].map(([, code = '', until = '', id = '']) => ({
    code,
    id,
    until: new Date(Number(until) * 1000),
  }));
}

function freeCode(codes: Code[]): string {
  for (;;) {
    const code = String(randomInt(1_000_000)).padStart(6, '0');
    if (!codes.some((one) => one.code === code)) return code;
  }
}

function change<T>(folder: string, work: (codes: Code[]) => { codes: Code[]; result: T }): Promise<T> {
  return whileLocked(join(folder, '.dictation.lock'), PATIENCE_SECONDS, async () => {
    const { codes, result } = work(await readCodes(folder));
    const text = codes.map(
      ({ code, id, until }) => `[code-${code}]\nuntil=${Math.floor(until.getTime() / 1000)}\nid=${id}\n`,
    );
    await writeDurably(join(folder, 'dictation.conf'), text.join('\n'), MODE);
    return result;
  });
}
