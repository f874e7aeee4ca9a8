// The web server: HTTPS only, one error form, every route closed unless it says otherwise. It knows no slice; routes
// are handed to it by src/routes.ts.

import { readFile } from 'node:fs/promises';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import fastifyStatic from '@fastify/static';
import { type TypeBoxTypeProvider, TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import websocket from '@fastify/websocket';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import { GreffierError, reasonOf } from '../shared/errors.ts';
import type { Logger } from '../shared/logger.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** `public`, or the permission that the route needs. A route without it is refused at start. */
    access?: string;
    /** The second factor must have been given once more within the last minutes. */
    stepUp?: boolean;
  }
  interface FastifyInstance {
    /** Every route of the API with who may use it: for its description, and for whoever checks it. */
    inventory: { method: string; url: string; access: string; stepUp: boolean }[];
  }
  interface FastifyRequest {
    /** Login of who asks; empty on public routes. */
    user: string;
  }
}

export type WebServer = FastifyInstance;

export interface WebServerOptions {
  certificate: string;
  key: string;
  /** Folder of the built UI. */
  root: string;
  log: Logger;
  /** Checks who asks, and sets request.user. Throws `not-logged-in` or `forbidden`. */
  guard(request: FastifyRequest, permission: string): Promise<void>;
  routes(server: WebServer): void;
}

/** Builds the server without opening a port. */
export async function buildServer(options: WebServerOptions): Promise<WebServer> {
  const https = { cert: await readFile(options.certificate), key: await readFile(options.key) };
  const server = fastify({
    https: { ...https, minVersion: 'TLSv1.2' },
    bodyLimit: 64 * 1024,
    trustProxy: false,
  }).withTypeProvider<TypeBoxTypeProvider>() as unknown as WebServer;
  server.setValidatorCompiler(TypeBoxValidatorCompiler as never);
  server.decorateRequest('user', '');
  server.decorate('inventory', []);
  server.addHook('onRoute', ({ url, config, method }) => {
    if (!url.startsWith('/api') || method === 'HEAD') return;
    const { access, stepUp = false } = config ?? {};
    if (!access) throw new Error(`${url} does not say who may use it`);
    server.inventory.push({ method: String(method), url, access, stepUp });
  });
  // First of all hooks: the guard reads the cookie that this parses.
  await protect(server);
  server.addHook('onRequest', refuseForeignOrigins);
  server.addHook('onRequest', async (request) => {
    const permission = request.routeOptions.config.access;
    if (permission && permission !== 'public') await options.guard(request, permission);
  });
  server.setErrorHandler((error, request, reply) => answerError(error, request, reply, options.log));
  options.routes(server);
  await serveUi(server, options.root);
  return server;
}

/**
 * Cross-site requests are refused by what the browser says of them, so no token has to travel (ASVS 5.0, 3.5.1). A page
 * may open a websocket to any site, with its cookies, and always says where it comes from (ASVS 5.0, 4.4.2).
 */
async function refuseForeignOrigins(request: FastifyRequest): Promise<void> {
  const { method, headers } = request;
  const upgrade = headers.upgrade !== undefined;
  if (!upgrade && (method === 'GET' || method === 'HEAD')) return;
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

async function protect(server: WebServer): Promise<void> {
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

async function serveUi(server: WebServer, root: string): Promise<void> {
  await server.register(fastifyStatic, { root, wildcard: false, index: ['index.html'] });
  server.setNotFoundHandler((request, reply) => {
    const page = request.method === 'GET' && !request.url.startsWith('/api') && !/\.\w+$/.test(request.url);
    if (page) return reply.sendFile('index.html');
    return reply.code(404).send({ error: { code: 'not-found', message: 'there is nothing here' } });
  });
}

function answerError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  log: Logger,
): FastifyReply {
  if (error instanceof GreffierError) {
    if (error.status >= 500) log.error({ code: error.code }, error.message);
    return reply
      .code(error.status)
      .send({ error: { code: error.code, message: error.message, hint: error.hint } });
  }
  const status = (error as { statusCode?: number }).statusCode ?? 500;
  if (status < 500)
    return reply.code(status).send({ error: { code: 'bad-request', message: reasonOf(error) } });
  log.error({ route: request.routeOptions.url, reason: reasonOf(error) }, 'a request failed');
  return reply
    .code(500)
    .send({ error: { code: 'internal', message: 'the request failed; the journal says why' } });
}
