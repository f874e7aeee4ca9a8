// What the routes of incidents are handed.

import type { Appliance } from './appliance.ts';
import type { Downloads } from './handing-out.ts';
import type { IncidentHandingRoutes } from './incident/handing-routes.ts';
import type { IncidentRoutes } from './incident/routes.ts';
import { noticeOf } from './incident-notice.ts';
import { closeIncident, incidentsOf, notifyIncident, openIncident } from './incident-of-site.ts';
import { writeIncident } from './incident-report.ts';

/** The incidents themselves. */
export function incidentParts(appliance: Appliance): IncidentRoutes {
  const { clock } = appliance;
  const incidents = incidentsOf(appliance);
  return {
    now: clock,
    list: () => incidents.all(),
    show: incidents.read,
    open: (by, { reason, awareAt, ...scope }) =>
      openIncident(appliance, {
        reason,
        scope,
        by,
        awareAt: awareAt === undefined ? clock() : new Date(awareAt),
      }),
    notified: (by, id, { at, reference }) =>
      notifyIncident(appliance, id, by, { at: new Date(at), reference }),
    close: (by, id, note) => closeIncident(appliance, id, by, note),
  };
}

/** What leaves the box of an incident. */
export function incidentHandingParts(appliance: Appliance, downloads: Downloads): IncidentHandingRoutes {
  const about = (id: string) => `incident ${id}`;
  return {
    notice: async (id, language) => noticeOf(appliance, await incidentsOf(appliance).read(id), language),
    async pack(user, id) {
      const incident = await incidentsOf(appliance).read(id);
      return downloads.make(user, about(id), {
        name: `incident-${id}`,
        at: appliance.clock(),
        layOut: (folder) => writeIncident(appliance, incident, user, folder),
      });
    },
    takeOut: (id) => (ticket, user) => downloads.take(ticket, user, about(id)),
  };
}
