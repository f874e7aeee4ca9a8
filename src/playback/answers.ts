// What the routes of playback answer: a ticket, and ciphertext.

import Type from 'typebox';
import { bytesOf, closed, text } from '../shared/schema.ts';
import { REASONS } from './reasons.ts';

export const MESSAGE = 'application/pgp-encrypted';
export const reasonsAnswer = { 200: closed({ reasons: Type.Array(Type.Enum([...REASONS])) }) };
export const ticketAnswer = { 201: closed({ ticket: text }) };
/** One for each recording that is there, for who called alone. */
export const ticketsAnswer = { 201: closed({ tickets: Type.Array(closed({ id: text, ticket: text })) }) };
export const messageAnswer = bytesOf(MESSAGE);
