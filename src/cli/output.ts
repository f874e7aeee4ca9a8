// How the command line speaks: tables for people, JSON for programs, both on standard output; everything else goes to
// standard error with `greffier:` before it.

import { GreffierError, reasonOf } from '../shared/errors.ts';

/** Prints rows as a table, or as JSON when asked for. An empty table says so. */
export function printRows(
  rows: Record<string, unknown>[],
  columns: string[],
  json: boolean,
  empty: string,
): void {
  if (json) {
    printJson(rows);
    return;
  }
  if (rows.length === 0) {
    console.error(`greffier: ${empty}`);
    return;
  }
  const cells = [columns, ...rows.map((row) => columns.map((column) => String(row[column] ?? '')))];
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => (line[index] ?? '').length)));
  for (const line of cells)
    console.log(
      line
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    );
}

/** Prints names and values below one another, or JSON. */
export function printFacts(facts: object, json: boolean): void {
  if (json) {
    printJson(facts);
    return;
  }
  for (const [name, value] of flatten(facts)) console.log(`${name.padEnd(28)} ${value}`);
}

export function printJson(value: unknown): void {
  console.log(JSON.stringify(value, null, 2));
}

/** Says what went wrong, with the hint, and sets the exit status. */
export function printError(error: unknown): void {
  console.error(`greffier: ${reasonOf(error)}`);
  if (error instanceof GreffierError && error.hint) console.error(`greffier: hint: ${error.hint}`);
  process.exitCode = 1;
}

function flatten(value: object, prefix = ''): [string, unknown][] {
  return Object.entries(value).flatMap(([name, part]): [string, unknown][] => {
    if (part === undefined) return [];
    const path = prefix ? `${prefix}.${name}` : name;
    if (Array.isArray(part) && part.every((item) => typeof item !== 'object'))
      return [[path, part.join(', ')]];
    return typeof part === 'object' && part !== null ? flatten(part, path) : [[path, part]];
  });
}
