// The audio of announcements on disk, where Asterisk plays it from, with the wording beside it. A version that is there
// is never overwritten: calls in progress play it, and it is the proof of what callers heard.

import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { GreffierError, isMissing } from '../shared/errors.ts';
import { readIfThere, syncFolder, writeDurably } from '../shared/files.ts';

/** Asterisk reads the files as one of the others. */
const MODE = 0o644;

export interface Version {
  id: string;
  text: string;
  wav: Buffer;
}

/** The audio of a version, as Asterisk plays it. Throws `announcement-missing`. */
export function readSound(folder: string, id: string): Promise<Buffer> {
  return readFile(pathsOf(folder, id)[0]).catch((cause) => {
    if (!isMissing(cause)) throw cause;
    throw new GreffierError('announcement-missing', `no audio for announcement ${id}`, {
      hint: 'run the playbook to build it from its text, or bring a new version',
      status: 404,
      cause,
    });
  });
}

/** What is there under a name: nothing, just this version (as after a run that was cut short), or another one. */
export async function placeOf(
  folder: string,
  { id, text, wav }: Version,
): Promise<'free' | 'same' | 'taken'> {
  const [sound, wording] = pathsOf(folder, id);
  const there = await readFile(sound).catch((error) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  const words = await readIfThere(wording);
  if (there === undefined && words === undefined) return 'free';
  return (there ?? wav).equals(wav) && (words ?? `${text}\n`) === `${text}\n` ? 'same' : 'taken';
}

/** Puts a version in its place, which is free or its own: durably, and whole or not at all. */
export async function install(folder: string, { id, text, wav }: Version): Promise<void> {
  const [sound, wording] = pathsOf(folder, id);
  await writeDurably(sound, wav, MODE);
  // The wording last, as the playbook does: it is noted when there is audio that says it.
  await writeDurably(wording, `${text}\n`, MODE);
}

/** Takes away a version that never came into force. */
export async function withdraw(folder: string, id: string): Promise<void> {
  const paths = pathsOf(folder, id);
  for (const path of paths) await rm(path, { force: true });
  await syncFolder(dirname(paths[0]));
}

function pathsOf(folder: string, id: string): [sound: string, wording: string] {
  return [join(folder, `${id}.wav`), join(folder, `${id}.txt`)];
}
