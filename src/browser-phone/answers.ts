// What the routes of browser phones answer.

import Type from 'typebox';
import { closed, orNull, text } from '../shared/schema.ts';

export const phonesAnswer = { 200: closed({ desks: Type.Array(text), browser: orNull(text) }) };
/** What the page needs to be a phone; the password is not in it. */
export const accountAnswer = { 200: closed({ realm: text, address: text, extension: text, ha1: text }) };
