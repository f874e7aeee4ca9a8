// The daemon: open → listen to Asterisk → seal → purge → serve; stop in reverse.

import { execa } from 'execa';
import { openPeople } from './access/people.ts';
import { openSessions } from './access/sessions.ts';
import { openAppliance } from './appliance.ts';
import { createCallPath } from './call-path.ts';
import { rebuildCatalogue } from './catalogue-rows.ts';
import { loadConfig } from './config/config.ts';
import { createDestruction } from './destruction.ts';
import { Services } from './health.ts';
import { listen } from './listen.ts';
import { scheduleSweep } from './purge/schedule.ts';
import { sweep } from './purge/sweep.ts';
import { recipientsFrom } from './recipients-of-call.ts';
import { buildWeb } from './routes.ts';
import { startSealer } from './sealing/sealer.ts';
import { GreffierError, reasonOf } from './shared/errors.ts';
import { createLogger } from './shared/logger.ts';

/** sysexits.h EX_CONFIG: systemd does not start it again until a person has mended the configuration. */
const EX_CONFIG = 78;

const log = createLogger();

async function run(): Promise<void> {
  const config = await loadConfig();
  const appliance = await openAppliance(config, log);
  const { settings, alarms, catalogue, vault, spool, clock } = appliance;
  if (settings.damage)
    await alarms.raise('settings.damaged', `the last good settings are in use: ${settings.damage}`);
  if (catalogue.stale) {
    const unreadable = (id: string, reason: string) => alarms.raise('vault.unreadable', reason, id);
    const recordings = await rebuildCatalogue(vault, catalogue, unreadable);
    log.info({ recordings }, 'catalogue rebuilt from the vault');
  }
  // Before anything is sealed: without its clear audio, what was sealed in part cannot be finished.
  const halves = await vault.sweepIncoming(new Set(await spool.calls()));
  if (halves.length) log.warn({ calls: halves }, 'recordings that were sealed in part were removed');
  const services = new Services();
  const stopping = new AbortController();
  const sealer = startSealer();
  const callPath = createCallPath(appliance, sealer, recipientsFrom(appliance));
  listen(appliance, callPath, services, stopping.signal);

  let lastSweepAt: string | null = null;
  const endSweeps = scheduleSweep(async () => {
    const { destroyed, failed } = await sweep(createDestruction(appliance), clock());
    lastSweepAt = clock().toISOString();
    if (destroyed.length) log.info({ recordings: destroyed.length }, 'recordings destroyed on time');
    for (const { id, reason } of failed)
      await alarms.raise('purge.failed', `could not be destroyed: ${reason}`, id);
  });

  const people = await openPeople(config.state.access, clock);
  const sessions = await openSessions(config.state.access, clock);
  const web = await buildWeb(appliance, { people, sessions, services, lastSweepAt: () => lastSweepAt });
  await web.listen({ host: config.web.address, port: config.web.port });
  await tellSystemd();
  log.info({ port: config.web.port }, 'greffier is ready');

  process.once('SIGTERM', async () => {
    stopping.abort();
    await web.close();
    endSweeps();
    // What was being sealed is sealed again from the spool at the next start.
    await sealer.close();
    sessions.close();
    catalogue.close();
    process.exit(0);
  });
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
