// Pieces of the settings' form that several objects share.

import Type from 'typebox';

export const closed = { additionalProperties: false };
export const id = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,63}$' });
export const name = Type.String({ minLength: 1, maxLength: 80 });
/** Number of a phone, ring group, queue or conference. */
export const number = Type.String({ pattern: '^[0-9]{2,6}$' });
export const numbers = Type.Array(number, { minItems: 1, maxItems: 20, uniqueItems: true });
export const date = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' });
const time = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' });
const DAY = '(mon|tue|wed|thu|fri|sat|sun)';
const DAYS = ['^', DAY, '(-', DAY, ')?$'].join('');
export const windows = Type.Array(
  Type.Object({ days: Type.String({ pattern: DAYS }), from: time, to: time }, closed),
  {
    maxItems: 14,
  },
);
