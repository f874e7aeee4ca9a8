// The routes of recordings and calls: found in the index, handed out of the vault, and written about.

import type { FastifyRequest } from 'fastify';
import type { Appliance } from './appliance.ts';
import { callsListRoutes } from './calls/list.ts';
import { callsRoutes } from './calls/routes.ts';
import { callsParts } from './calls-of-site.ts';
import { liveListRoutes } from './catalogue/live-routes.ts';
import { catalogueRoutes } from './catalogue/routes.ts';
import { commentRoutes } from './comments/routes.ts';
import type { WebServer } from './http/server.ts';
import { playbackRoutes } from './playback/routes.ts';
import { createTickets } from './playback/tickets.ts';
import { searchParts } from './recording-search.ts';
import { sealedMessage } from './sealed-message.ts';
import { recordingNotFound } from './sealed-recording.ts';
import { manifestSchema, readManifest } from './sealing/manifest.ts';
import type { Asking } from './shared/asking.ts';
import { GreffierError } from './shared/errors.ts';
import { vconOfCall } from './vcon-of-call.ts';

/**
 * Adds them to a server.
 * @param mayStill whether whoever asked is still logged in and may still see the list
 */
export function recordingsWeb(
  server: WebServer,
  appliance: Appliance,
  mayStill: (request: FastifyRequest) => Promise<boolean>,
): void {
  const { catalogue, comments, vault, audit, clock } = appliance;
  const search = searchParts(appliance);
  const tickets = createTickets(clock);

  catalogueRoutes(server, {
    ...search,
    manifestSchema,
    async evidence({ id, day }) {
      const manifest = await vault.read(id, new Date(day), 'manifest');
      return manifest && { manifest: readManifest(manifest), files: await vault.sizes(id, new Date(day)) };
    },
  });
  liveListRoutes(server, { changes: catalogue.changes, now: clock, mayStill });
  callsListRoutes(server, callsParts(appliance, search.looksFor));
  callsRoutes(server, { vcon: (id, asking) => vconOfCall(appliance, id, asking) });
  playbackRoutes(server, {
    tickets,
    audit: audit.writeAll,
    async find(id, asking) {
      const row = await search.find(id, asking);
      if (!row) return undefined;
      const day = new Date(row.day);
      return {
        destroyed: row.state === 'destroyed',
        extensions: row.extension,
        read: (part) => vault.read(id, day, part),
        message: (header) => sealedMessage(vault, id, day, header),
      };
    },
  });
  commentRoutes(server, {
    comments,
    audit: audit.write,
    mayRead: (ticket, user, id) => tickets.valid(ticket, user, id, 'message'),
    async insistPlayable(id: string, asking: Asking) {
      const row = await search.find(id, asking);
      if (!row) throw recordingNotFound(id.slice(0, 36));
      if (row.state === 'destroyed')
        throw new GreffierError('recording-destroyed', `recording ${id} was destroyed`, { status: 410 });
    },
  });
}
