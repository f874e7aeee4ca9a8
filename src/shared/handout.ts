// A package that was made for somebody who asked for it in the browser, and how it is handed over: once, to the same
// person, within minutes.

import type { FastifyReply } from 'fastify';
import Type, { type Static } from 'typebox';
import { bytesOf, closed, text } from './schema.ts';

export const TAR = 'application/x-tar';
/** It is made: where the ticket takes it out, and how its file is called. */
export const packedAnswer = { 201: closed({ ticket: text, name: text }) };
export const tarAnswer = bytesOf(TAR);
export const ticketQuery = Type.Object(
  { ticket: Type.String({ minLength: 1, maxLength: 64 }) },
  { additionalProperties: false },
);
export type TicketQuery = Static<typeof ticketQuery>;

export interface Packed {
  ticket: string;
  name: string;
}

export interface Handout {
  /** Name of the file. */
  name: string;
  stream: NodeJS.ReadableStream;
}

/** Takes a package out. Throws `no-such-package`. */
export type TakeOut = (ticket: string, user: string) => Promise<Handout>;

/** Answers with the package, as a file to be kept. */
export function sendTar(reply: FastifyReply, { name, stream }: Handout): FastifyReply {
  return reply.header('content-disposition', `attachment; filename="${name}"`).type(TAR).send(stream);
}
