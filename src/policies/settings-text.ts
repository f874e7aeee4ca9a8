// The settings as one text, for a file, an editor or an export; and the name of a version of them, for whoever changes
// what they have seen before.

import { createHash } from 'node:crypto';
import { parse, stringify } from 'yaml';
import { canonicalBytes } from '../shared/canonical.ts';
import { GreffierError, reasonOf } from '../shared/errors.ts';
import type { Settings } from './schema.ts';

/** Written as YAML 1.1, so that Ansible, whose YAML is older, reads the same: for it 19:00 without quotes is a number. */
export function settingsText(settings: Settings): string {
  return stringify(settings, { version: '1.1' });
}

/**
 * Reads such a text; what it says is not checked yet.
 * @param name what the text is called in messages
 * Throws `bad-settings` when it is not YAML.
 */
export function readSettingsText(text: string, name: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    const hint = 'look at that line: an indent, a colon or a quote';
    throw new GreffierError('bad-settings', `${name} is not YAML: ${reasonOf(cause)}`, {
      cause,
      hint,
      status: 400,
    });
  }
}

/** SHA-256 of the settings, 64 hexadecimal digits: the same for the same content, in whatever order it is written. */
export function versionOf(settings: Settings): string {
  return createHash('sha256').update(canonicalBytes(settings)).digest('hex');
}
