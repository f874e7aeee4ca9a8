// The web server: HTTPS only, one error form, every route closed unless it says otherwise. It knows no slice; routes
// are handed to it by src/routes.ts.

import { readFile } from 'node:fs/promises';
import fastifyStatic from '@fastify/static';
import { type TypeBoxTypeProvider, TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import { GreffierError, reasonOf } from '../shared/errors.ts';
import { lazy } from '../shared/lazy.ts';
import type { Logger } from '../shared/logger.ts';
import { answerSerializer, commonErrors, describeErrors, ERRORS_OF_ALL, type Misfit } from './answers.ts';
import type { DescribedRoute, RouteSchema } from './described.ts';
import { protect, refuseForeignOrigins } from './protection.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** `public`, or the permission that the route needs. A route without it is refused at start. */
    access?: string;
    /** The second factor must have been given once more within the last minutes. */
    stepUp?: boolean;
    /** Stable codes that it may refuse with, besides those that come with its access and its form. */
    errors?: readonly string[];
  }
  interface FastifyInstance {
    /** Every route of the API with who may use it: for its description, and for whoever checks it. */
    inventory: DescribedRoute[];
  }
  interface FastifyRequest {
    /** Login of who asks; empty on public routes. */
    user: string;
    /** Ids of the clients whose data may be told (C34); undefined for all. None before it is known who asks. */
    scope: readonly string[] | undefined;
  }
}

export type WebServer = FastifyInstance;

export interface WebServerOptions {
  certificate: string;
  key: string;
  /** Folder of the built UI. */
  root: string;
  log: Logger;
  /** Checks who asks, and sets request.user and request.scope. Throws `not-logged-in` or `forbidden`. */
  guard(request: FastifyRequest, permission: string): Promise<void>;
  routes(server: WebServer): void;
  /** Told of an answer that is not what its route promises. */
  misfit: Misfit;
  /** Told of each answer, by the pattern of its route. */
  answered?: ((method: string, route: string, status: number) => void) | undefined;
}

/** Builds the server without opening a port. */
export async function buildServer(options: WebServerOptions): Promise<WebServer> {
  const https = { cert: await readFile(options.certificate), key: await readFile(options.key) };
  const server = fastify({
    https: { ...https, minVersion: 'TLSv1.2' },
    bodyLimit: 64 * 1024,
    trustProxy: false,
  }).withTypeProvider<TypeBoxTypeProvider>() as unknown as WebServer;
  // There are hundreds of schemas, and a site asks for few of them in a day.
  server.setValidatorCompiler(((route: never) => {
    const validator = lazy(() => TypeBoxValidatorCompiler(route));
    return (value: unknown) => validator()(value);
  }) as never);
  server.setSerializerCompiler(answerSerializer(options.misfit) as never);
  server.decorateRequest('user', '');
  server.decorateRequest('scope', undefined);
  server.decorate('inventory', []);
  server.addHook('onRoute', (route) => {
    const { url, config = {}, method } = route;
    if (!url.startsWith('/api') || method === 'HEAD') return;
    const { access, stepUp = false, errors = [] } = config;
    if (!access) throw new Error(`${url} does not say who may use it`);
    const all = [...new Set([...commonErrors(route), ...errors])];
    const schema = { ...(route.schema as unknown as RouteSchema) };
    server.inventory.push({
      method: String(method),
      url,
      access,
      stepUp,
      errors: all,
      schema,
    });
    describeErrors(route);
  });
  // First of all hooks: the guard reads the cookie that this parses.
  await protect(server);
  server.addHook('onRequest', refuseForeignOrigins);
  server.addHook('onRequest', async (request) => {
    request.scope = [];
    const permission = request.routeOptions.config.access;
    if (permission && permission !== 'public') await options.guard(request, permission);
  });
  server.addHook('onResponse', async ({ method, routeOptions }, { statusCode }) =>
    options.answered?.(method, routeOptions.url ?? 'none', statusCode),
  );
  server.setErrorHandler((error, request, reply) => answerError(error, request, reply, options));
  options.routes(server);
  await serveUi(server, options.root);
  return server;
}

async function serveUi(server: WebServer, root: string): Promise<void> {
  await server.register(fastifyStatic, {
    root,
    wildcard: false,
    index: ['index.html'],
    // Lies beside each file since it was built. What is in a page is no secret, so its length tells none (BREACH).
    preCompressed: true,
    globIgnore: ['**/*.br', '**/*.gz'],
    // The offline viewer is a file to be kept: here its own policy and ours would let nothing of it run.
    setHeaders: (reply, path) => {
      if (path.endsWith('viewer.html'))
        reply.header('content-disposition', 'attachment; filename="greffier-viewer.html"');
    },
  });
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
  { log, misfit }: Pick<WebServerOptions, 'log' | 'misfit'>,
): FastifyReply {
  if (error instanceof GreffierError) {
    if (error.status >= 500) log.error({ code: error.code }, error.message);
    else insistOnDescribed(error.code, request, misfit);
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

/** A code that programs go by is one that the description of the route names. */
function insistOnDescribed(code: string, { routeOptions, method, server }: FastifyRequest, misfit: Misfit) {
  const route = server.inventory.find(({ url, method: its }) => url === routeOptions.url && its === method);
  if (route && !route.errors.includes(code) && !ERRORS_OF_ALL.includes(code))
    misfit(`${method} ${route.url}`, `refuses with ${code}, which it does not describe`);
}
