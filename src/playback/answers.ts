// What the routes of playback answer: a ticket, and ciphertext.

import Type from 'typebox';
import { bytesOf, closed, text } from '../shared/schema.ts';
import { REASONS } from './reasons.ts';

export const MESSAGE = 'application/pgp-encrypted';
export const reasonsAnswer = { 200: closed({ reasons: Type.Array(Type.Enum([...REASONS])) }) };
export const ticketAnswer = { 201: closed({ ticket: text }) };
export const messageAnswer = bytesOf(MESSAGE);
