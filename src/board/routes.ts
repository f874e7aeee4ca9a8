// The live board: once, and as a stream.

import type { FastifyRequest } from 'fastify';
import type { WebServer } from '../http/server.ts';
import { liveStream, type Pace } from '../shared/event-stream.ts';
import { bytesOf } from '../shared/schema.ts';
import { type Board, sentSchema } from './schema.ts';

export interface BoardRoutes {
  /** The board as that person sees it. */
  boardFor(user: string): Promise<() => Board>;
  now(): Date;
  onChange(listener: () => void): () => void;
  /** Whether whoever asked is still logged in and may still watch. */
  mayStill(request: FastifyRequest): Promise<boolean>;
  pace?: Pace | undefined;
}

/** Adds GET /api/board and /api/board/live. */
export function boardRoutes(server: WebServer, parts: BoardRoutes): void {
  const { boardFor, now, onChange, mayStill, pace } = parts;
  const config = { access: 'supervision:watch' };
  const open = new Set<ReturnType<typeof liveStream>>();
  // A stream has no end of its own, and the server waits for its connections.
  server.addHook('preClose', async () => {
    for (const stream of open) stream.destroy();
  });

  server.get('/api/board', { config, schema: { response: { 200: sentSchema } } }, async (request) => ({
    at: now().toISOString(),
    ...(await boardFor(request.user))(),
  }));
  server.get(
    '/api/board/live',
    { config, schema: { response: bytesOf('text/event-stream') } },
    async (request, reply) => {
      const content = await boardFor(request.user);
      const stream = liveStream(
        { event: 'board', content, now, onChange, mayStill: () => mayStill(request) },
        pace,
      );
      open.add(stream);
      stream.once('close', () => open.delete(stream));
      return reply.type('text/event-stream').send(stream);
    },
  );
}
