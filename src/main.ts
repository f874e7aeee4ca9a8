// The daemon: open → listen to Asterisk → seal → purge → serve; stop in reverse. Its one argument is the file of its
// configuration, when that is not where the playbook puts it.

import { execa } from 'execa';
import { openPeople } from './access/people.ts';
import { openSessions } from './access/sessions.ts';
import { openTokens } from './access/tokens.ts';
import { type Appliance, openAppliance } from './appliance.ts';
import { backUpDaily } from './backing-up-daily.ts';
import { recipientsFrom } from './call-path/recipients-of-call.ts';
import { createCallPath } from './call-path.ts';
import { loadConfig } from './config/config.ts';
import { figuresOfSite } from './figures-of-site.ts';
import { resumeApproved } from './four-eyes.ts';
import { Services } from './health.ts';
import { listen } from './listen.ts';
import { createLiveBoard } from './live-board.ts';
import { countRequests, type Requests } from './metrics/requests.ts';
import { serveMetrics } from './metrics/server.ts';
import { scheduleSweep } from './purge/schedule.ts';
import { purgeDue } from './purging.ts';
import { buildWeb } from './routes.ts';
import { startSealer } from './sealing/sealer.ts';
import { GreffierError, reasonOf } from './shared/errors.ts';
import { createLogger } from './shared/logger.ts';
import { createSupervising } from './supervising.ts';
import { beginWithVault } from './upkeep/vault-at-start.ts';
import { keepWebhooks, openWebhooks } from './webhooks-of-site.ts';
import { keepWitnesses } from './witnesses.ts';

/** sysexits.h EX_CONFIG: systemd does not start it again until a person has mended the configuration. */
const EX_CONFIG = 78;

const log = createLogger();

async function run(): Promise<void> {
  const config = await loadConfig(process.argv[2]);
  const appliance = await openAppliance(config, log);
  const { settings, alarms, catalogue, clock } = appliance;
  if (settings.damage)
    await alarms.raise('settings.damaged', `the last good settings are in use: ${settings.damage}`);
  const stopping = new AbortController();
  // Before anything is sealed anew.
  await beginWithVault(appliance, stopping.signal);
  // What two people have decided, and a crash has kept from being done.
  await resumeApproved(appliance);
  const services = new Services();
  const webhooks = await openWebhooks(appliance, stopping.signal);
  const sealer = startSealer();
  const callPath = createCallPath(appliance, sealer, recipientsFrom(appliance), webhooks.reached);
  const supervising = await createSupervising(appliance);
  const board = createLiveBoard(appliance);
  listen(appliance, callPath, services, { supervising, board }, stopping.signal);
  keepWitnesses(appliance, stopping.signal);
  backUpDaily(appliance, stopping.signal);
  keepWebhooks(webhooks, stopping.signal);

  let lastSweepAt: string | null = null;
  const endSweeps = scheduleSweep(async () => {
    try {
      await resumeApproved(appliance);
      const { destroyed } = await purgeDue(appliance, { signal: stopping.signal });
      lastSweepAt = clock().toISOString();
      if (destroyed) log.info({ recordings: destroyed }, 'recordings destroyed on time');
    } catch (error) {
      // Calls go on; the next minute tries again.
      await alarms.raise('purge.failed', `nothing could be destroyed: ${reasonOf(error)}`);
    }
  });

  const people = await openPeople(config.state.access, clock);
  const sessions = await openSessions(config.state.access, clock);
  const requests = countRequests();
  const tokens = await openTokens(config.state.access, clock);
  const web = await buildWeb(appliance, {
    people,
    sessions,
    tokens,
    services,
    supervising,
    board,
    lastSweepAt: () => lastSweepAt,
    answered: requests.count,
  });
  await web.listen({ host: config.web.address, port: config.web.port });
  const metrics = await monitor(appliance, services, requests);
  await tellSystemd();
  log.info({ port: config.web.port }, 'greffier is ready');

  process.once('SIGTERM', async () => {
    stopping.abort();
    await web.close();
    metrics?.close();
    endSweeps();
    // What was being sealed is sealed again from the spool at the next start.
    await sealer.close();
    sessions.close();
    tokens.close();
    catalogue.close();
    process.exit(0);
  });
}

/** Figures for whoever monitors, where the configuration names a port. */
async function monitor(appliance: Appliance, services: Services, requests: Requests) {
  const { port } = appliance.config.metrics ?? {};
  if (port === undefined) return undefined;
  return serveMetrics(
    port,
    async () => [...(await figuresOfSite(appliance, services.list())), requests.metric()],
    (error) => log.error({ reason: reasonOf(error) }, 'the figures cannot be told'),
  );
}

async function tellSystemd(): Promise<void> {
  if (process.env.NOTIFY_SOCKET) await execa('systemd-notify', ['--ready']);
}

run().catch((error) => {
  log.fatal(
    { code: error.code, hint: error.hint, ...(error instanceof GreffierError ? {} : { stack: error.stack }) },
    reasonOf(error),
  );
  process.exit(error instanceof GreffierError ? EX_CONFIG : 1);
});
