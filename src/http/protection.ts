// What browsers are told, and what is refused before a route is reached (ASVS 5.0, 3.4 and 3.5).

import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import websocket from '@fastify/websocket';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { GreffierError } from '../shared/errors.ts';

/**
 * Cross-site requests are refused by what the browser says of them, so no token has to travel (ASVS 5.0, 3.5.1). A page
 * may open a websocket to any site, with its cookies, and always says where it comes from (ASVS 5.0, 4.4.2).
 */
export async function refuseForeignOrigins(request: FastifyRequest): Promise<void> {
  const { method, headers } = request;
  const upgrade = headers.upgrade !== undefined;
  if (!upgrade) {
    if (method === 'GET' || method === 'HEAD') return;
    // No browser adds this header by itself, so no other site can send it along. To a websocket no page can add it at all:
    // one that comes with it has to say where it comes from as any other.
    if (headers.authorization?.startsWith('Bearer ')) return;
  }
  const site = headers['sec-fetch-site'];
  const unsaid = headers.origin === undefined && !upgrade;
  const sameOrigin = unsaid || headers.origin === `https://${headers.host}`;
  if ((site !== undefined && site !== 'same-origin') || !sameOrigin) {
    throw new GreffierError('foreign-origin', 'the request comes from another site', { status: 403 });
  }
}

/** One page needs the microphone, and a policy holds for the whole document, whichever page it was opened at. */
const PERMISSIONS_POLICY =
  'microphone=(self), camera=(), display-capture=(), geolocation=(), usb=(), serial=()';

/** What a websocket may send at once: SIP with its media description (src/browser-phone). */
const LARGEST_FRAME = 16 * 1024;

/** What every answer carries, how much a websocket may send, and how often some routes may be asked. */
export async function protect(server: FastifyInstance): Promise<void> {
  await server.register(cookie);
  await server.register(websocket, {
    options: {
      maxPayload: LARGEST_FRAME,
      handleProtocols: (offered) => (offered.has('sip') ? 'sip' : false),
    },
  });
  await server.register(rateLimit, {
    global: false,
    errorResponseBuilder: (_request, { ttl }) =>
      new GreffierError('too-many-attempts', `too many attempts, try again in ${Math.ceil(ttl / 1000)} s`, {
        status: 429,
      }),
  });
  await server.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        mediaSrc: ['blob:'],
        connectSrc: ["'self'"],
        workerSrc: ["'self'"],
        fontSrc: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        requireTrustedTypesFor: ["'script'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: { maxAge: 31_536_000 },
  });
  server.addHook('onSend', async (request, reply) => {
    // A supervisor may speak into a call from the browser; nothing else of a machine is asked for.
    reply.header('permissions-policy', PERMISSIONS_POLICY);
    if (request.url.startsWith('/api')) reply.header('cache-control', 'no-store');
  });
}
