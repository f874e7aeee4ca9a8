// The daemon: open → listen to Asterisk → seal → purge → serve; stop in reverse.

import { watch } from 'node:fs';
import { execa } from 'execa';
import { openPeople } from './access/people.ts';
import { openSessions } from './access/sessions.ts';
import { type Appliance, openAppliance } from './appliance.ts';
import { type AmiFields, keepAmi } from './asterisk/ami.ts';
import { createAri } from './asterisk/ari.ts';
import { type CallPath, createCallPath } from './call-path.ts';
import { rebuildCatalogue } from './catalogue-rows.ts';
import { loadConfig } from './config/config.ts';
import { createDestruction } from './destruction.ts';
import { Services } from './health.ts';
import { publishPolicies } from './publish.ts';
import { scheduleSweep } from './purge/schedule.ts';
import { sweep } from './purge/sweep.ts';
import { buildWeb } from './routes.ts';
import { startSealer } from './sealing/sealer.ts';
import { GreffierError, reasonOf } from './shared/errors.ts';
import { createLogger } from './shared/logger.ts';

const LOOK_MS = 2_000;
const RESYNC_MS = 15_000;
const NO_SPOOL = 'the spool cannot be written: calls go on, nothing is recorded';
/** sysexits.h EX_CONFIG: systemd does not start it again until a person has mended the configuration. */
const EX_CONFIG = 78;

const log = createLogger();

async function run(): Promise<void> {
  const config = await loadConfig();
  const appliance = await openAppliance(config, log);
  const { settings, alarms, catalogue, vault, spool, clock } = appliance;
  if (settings.damage)
    await alarms.raise('settings.damaged', `the last good settings are in use: ${settings.damage}`);
  if (catalogue.count(clock().toISOString()).recordings === 0) {
    log.info({ rows: await rebuildCatalogue(vault, catalogue) }, 'catalogue rebuilt from the vault');
  }
  // Before anything is sealed: without its clear audio, what was sealed in part cannot be finished.
  const halves = await vault.sweepIncoming(new Set(await spool.calls()));
  if (halves.length) log.warn({ calls: halves }, 'recordings that were sealed in part were removed');
  const services = new Services();
  const stopping = new AbortController();
  const sealer = startSealer();
  const callPath = createCallPath(appliance, sealer);
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

/** Three doorbells for the spool: the folder itself, Asterisk's events, and the clock for what both have missed. */
function listen(appliance: Appliance, callPath: CallPath, services: Services, signal: AbortSignal): void {
  const { config, clock, alarms, log } = appliance;
  const { host, port, eventsUser } = config.asterisk.ami;
  const ari = createAri({
    url: config.asterisk.ari.url,
    user: config.asterisk.ari.user,
    secret: config.secrets.ari,
  });
  const look = (id?: string) =>
    void callPath.look(id).catch((error) => log.error({ reason: reasonOf(error) }, 'a look failed'));
  const resync = () =>
    callPath
      .resync(() => ari.liveChannels())
      .catch((error) => log.warn({ reason: reasonOf(error) }, 'no list of channels'));
  const publish = () =>
    publishPolicies(appliance).catch((error) =>
      log.warn({ reason: reasonOf(error) }, 'policies are not published'),
    );

  watch(config.paths.spool, { signal }, (_event, name) => {
    // The audio grows all the time; only its sheet says something new.
    if (name?.endsWith('.sheet')) look(name.slice(0, -'.sheet'.length));
  }).on('error', ignoreAbort);
  watch(config.state.announcements, { signal }, debounced(publish, 500)).on('error', ignoreAbort);
  watch(config.paths.recoveryKeys, { signal }, debounced(publish, 500)).on('error', ignoreAbort);
  for (const [run, ms] of [
    [look, LOOK_MS],
    [resync, RESYNC_MS],
  ] as const) {
    const timer = setInterval(() => run(), ms);
    signal.addEventListener('abort', () => clearInterval(timer));
  }
  const daily = setInterval(publish, 3_600_000);
  signal.addEventListener('abort', () => clearInterval(daily));

  services.set('asterisk', 'down', clock());
  void keepAmi(
    { host, port, user: eventsUser, secret: config.secrets.amiEvents },
    {
      signal,
      log,
      onDown: () => services.set('asterisk', 'down', clock()),
      async onUp(ami) {
        services.set('asterisk', 'up', clock());
        ami.onEvent((event) => {
          if (event.event === 'UserEvent' && event.userevent === 'GreffierCall') look(event.call);
          if (tellsNoSpool(event)) void alarms.raise('recording.no-spool', NO_SPOOL);
          if (event.event === 'MixMonitorStart' || event.event === 'MixMonitorStop') look();
        });
        await publish();
        await resync();
      },
    },
  );
}

/** Without a spool there is no sheet to say it in: the dialplan says it by an event. */
function tellsNoSpool({ event, userevent, code }: AmiFields): boolean {
  return event === 'UserEvent' && userevent === 'GreffierAlarm' && code === 'recording.no-spool';
}

function debounced(run: () => void, ms: number): () => void {
  let timer: NodeJS.Timeout | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(run, ms);
  };
}

function ignoreAbort(error: Error): void {
  if (error.name !== 'AbortError') throw error;
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
