// Words that schemas of answers are made of. They are closed: what is not named does not leave the box (C19).

import Type, { type TSchema } from 'typebox';

export const text = Type.String();
export const count = Type.Integer({ minimum: 0 });
export const flag = Type.Boolean();
/** UTC, ISO 8601 with milliseconds. */
export const moment = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' });
/** What a list of the next page is asked for with; null on the last one. */
export const next = Type.Union([Type.String(), Type.Null()]);

export const closed = <T extends Record<string, TSchema>>(fields: T) =>
  Type.Object(fields, { additionalProperties: false });
export const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

/** Done, and nothing to say of it. */
export const NOTHING = { 204: Type.Null() };

/** The connection goes on as a websocket. */
export const WEBSOCKET = { 101: Type.Null() };

/** Bytes of that media type, which are told but not looked into: a message that only its recipients open. */
export const bytesOf = (type: string) => ({ 200: { content: { [type]: { schema: Type.String() } } } });
