// Listening. The box hands out ciphertext only, and only after the reason to listen is on disk (C30, promise 8).

import type { FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import type { WebServer } from '../http/server.ts';
import type { Asking } from '../shared/asking.ts';
import { GreffierError } from '../shared/errors.ts';
import { MESSAGE, messageAnswer, reasonsAnswer, ticketAnswer, ticketsAnswer } from './answers.ts';
import { insistOnReason, REASONS } from './reasons.ts';
import type { Tickets } from './tickets.ts';

/** A recording that can be listened to. */
export interface Playable {
  destroyed: boolean;
  /** Who took part inside, with spaces between: they may see who listened, when the recording is long gone too. */
  extensions: string;
  /** Bytes of one part; undefined when it is gone. */
  read(part: 'header' | 'details'): Promise<Buffer | undefined>;
  /** The whole message that begins with this header. */
  message(header: Buffer): Promise<{ stream: NodeJS.ReadableStream; bytes: number }>;
}

export interface PlaybackRoutes {
  tickets: Tickets;
  /** A recording that whoever asks may hear of. */
  find(id: string, asking: Asking): Promise<Playable | undefined>;
  /** All on disk, or none. */
  audit(entries: Entry[]): Promise<void>;
}

interface Entry {
  actor: string;
  action: string;
  recording: string;
  code: string;
  reason?: string;
  from: string;
  /** Left out where nobody's voice was heard. */
  extensions?: string;
}

const closed = { additionalProperties: false };
/** As many as stand on one page of the list. */
const numbersBody = Type.Object(
  {
    ids: Type.Array(Type.String({ minLength: 1, maxLength: 64 }), {
      minItems: 1,
      maxItems: 50,
      uniqueItems: true,
    }),
    code: Type.Enum([...REASONS]),
    reason: Type.Optional(Type.String({ maxLength: 500 })),
  },
  closed,
);
const params = Type.Object({ id: Type.String({ maxLength: 64 }) }, closed);
const reasonBody = Type.Object(
  { code: Type.Enum([...REASONS]), reason: Type.Optional(Type.String({ maxLength: 500 })) },
  closed,
);
// Optional for the schema: that it is missing is answered by what is needed, not by a fault of form.
const ticketQuery = Type.Object({ ticket: Type.Optional(Type.String({ maxLength: 64 })) }, closed);
const GONE = ['recording-not-found', 'recording-destroyed'];

type Params = Static<typeof params>;

/** Adds the routes of playback. */
export function playbackRoutes(server: WebServer, { tickets, find, audit }: PlaybackRoutes): void {
  const config = { access: 'recordings:play' };

  async function playable(id: string, asking: Asking): Promise<Playable> {
    const found = await find(id, asking);
    if (!found)
      throw new GreffierError('recording-not-found', `no recording ${id.slice(0, 36)}`, { status: 404 });
    if (found.destroyed)
      throw new GreffierError('recording-destroyed', `recording ${id} was destroyed`, { status: 410 });
    return found;
  }

  async function header(found: Playable, id: string): Promise<Buffer> {
    const bytes = await found.read('header');
    if (!bytes)
      throw new GreffierError('recording-destroyed', `recording ${id} was destroyed`, { status: 410 });
    return bytes;
  }

  function checkTicket({ user, query }: FastifyRequest, id: string, part: 'message' | 'details'): void {
    const { ticket } = query as Static<typeof ticketQuery>;
    if (ticket && tickets.valid(ticket, user, id, part)) return;
    throw new GreffierError('reason-needed', 'give the reason to listen first', { status: 403 });
  }

  // Whoever gives a reason chooses from it, on the live board too, and whoever was listened to reads it.
  server.get(
    '/api/reasons',
    { config: { access: 'listens:own' }, schema: { response: reasonsAnswer } },
    async () => ({ reasons: REASONS }),
  );
  server.post(
    '/api/recordings/:id/playback',
    {
      config: { ...config, errors: [...GONE, 'no-reason', 'personal-reason'] },
      schema: { params, body: reasonBody, response: ticketAnswer },
    },
    async (request, reply) => {
      const { id } = request.params as Params;
      const { code, reason = '' } = request.body as Static<typeof reasonBody>;
      insistOnReason(code, reason);
      const { extensions } = await playable(id, request);
      const told = { actor: request.user, action: 'play', recording: id, code, from: request.ip, extensions };
      await audit([{ ...told, ...(reason.trim() && { reason: reason.trim() }) }]);
      return reply.code(201).send({ ticket: tickets.issue(request.user, id) });
    },
  );

  // Who called, of many at once and without the voices: each is in the audit log all the same.
  server.post(
    '/api/recordings/numbers',
    {
      config: { ...config, errors: ['no-reason', 'personal-reason'] },
      schema: { body: numbersBody, response: ticketsAnswer },
    },
    async (request, reply) => {
      const { ids, code, reason = '' } = request.body as Static<typeof numbersBody>;
      insistOnReason(code, reason);
      const there: string[] = [];
      for (const id of ids) {
        const found = await find(id, request);
        if (found && !found.destroyed) there.push(id);
      }
      const told = { actor: request.user, action: 'read-number', code, from: request.ip };
      const why = reason.trim() ? { reason: reason.trim() } : {};
      await audit(there.map((recording) => ({ ...told, recording, ...why })));
      const ticket = (id: string) => tickets.issue(request.user, id, 'details');
      return reply.code(201).send({ tickets: there.map((id) => ({ id, ticket: ticket(id) })) });
    },
  );

  server.get(
    '/api/recordings/:id/message',
    {
      config: { ...config, errors: [...GONE, 'reason-needed'] },
      schema: { params, querystring: ticketQuery, response: messageAnswer },
    },
    async (request, reply) => {
      const { id } = request.params as Params;
      checkTicket(request, id, 'message');
      const found = await playable(id, request);
      const head = await header(found, id);
      const { stream, bytes } = await found.message(head);
      return reply.header('content-length', bytes).type(MESSAGE).send(stream);
    },
  );

  server.get(
    '/api/recordings/:id/details',
    {
      config: { ...config, errors: [...GONE, 'reason-needed'] },
      schema: { params, querystring: ticketQuery, response: messageAnswer },
    },
    async (request, reply) => {
      const { id } = request.params as Params;
      checkTicket(request, id, 'details');
      const found = await playable(id, request);
      const parts = [await header(found, id), (await found.read('details')) ?? Buffer.alloc(0)];
      return reply.type(MESSAGE).send(Buffer.concat(parts));
    },
  );
}
