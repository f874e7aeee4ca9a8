// What the routes of scorecards answer.

import Type from 'typebox';
import { closed, count, flag, orNull, text } from '../shared/schema.ts';
import { CRITERIA } from './criteria.ts';
import { marksSchema } from './store.ts';

const card = {
  id: text,
  recording: text,
  talkedAt: text,
  agent: text,
  agentName: text,
  marks: marksSchema,
  feedback: text,
  madeBy: text,
  madeAt: text,
  seenAt: orNull(text),
  answer: text,
  expiresAt: text,
  /** Whether the recording can still be listened to. */
  playable: flag,
};
const mean = orNull(Type.Number({ minimum: 1, maximum: 4 }));
const trend = closed({
  month: text,
  cards: count,
  mean,
  byCriterion: closed(Object.fromEntries(CRITERIA.map((one) => [one, mean])) as Record<string, typeof mean>),
});

export const cardAnswer = { 201: closed(card) };
export const changedAnswer = { 200: closed(card) };
const named = Type.Array(closed({ id: text, name: text }));
const cards = { cards: Type.Array(closed(card)), total: count, trend: Type.Array(trend) };
export const cardsAnswer = { 200: closed(cards) };
/** With whom and what they can be narrowed down to. */
export const allCardsAnswer = { 200: closed({ ...cards, agents: named, teams: named }) };
/** Whom the talk of a recording may be judged of: those who took part and have a name in the settings. */
export const agentsAnswer = { 200: closed({ agents: named }) };
