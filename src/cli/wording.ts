// A new version of an announcement, as it is asked for and as it is reported.

import { open } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Replaced, Wording } from '../announcements.ts';
import { GreffierError, reasonOf } from '../shared/errors.ts';
import { printJson } from './output.ts';
import { printPlan } from './policies.ts';
import { asCaller } from './privileges.ts';

/** Two minutes of any usual form; more is no announcement. */
const LARGEST_BYTES = 100_000_000;

export interface WordingOptions {
  text?: string;
  textFile?: string;
  as?: string;
}

/** Adds the options that say what a new version is worded like and called. */
export function wordingOptions(command: Command): Command {
  return command
    .option('--text <text>', 'what it says')
    .option('--text-file <file>', 'file with what it says')
    .option(
      '--as <id>',
      'id of the new version, instead of the next one (accueil-fr-v2 after accueil-fr-v1)',
    );
}

/** The wording that was asked for. Throws `no-text` unless it was given once. */
export async function wordingOf(id: string, { text, textFile, as }: WordingOptions): Promise<Wording> {
  if ((text === undefined) === (textFile === undefined))
    throw new GreffierError(
      'no-text',
      `the text of ${id} is given ${text === undefined ? 'nowhere' : 'twice'}`,
      {
        hint: 'write what the audio says: --text TEXT or --text-file FILE',
      },
    );
  const said = text ?? (await readAsCaller(textFile ?? '')).toString('utf8');
  return { id, text: said.trim(), ...(as !== undefined && { as }) };
}

/** Says what has changed. */
export function printReplaced(replaced: Replaced, json: boolean): void {
  if (json) {
    printJson(replaced);
    return;
  }
  const { id, replaces, sha256, milliseconds, changes, before, after } = replaced;
  printPlan(replaced, 'nothing has changed');
  // The version itself is one change; each of the others is something that plays it.
  if (changes.length === 1)
    console.error(`greffier: warning: nothing plays ${replaces}, so nothing plays ${id}`);
  console.log(`announcement ${id}, ${(milliseconds / 1000).toFixed(1)} s, sha256 ${sha256}`);
  console.log(`generation ${before ?? 'none'} → ${after}`);
}

/** Who stands behind root, for the audit log. */
export function actor(): string {
  return process.env.SUDO_USER ?? 'root';
}

/** Reads a file with the rights of whoever started the command: it may lie in root's own folder. */
export async function readAsCaller(path: string): Promise<Buffer> {
  try {
    return await asCaller(async () => {
      const file = await open(path, 'r');
      try {
        const { size } = await file.stat();
        if (size > LARGEST_BYTES) throw new Error(`it has ${size} bytes, more than ${LARGEST_BYTES}`);
        return await file.readFile();
      } finally {
        await file.close();
      }
    });
  } catch (cause) {
    throw new GreffierError('unreadable', `cannot read ${path}: ${reasonOf(cause)}`, { cause });
  }
}
