// What the routes of supervision answer.

import Type from 'typebox';
import { closed, orNull, text } from '../shared/schema.ts';
import { MODES } from './rules.ts';

const session = closed({
  id: text,
  extension: text,
  phone: text,
  mode: orNull(Type.Enum([...MODES])),
  state: Type.Enum(['ringing', 'running']),
  startedAt: orNull(text),
});
export const sessionsAnswer = { 200: closed({ sessions: Type.Array(session) }) };
export const begunAnswer = { 201: session };
export const changedAnswer = { 200: session };
