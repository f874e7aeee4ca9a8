// Comments over HTTP. They are read by whoever has given a reason and opened the recording; the box passes on what only the
// browser can read.

import Type, { type Static } from 'typebox';
import type { WebServer } from '../http/server.ts';
import type { Asking } from '../shared/asking.ts';
import { GreffierError } from '../shared/errors.ts';
import { closed, NOTHING, text } from '../shared/schema.ts';
import type { Comments } from './store.ts';

export interface CommentRoutes {
  comments: Comments;
  /** Throws `recording-not-found`, `recording-destroyed`: of a recording that whoever asks may hear of. */
  insistPlayable(id: string, asking: Asking): Promise<void>;
  /** Whether the reason to listen was given (C30). */
  mayRead(ticket: string, user: string, recording: string): boolean;
  audit(entry: {
    actor: string;
    action: string;
    recording: string;
    subject?: string;
    from: string;
  }): Promise<void>;
}

const strict = { additionalProperties: false };
const id = Type.String({ minLength: 1, maxLength: 64 });
const params = Type.Object({ id }, strict);
const oneParams = Type.Object({ id, comment: id }, strict);
// Optional for the schema: that it is missing is answered by what is needed, not by a fault of form.
const ticketQuery = Type.Object({ ticket: Type.Optional(Type.String({ maxLength: 64 })) }, strict);
/** Base64 of some thousand letters. */
const body = Type.Object(
  { sealed: Type.String({ minLength: 40, maxLength: 12_000, pattern: '^[A-Za-z0-9+/]+={0,2}$' }) },
  strict,
);
const comment = closed({ id: text, by: text, at: text, sealed: text });
const commentsAnswer = { 200: closed({ comments: Type.Array(comment) }) };
const GONE = ['recording-not-found', 'recording-destroyed'];

/** Adds the routes of /api/recordings/:id/comments. */
export function commentRoutes(server: WebServer, parts: CommentRoutes): void {
  const { comments, insistPlayable, mayRead, audit } = parts;
  const access = 'recordings:play';
  const path = '/api/recordings/:id/comments';

  server.get(
    path,
    {
      config: { access, errors: [...GONE, 'reason-needed'] },
      schema: { params, querystring: ticketQuery, response: commentsAnswer },
    },
    async (request) => {
      const { id } = request.params as Static<typeof params>;
      const { ticket = '' } = request.query as Static<typeof ticketQuery>;
      if (!mayRead(ticket, request.user, id))
        throw new GreffierError('reason-needed', 'give the reason to listen first', { status: 403 });
      await insistPlayable(id, request);
      return { comments: await comments.of(id) };
    },
  );
  server.post(
    path,
    {
      config: { access, errors: [...GONE, 'bad-comment', 'too-many-comments'] },
      schema: { params, body, response: { 201: comment } },
    },
    async (request, reply) => {
      const { id: recording } = request.params as Static<typeof params>;
      await insistPlayable(recording, request);
      await audit({ actor: request.user, action: 'comment-made', recording, from: request.ip });
      const { sealed } = request.body as Static<typeof body>;
      return reply.code(201).send(await comments.add(recording, request.user, sealed));
    },
  );
  server.delete(
    `${path}/:comment`,
    {
      config: { access, errors: [...GONE, 'no-such-comment'] },
      schema: { params: oneParams, response: NOTHING },
    },
    async (request, reply) => {
      const { id: recording, comment } = request.params as Static<typeof oneParams>;
      await insistPlayable(recording, request);
      const { id: subject } = await comments.own(recording, comment, request.user);
      const told = { actor: request.user, action: 'comment-removed', recording, subject };
      await audit({ ...told, from: request.ip });
      await comments.remove(recording, comment);
      return reply.code(204).send();
    },
  );
}
