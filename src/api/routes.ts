// The description of the API over HTTP, for whoever is logged in.

import Type from 'typebox';
import type { WebServer } from '../http/server.ts';

// It describes all the rest: its own form is OpenAPI's, and is not said once more here.
const document = Type.Object({
  openapi: Type.Literal('3.1.0'),
  paths: Type.Record(Type.String(), Type.Unknown()),
});

/** Adds GET /api/openapi.json. @param describe makes the document, once all routes are there */
export function apiRoutes(server: WebServer, describe: () => object): void {
  let made: object | undefined;
  server.get(
    '/api/openapi.json',
    { config: { access: 'api:read' }, schema: { response: { 200: document } } },
    async () => {
      made ??= describe();
      return made;
    },
  );
}
