// The routes of the settings and of the announcements, and who may decide about recording (ADR 0031).

import { type AccessParts, insistMay } from './access/guard.ts';
import { mayAs } from './access/roles.ts';
import { announcementRoutes } from './announcement/routes.ts';
import { announcementParts } from './announcements-of-site.ts';
import type { Appliance } from './appliance.ts';
import type { WebServer } from './http/server.ts';
import { policyRoutes } from './policies/routes.ts';
import { policyParts } from './policies-of-site.ts';

/** Adds the routes of /api/policies and /api/announcements. */
export function settingsRoutes(
  server: WebServer,
  appliance: Appliance,
  access: Pick<AccessParts, 'people' | 'audit'>,
): void {
  const insistMayDecide = (user: string) => insistMay(access, user, 'policies:decide');
  policyRoutes(server, policyParts(appliance, insistMayDecide));
  const mayDecide = async (user: string) =>
    mayAs((await access.people.find(user)) ?? { roles: [] }, 'policies:decide');
  announcementRoutes(server, announcementParts(appliance, mayDecide));
}
