// The routes of the appliance as a whole: which one it is, how it is, and what its API is.

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Permission, rolesOf } from './access/roles.ts';
import { BY_CLIENT, SCOPES } from './access/tokens.ts';
import { openApi } from './api/openapi.ts';
import { apiRoutes } from './api/routes.ts';
import type { Appliance } from './appliance.ts';
import { healthReport, type ServiceState } from './health.ts';
import { healthAnswer } from './health-answer.ts';
import { errorSchema } from './http/answers.ts';
import type { WebServer } from './http/server.ts';
import { closed, text } from './shared/schema.ts';
import { VERSION } from './version.ts';

export interface OwnParts {
  services: { list(): ServiceState[] };
  lastSweepAt(): string | null;
}

const siteAnswer = {
  200: closed({ name: text, timezone: text, language: text, version: text, bundle: text }),
};

/** Reads what the routes tell, and returns what adds them to a server. */
export async function ownRoutes(appliance: Appliance, parts: OwnParts): Promise<(server: WebServer) => void> {
  const { name, timezone, language } = appliance.config.site;
  const bundle = await bundleHash(appliance.config.web.root);
  return (server) => {
    server.get('/api/site', { config: { access: 'public' }, schema: { response: siteAnswer } }, async () => ({
      name,
      timezone,
      language,
      version: VERSION,
      bundle,
    }));
    server.get('/api/health', { config: { access: 'health:read' }, schema: { response: healthAnswer } }, () =>
      healthReport(appliance, parts.services.list(), parts.lastSweepAt()),
    );
    apiRoutes(server, () =>
      openApi({
        site: name,
        version: VERSION,
        routes: server.inventory,
        errorSchema,
        scopes: SCOPES,
        byClient: BY_CLIENT,
        rolesOf: (permission) => rolesOf(permission as Permission),
      }),
    );
  };
}

/** Hash of the UI's entry page, which names every other file of the bundle by its hash. */
async function bundleHash(root: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(join(root, 'index.html')))
    .digest('hex');
}
