// What a route answers is a promise as much as what it takes: each answer is held against its schema, and each error
// against the list of the route. In production a fault of form is written down and what is not named is cut off; in tests
// it is a fault.

import type { RouteOptions } from 'fastify';
import Type, { type TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import { Value } from 'typebox/value';
import { lazy } from '../shared/lazy.ts';
import { closed } from '../shared/schema.ts';

/** Told of an answer that is not what the route promises; says nothing of the values. */
export type Misfit = (route: string, says: string) => void;

export const errorSchema = closed({
  error: closed({
    /** Stable: programs go by it. */
    code: Type.String(),
    /** For people, and free to change. */
    message: Type.String(),
    hint: Type.Optional(Type.String()),
  }),
});

/** Says of each route what an error looks like, so that no route has to. Throws for one that does not say what it answers. */
export function describeErrors(route: RouteOptions): void {
  const response = route.schema?.response;
  if (!response) throw new Error(`${route.method} ${route.url} does not say what it answers`);
  Object.assign(route.schema as object, {
    response: { ...response, '4xx': errorSchema, '5xx': errorSchema },
  });
}

/** Codes that a route may answer with besides its own, by how it is asked. */
export function commonErrors({
  config = {},
  schema,
}: Pick<RouteOptions, 'config' | 'schema' | 'method'>): string[] {
  const { access, stepUp, rateLimit } = config;
  return [
    ...(access === 'public' ? [] : ['not-logged-in', 'bad-token', 'forbidden', 'too-many-attempts']),
    ...(stepUp ? ['step-up-needed'] : []),
    ...(schema?.body || schema?.params || schema?.querystring ? ['bad-request'] : []),
    ...(rateLimit ? ['too-many-attempts'] : []),
  ];
}

/** Those of every route: of the server as a whole. */
export const ERRORS_OF_ALL = ['foreign-origin', 'bad-request', 'audit-unavailable', 'internal'];

interface Serialized {
  schema: unknown;
  method: string;
  url: string;
  httpStatus?: string;
}

/** Makes the serializers of fastify: JSON, held against the schema first, which is compiled for the first answer. */
export function answerSerializer(misfit: Misfit) {
  const compiled = new Map<unknown, () => Validator>();
  return ({ schema, method, url }: Serialized) => {
    const validator = compiled.get(schema) ?? lazy(() => Compile(schema as TSchema));
    compiled.set(schema, validator);
    return (data: unknown): string => {
      const json = JSON.stringify(data);
      const value: unknown = JSON.parse(json ?? 'null');
      if (validator().Check(value)) return json;
      misfit(
        `${method} ${url}`,
        validator()
          .Errors(value)
          .map(({ instancePath, message }) => `${instancePath} ${message}`)
          .join('; '),
      );
      return JSON.stringify(Value.Clean(schema as TSchema, value));
    };
  };
}
