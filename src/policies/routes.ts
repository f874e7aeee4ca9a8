// The settings over HTTP: what is in force and since when, what a change would change, and the change itself.

import Type, { type Static } from 'typebox';
import type { WebServer } from '../http/server.ts';
import type { Asking } from '../shared/asking.ts';
import { bytesOf } from '../shared/schema.ts';
import {
  type AppliedAnswer,
  appliedAnswer,
  type History,
  historyAnswer,
  type PlanAnswer,
  planAnswer,
  type SettingsAnswer,
  settingsAnswer,
  type Wish,
  wishSchema,
} from './answers.ts';

export interface PolicyRoutes {
  show(): Promise<SettingsAnswer>;
  /** All settings as YAML; audited, since it says who is a staff representative. Throws `audit-unavailable`. */
  text(asking: Asking): Promise<string>;
  history(page: { before?: number | undefined; limit: number }): Promise<History>;
  /** Throws `settings-changed`, `settings-damaged`, `bad-settings` for what is no YAML. */
  plan(wish: Wish, asking: Asking): Promise<PlanAnswer>;
  /** Throws the same, `bad-settings` for every fault, `busy`, `forbidden`. */
  apply(wish: Wish, asking: Asking): Promise<AppliedAnswer>;
}

/** A text of a million characters, each of which JSON may need two bytes for. */
const LARGEST_BODY = 2 * 1024 * 1024;
const CHANGED = ['settings-changed', 'settings-damaged', 'bad-settings'];

const pageQuery = Type.Object(
  {
    /** Entries before that place in the audit log. */
    before: Type.Optional(Type.Integer({ minimum: 0 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  },
  { additionalProperties: false },
);

/** Adds the routes of /api/policies. */
export function policyRoutes(server: WebServer, parts: PolicyRoutes): void {
  const read = { access: 'policies:read' };
  const manage = { access: 'policies:manage' };
  server.get('/api/policies', { config: { ...read }, schema: { response: settingsAnswer } }, () =>
    parts.show(),
  );
  server.get(
    '/api/policies/history',
    { config: { ...read }, schema: { querystring: pageQuery, response: historyAnswer } },
    ({ query }) => {
      const { before, limit = 20 } = query as Static<typeof pageQuery>;
      return parts.history({ before, limit });
    },
  );
  server.get(
    '/api/policies/settings.yaml',
    { config: { ...manage }, schema: { response: bytesOf('application/yaml') } },
    async (request, reply) => {
      reply.header('content-disposition', 'attachment; filename="policies.yaml"');
      return reply.type('application/yaml; charset=utf-8').send(await parts.text(request));
    },
  );
  server.post(
    '/api/policies/plan',
    {
      config: { ...manage, errors: CHANGED },
      bodyLimit: LARGEST_BODY,
      schema: { body: wishSchema, response: { 200: planAnswer } },
    },
    (request) => parts.plan(request.body as Wish, request),
  );
  server.post(
    '/api/policies/apply',
    {
      config: { ...manage, stepUp: true, errors: [...CHANGED, 'busy'] },
      bodyLimit: LARGEST_BODY,
      schema: { body: wishSchema, response: { 200: appliedAnswer } },
    },
    (request) => parts.apply(request.body as Wish, request),
  );
}
