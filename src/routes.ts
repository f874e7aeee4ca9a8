// The whole route table of the web, and what each slice's routes are handed.

import { createAttempts } from './access/attempts.ts';
import { openDevices } from './access/devices.ts';
import { enrolmentRoutes } from './access/enrolment-routes.ts';
import { guard, insistMay } from './access/guard.ts';
import { createInvitations } from './access/invitations.ts';
import type { People } from './access/people.ts';
import { peopleRoutes } from './access/people-routes.ts';
import { mayAs, type Permission } from './access/roles.ts';
import { accessRoutes } from './access/routes.ts';
import type { Sessions } from './access/sessions.ts';
import { tokenRoutes } from './access/token-routes.ts';
import type { Tokens } from './access/tokens.ts';
import type { Appliance } from './appliance.ts';
import { approvalRoutes } from './approvals/routes.ts';
import { auditRoutes } from './audit/routes.ts';
import { auditParts } from './audit-export.ts';
import { boardRoutes } from './board/routes.ts';
import { browserPhoneRoutes } from './browser-phone/routes.ts';
import { extractRoutes } from './extracts/routes.ts';
import { askFor, DECIDED_BY, decide } from './four-eyes.ts';
import { createDownloads } from './handing-out.ts';
import type { Services } from './health.ts';
import { resolveSelection } from './hold-selection.ts';
import { holdsRoutes } from './holds/routes.ts';
import type { Misfit } from './http/answers.ts';
import { buildServer, type WebServer } from './http/server.ts';
import { incidentHandingRoutes } from './incident/handing-routes.ts';
import { incidentRoutes } from './incident/routes.ts';
import { incidentHandingParts, incidentParts } from './incident-web.ts';
import { keysParts, offerParts } from './keyring/keys-routes.ts';
import { offerRoutes } from './keys/offer-routes.ts';
import { keysRoutes } from './keys/routes.ts';
import { listensOf, transparencyOf } from './listens.ts';
import type { LiveBoard } from './live-board.ts';
import { ownRoutes } from './own-routes.ts';
import { insistOnReason, REASONS, type ReasonCode } from './playback/reasons.ts';
import { retentionRoutes } from './purge/routes.ts';
import { recordingsWeb } from './recordings-web.ts';
import { rightsHandingRoutes } from './rights/handing-routes.ts';
import { rightsRoutes } from './rights/routes.ts';
import { handingParts, rightsParts } from './rights-web.ts';
import { scorecardRoutes } from './scorecards/routes.ts';
import { scorecardParts } from './scorecards-of-site.ts';
import { settingsRoutes } from './settings-routes.ts';
import { statisticsRoutes } from './statistics/routes.ts';
import { statisticsOf } from './statistics-of-site.ts';
import type { Supervising } from './supervising.ts';
import { supervisionRoutes } from './supervision/routes.ts';
import { extractParts } from './training.ts';
import { transparencyRoutes } from './transparency/routes.ts';

export interface WebParts {
  people: People;
  sessions: Sessions;
  tokens: Tokens;
  services: Services;
  supervising: Supervising;
  board: LiveBoard;
  lastSweepAt(): string | null;
  /** Told of an answer that is not what its route promises; the journal is, when left out. */
  misfit?: Misfit;
  answered?: ((method: string, route: string, status: number) => void) | undefined;
}

/** Builds the web server over an open appliance. */
export async function buildWeb(appliance: Appliance, parts: WebParts): Promise<WebServer> {
  const { config, catalogue, audit, log, clock, holds, approvals } = appliance;
  const access = {
    ...parts,
    invitations: createInvitations(parts.people, clock),
    attempts: createAttempts(clock),
    devices: await openDevices(config.state.access),
    site: config.site.name,
    audit: audit.write,
    clock,
  };
  const downloads = await createDownloads(appliance);
  const addOwnRoutes = await ownRoutes(appliance, parts);
  return buildServer({
    certificate: config.web.certificate,
    key: config.web.key,
    root: config.web.root,
    log,
    answered: parts.answered,
    misfit:
      parts.misfit ?? ((route, says) => log.error({ route }, `an answer is not what it should be: ${says}`)),
    guard: (request, permission) => guard(request, permission as Permission, access),
    routes(server) {
      addOwnRoutes(server);
      accessRoutes(server, access);
      enrolmentRoutes(server, access);
      const clients = () => appliance.settings.data.clients;
      peopleRoutes(server, { ...access, clients });
      tokenRoutes(server, { ...access, clients });
      recordingsWeb(server, appliance, (request) => guard(request, 'recordings:list', access).then(yes, no));
      auditRoutes(server, auditParts(appliance, downloads));
      settingsRoutes(server, appliance, access);
      holdsRoutes(server, { holds, clock });
      retentionRoutes(server, {
        going: (before, limit, after) => catalogue.due(before, limit, after),
        byDay: (before) => catalogue.goingByDay(before),
        now: () => appliance.time.now(),
      });
      approvalRoutes(server, {
        approvals,
        clock,
        ask: (wish, by) => askFor(appliance, wish, by),
        resolve: (selection) => resolveSelection(appliance, selection),
        decide: (...decision) => decide(appliance, ...decision),
        insistMayDecide: (user, { kind }) => insistMay(access, user, DECIDED_BY[kind] as Permission),
      });
      keysRoutes(server, keysParts(appliance));
      offerRoutes(server, offerParts(appliance, parts.people));
      transparencyRoutes(server, {
        listensOf: (user) => listensOf(appliance, user),
        report: (month) => transparencyOf(appliance, month),
      });
      scorecardRoutes(server, scorecardParts(appliance));
      statisticsRoutes(server, {
        statistics: (query, scope) => statisticsOf(appliance, query, scope),
      });
      extractRoutes(server, extractParts(appliance));
      supervisionRoutes(server, {
        ...parts.supervising,
        reasons: REASONS,
        insistOnReason: (code, words) => insistOnReason(code as ReasonCode, words),
      });
      browserPhoneRoutes(server, {
        ...parts.supervising,
        ha1: parts.supervising.inBrowsers.ha1,
        upstream: () => webSocketOf(config.asterisk.ari.url),
        mayStill: (request) => guard(request, 'supervision:join', access).then(yes, no),
      });
      boardRoutes(server, {
        now: clock,
        onChange: parts.board.onChange,
        async boardFor(user) {
          const person = (await parts.people.find(user)) ?? { roles: [] };
          const watcher = { user, seesLast4: mayAs(person, 'recordings:list') };
          return () => parts.board.boardFor(watcher);
        },
        mayStill: (request) => guard(request, 'supervision:watch', access).then(yes, no),
      });
      rightsRoutes(server, rightsParts(appliance));
      rightsHandingRoutes(server, handingParts(appliance, downloads));
      incidentRoutes(server, incidentParts(appliance));
      incidentHandingRoutes(server, incidentHandingParts(appliance, downloads));
    },
  });
}

const yes = () => true;
const no = () => false;

/** Asterisk's websocket for SIP is a path of the web server that has ARI. */
function webSocketOf(ari: string): string {
  const address = new URL('/ws', ari);
  address.protocol = 'ws:';
  return address.href;
}
