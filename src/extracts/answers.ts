// What the routes of extracts answer: nothing of the source.

import Type from 'typebox';
import { closed, count, orNull, text } from '../shared/schema.ts';

const extract = closed({ id: text, title: text, fromMs: count, toMs: orNull(count), expiresAt: text });
export const extractsAnswer = { 200: closed({ extracts: Type.Array(extract) }) };
export const madeAnswer = { 201: extract };
