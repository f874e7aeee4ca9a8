// The lists of recordings and calls as they change: a stream of counts, and each says no more than that the list is to be
// asked for again.

import type { FastifyRequest } from 'fastify';
import type { WebServer } from '../http/server.ts';
import { liveStream, type Pace } from '../shared/event-stream.ts';
import { bytesOf } from '../shared/schema.ts';
import type { Changes } from './changes.ts';

export interface LiveListRoutes {
  changes: Changes;
  now(): Date;
  /** Whether whoever asked is still logged in and may still see the list. */
  mayStill(request: FastifyRequest): Promise<boolean>;
  pace?: Pace | undefined;
}

/** A list that grows by the second is asked for every two of them. */
const PACE: Pace = { gapMs: 2_000, heartbeatMs: 10_000 };

/** Adds GET /api/recordings/live. */
export function liveListRoutes(server: WebServer, parts: LiveListRoutes): void {
  const { changes, now, mayStill, pace = PACE } = parts;
  const open = new Set<ReturnType<typeof liveStream>>();
  // A stream has no end of its own, and the server waits for its connections.
  server.addHook('preClose', async () => {
    for (const stream of open) stream.destroy();
  });

  server.get(
    '/api/recordings/live',
    { config: { access: 'recordings:list' }, schema: { response: bytesOf('text/event-stream') } },
    async (request, reply) => {
      const { scope } = request;
      const content = () => ({ changes: changes.count(scope) });
      const stream = liveStream(
        { event: 'changed', content, now, onChange: changes.on, mayStill: () => mayStill(request) },
        pace,
      );
      open.add(stream);
      stream.once('close', () => open.delete(stream));
      return reply.type('text/event-stream').send(stream);
    },
  );
}
