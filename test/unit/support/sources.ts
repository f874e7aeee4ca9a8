// The repository's own files, read for the tests that check how it is built.

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './world.ts';

export interface Source {
  /** Path from the root of the repository. */
  path: string;
  text: string;
}

/** All files that match one of the patterns; folders of what is built or installed are passed over. */
export function sources(...patterns: string[]): Source[] {
  return globSync(patterns, {
    cwd: ROOT,
    exclude: ['**/node_modules/**', '**/build/stage/**'],
    withFileTypes: true,
  })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}

/** What a TypeScript file imports, types too. */
export function importsOf({ text }: Source): string[] {
  const static_ = text.matchAll(/^\s*(?:import|export)\b[^;'"]*?from\s*['"]([^'"]+)['"]/gm);
  const bare = text.matchAll(/\bimport\s*\(?\s*['"]([^'"]+)['"]/g);
  return [...static_, ...bare].map(([, module = '']) => module);
}

/** A dialplan or configuration file without its comments. */
export function withoutComments({ text }: Source): string {
  return text
    .split('\n')
    .map((line) => line.replace(/(^|\s);.*$/, ''))
    .join('\n');
}
