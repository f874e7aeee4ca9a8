// What the routes of transparency answer.

import Type from 'typebox';
import { closed, count, text } from '../shared/schema.ts';

const counts = Type.Record(text, count);
export const listensAnswer = {
  200: closed({
    listens: Type.Array(closed({ at: text, by: text, how: text, recording: text, code: text, reason: text })),
    total: count,
  }),
};
export const reportAnswer = {
  200: closed({
    format: Type.Literal('greffier-transparency-1'),
    site: text,
    month: text,
    listens: count,
    handedOut: count,
    refused: count,
    destroyed: counts,
    byPerson: counts,
    byReason: counts,
    byExtension: counts,
  }),
};
