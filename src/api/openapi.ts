// The description of the API, made from the routes that run: what is not running is not described, and the other way
// round (OpenAPI 3.1, whose schemas are JSON Schema 2020-12, as the routes' own are).

import type { DescribedRoute } from '../http/described.ts';
import { CODES, type Words } from './codes.ts';
import { TOPICS } from './titles.ts';
import type { Topic } from './topic.ts';

export interface Described {
  site: string;
  version: string;
  routes: DescribedRoute[];
  errorSchema: object;
  rolesOf(permission: string): readonly string[];
  /** Permissions that a token may have, and of those, the ones for a token of one client. */
  scopes: readonly string[];
  byClient: readonly string[];
}

/** Answers without a body. */
const EMPTY = ['101', '204'];
const ERROR = { $ref: '#/components/schemas/Error' };
const STATUS_TEXT: Record<string, string> = {
  101: 'the connection goes on as a websocket',
  200: 'what was asked for',
  201: 'made',
  202: 'it waits for a second person',
  204: 'done; there is nothing to say of it',
};

/** The document. Throws for a route or a code that nobody has put into words. */
export function openApi({ site, version, routes, errorSchema, ...told }: Described): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const path = route.url.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route, told) };
  }
  return {
    openapi: '3.1.0',
    info: { title: `Greffier ${site}`, version, license: { name: 'AGPL-3.0-or-later' } },
    servers: [{ url: '/' }],
    tags: TOPICS.map(({ id, title }) => ({ name: id, description: title.en, 'x-title-fr': title.fr })),
    paths,
    components: {
      schemas: { Error: errorSchema },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: '__Host-session' },
        token: { type: 'http', scheme: 'bearer' },
      },
    },
    'x-error-codes': Object.fromEntries(
      Object.entries(CODES).map(([code, { status, ...words }]) => [code, { status, ...words }]),
    ),
  };
}

function operation(route: DescribedRoute, told: Pick<Described, 'rolesOf' | 'scopes' | 'byClient'>): object {
  const { method, url, access, stepUp, errors, schema } = route;
  const { topic, title } = wordsOf(`${method} ${url}`);
  const open = access === 'public';
  const tokens = method === 'GET' && !stepUp && told.scopes.includes(access);
  return {
    operationId: `${method.toLowerCase()}${url.replace('/api', '').replaceAll(/[/:.-]+(\w)/g, (_, letter) => letter.toUpperCase())}`,
    tags: [topic.id],
    summary: title.en,
    'x-title-fr': title.fr,
    'x-permission': access,
    'x-roles': open ? [] : told.rolesOf(access),
    'x-step-up': stepUp,
    'x-errors': errors,
    security: open ? [] : [{ session: [] }, ...(tokens ? [{ token: [access] }] : [])],
    'x-token-by-client': tokens && told.byClient.includes(access),
    ...parametersOf(schema),
    ...(schema.body && {
      requestBody: { required: true, content: { 'application/json': { schema: schema.body } } },
    }),
    responses: { ...answersOf(schema.response), ...refusalsOf(errors) },
  };
}

function parametersOf({ params, querystring }: DescribedRoute['schema']): object {
  const all = [
    ...fieldsOf(params).map(([name, schema]) => ({ name, in: 'path', required: true, schema })),
    ...fieldsOf(querystring).map(([name, schema, required]) => ({ name, in: 'query', required, schema })),
  ];
  return all.length ? { parameters: all } : {};
}

function fieldsOf(schema: object = {}): [name: string, schema: object, required: boolean][] {
  const { properties = {}, required = [] } = schema as {
    properties?: Record<string, object>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, field]) => [name, field, required.includes(name)]);
}

function answersOf(response: Record<string, object>): object {
  return Object.fromEntries(
    Object.entries(response).map(([status, schema]) => {
      const content = 'content' in schema ? schema.content : { 'application/json': { schema } };
      return [status, { description: STATUS_TEXT[status], ...(EMPTY.includes(status) ? {} : { content }) }];
    }),
  );
}

/** One answer for each status, with the codes that it may have. */
function refusalsOf(errors: string[]): object {
  const byStatus: Record<string, string[]> = {};
  for (const code of errors) {
    const { status, en } = codeOf(code);
    byStatus[status] = [...(byStatus[status] ?? []), `\`${code}\`: ${en}`];
  }
  const content = { 'application/json': { schema: ERROR } };
  return {
    ...Object.fromEntries(
      Object.entries(byStatus).map(([status, lines]) => [status, { description: lines.join('\n'), content }]),
    ),
    '5XX': { description: 'a fault of the appliance; its health page says more', content },
  };
}

function codeOf(code: string): { status: number } & Words {
  const known = CODES[code];
  if (!known) throw new Error(`nobody has put the code ${code} into words`);
  return known;
}

function wordsOf(route: string): { topic: Topic; title: Words } {
  for (const topic of TOPICS) {
    const title = topic.routes[route];
    if (title) return { topic, title };
  }
  throw new Error(`nobody has put ${route} into words`);
}
