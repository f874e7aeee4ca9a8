// Where a page ended, as the next question says it: an opaque word that holds the order, so that none is read in another.

import { GreffierError } from '../shared/errors.ts';
import type { Sort } from './search-filter.ts';
import { ORDERS, type Place } from './search-walk.ts';

/** Writes a place down. */
export function writeCursor(sort: Sort, { key, id }: Place): string {
  return Buffer.from(JSON.stringify([sort, key, id])).toString('base64url');
}

/** Reads it again. Throws `bad-cursor`. */
export function readCursor(sort: Sort, cursor: string): Place {
  const [order, key, id] = parsed(cursor);
  const kind = ORDERS[sort].column === 'milliseconds' ? 'number' : 'string';
  if (order === sort && typeof key === kind && typeof id === 'string')
    return { key: key as string | number, id };
  throw new GreffierError('bad-cursor', 'the cursor is not one of ours, or of another order', {
    hint: 'start from the first page',
    status: 400,
  });
}

function parsed(cursor: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
