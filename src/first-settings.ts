// What the playbook hands over for the daemon's first start: checked while the admin is looking, not by a daemon that
// refuses to start. Later the settings on the box rule, and the site file's are taken over no more.

import { readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Config } from './config/config.ts';
import { checkSettings } from './policies/rules.ts';
import type { Settings } from './policies/schema.ts';
import { readIfThere, syncFolder } from './shared/files.ts';

/** The settings that the site file gives. Throws `bad-settings`. */
export async function readSeed({ paths }: Config): Promise<Settings> {
  return checkSettings(JSON.parse(await readFile(paths.seed, 'utf8')));
}

/**
 * Sets settings aside that know neither clients nor people (version 0.1): who may be recorded cannot be guessed from
 * them. The seed takes their place at the next start. Returns whether there were any.
 */
export async function retireOldSettings({ state }: Config): Promise<boolean> {
  const text = await readIfThere(state.settings);
  if (text === undefined || !isOld(text)) return false;
  for (const path of [`${state.settings}.bak`, state.settings])
    if ((await readIfThere(path)) !== undefined) await rename(path, `${path}.0.1`);
  await syncFolder(dirname(state.settings));
  return true;
}

function isOld(text: string): boolean {
  try {
    const settings = JSON.parse(text);
    return Array.isArray(settings.lines) && !('clients' in settings) && !('policies' in settings);
  } catch {
    return false;
  }
}
