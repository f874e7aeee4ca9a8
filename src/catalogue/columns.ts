import type { SQLInputValue } from 'node:sqlite';

/** The parameters of a list of columns: `id, day` gives `:id, :day`. */
export function named(columns: string): string {
  return columns.replaceAll(/\w+/g, ':$&');
}

/** Those values of a row that stand in a list of columns. */
export function picked(row: object, columns: string): Record<string, SQLInputValue> {
  const values = row as Record<string, SQLInputValue>;
  return Object.fromEntries(columns.split(', ').map((name) => [name, values[name] ?? null]));
}
