// What the daemon listens to: the spool, Asterisk, the settings, and the clock.

import { type FSWatcher, watch } from 'node:fs';
import { basename } from 'node:path';
import type { Appliance } from './appliance.ts';
import { type AmiFields, keepAmi } from './asterisk/ami.ts';
import { createAri } from './asterisk/ari.ts';
import { checkpointAudit, pruneAudit } from './audit-upkeep.ts';
import type { CallPath } from './call-path.ts';
import type { Services } from './health.ts';
import { incidentUpkeep } from './incident-of-site.ts';
import { keepReport } from './listens.ts';
import type { LiveBoard } from './live-board.ts';
import { publishPolicies } from './publish.ts';
import { rightsUpkeep } from './rights-desk.ts';
import type { Clock } from './shared/clock.ts';
import { reasonOf } from './shared/errors.ts';
import { createSteering } from './steering.ts';
import type { Supervising } from './supervising.ts';
import { alarmAboutForecast, alarmAboutRoom } from './upkeep/disk-forecast.ts';
import { createQueueLogGuard } from './upkeep/queue-log.ts';
import { createSpoolGuard } from './upkeep/spool-guard.ts';

const LOOK_MS = 2_000;
const RESYNC_MS = 15_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const NO_SPOOL = 'the spool cannot be written: calls go on, nothing is recorded';

/** Doorbells for the spool: Asterisk's events, the folder itself while there are none, and the clock for what both have missed. */
export function listen(
  appliance: Appliance,
  callPath: CallPath,
  services: Services,
  live: { supervising: Supervising; board: LiveBoard },
  signal: AbortSignal,
): void {
  const { config, clock, alarms, log } = appliance;
  const { host, port, eventsUser } = config.asterisk.ami;
  const ari = createAri({
    url: config.asterisk.ari.url,
    user: config.asterisk.ari.user,
    secret: config.secrets.ari,
  });
  const steering = createSteering(appliance);
  const guard = createSpoolGuard(appliance, steering);
  const guardSpool = () =>
    guard().catch((error) => log.error({ reason: reasonOf(error) }, 'the spool is unguarded'));
  const queueLog = createQueueLogGuard(config.paths.queueLog);
  const guardQueueLog = () =>
    queueLog().catch((error) => log.error({ reason: reasonOf(error) }, 'queue_log is unguarded'));
  const noForecast = (error: unknown) => log.error({ reason: reasonOf(error) }, 'no forecast of the disk');
  const room = () => alarmAboutRoom(appliance).catch(noForecast);
  const noReport = (error: unknown) => log.error({ reason: reasonOf(error) }, 'no report of the month');
  const checkpoint = () => checkpointAudit(appliance);
  const forecast = () => alarmAboutForecast(appliance).catch(noForecast);
  const deadlines = () => {
    for (const upkeep of [rightsUpkeep, incidentUpkeep])
      void upkeep(appliance).catch((error) => log.error({ reason: reasonOf(error) }, 'no reminders'));
  };
  const look = (id?: string) => {
    live.board.look(id);
    void callPath.look(id).catch((error) => log.error({ reason: reasonOf(error) }, 'a look failed'));
  };
  const resync = () =>
    Promise.all([callPath.resync(() => ari.liveChannels()), live.board.resync()]).catch((error) =>
      log.warn({ reason: reasonOf(error) }, 'no list of channels'),
    );
  const publish = () =>
    publishPolicies(appliance).catch((error) =>
      log.warn({ reason: reasonOf(error) }, 'policies are not published'),
    );

  const folder = watchSpool(config.paths.spool, look, signal);
  signal.addEventListener('abort', folder.rest);
  folder.attend();
  const republish = debounced(publish, 500);
  watch(config.state.announcements, { signal }, republish).on('error', ignoreAbort);
  watch(config.paths.recoveryKeys, { signal }, republish).on('error', ignoreAbort);
  watch(config.paths.recipients, { signal, recursive: true }, republish).on('error', ignoreAbort);
  // Somebody applied new policies on the command line.
  const settings = basename(config.state.settings);
  watch(config.paths.state, { signal }, (_event, name) => {
    if (name === settings) republish();
  }).on('error', ignoreAbort);
  for (const [run, ms] of [
    [look, LOOK_MS],
    [guardSpool, LOOK_MS],
    [guardQueueLog, LOOK_MS],
    [room, MINUTE_MS],
    [checkpoint, MINUTE_MS],
    [resync, RESYNC_MS],
  ] as const) {
    const timer = setInterval(() => run(), ms);
    signal.addEventListener('abort', () => clearInterval(timer));
  }
  everyFullHour(publish, clock, signal);
  everyFullHour(forecast, clock, signal);
  everyFullHour(() => void pruneAudit(appliance), clock, signal);
  everyFullHour(deadlines, clock, signal);
  everyFullHour(() => void keepReport(appliance).catch(noReport), clock, signal);
  deadlines();
  void forecast();
  // Calls do not wait for Asterisk's manager interface: what they go by is a file.
  void publish();

  services.set('asterisk', 'down', clock());
  void keepAmi(
    { host, port, user: eventsUser, secret: config.secrets.amiEvents },
    {
      signal,
      log,
      onDown() {
        services.set('asterisk', 'down', clock());
        folder.attend();
        live.board.down();
      },
      async onUp(ami) {
        services.set('asterisk', 'up', clock());
        ami.onEvent((event) => {
          steering.onEvent(event);
          live.supervising.onEvent(event);
          live.board.onEvent(event);
          if (tellsOfSheet(event)) look(event.call);
          if (tellsNoSpool(event)) void alarms.raise('recording.no-spool', NO_SPOOL);
          if (event.event === 'MixMonitorStart' || event.event === 'MixMonitorStop') look();
        });
        folder.rest();
        // What it rang for last may not have been heard.
        look();
        // Who watches does not wait for the policies.
        void live.board.up(ami);
        await publish();
        await resync();
      },
    },
  );
}

/**
 * Watches the folder while Asterisk is not heard. While it is, each line of a sheet has its event, and the folder would ring
 * for every piece of audio that is written: eight times a second for each call.
 */
function watchSpool(folder: string, look: (id: string) => void, signal: AbortSignal) {
  let watcher: FSWatcher | undefined;
  return {
    attend() {
      // The link to Asterisk goes down with the daemon, too.
      if (signal.aborted) return;
      watcher ??= watch(folder, (_event, name) => {
        // The audio grows all the time; only its sheet says something new.
        if (name?.endsWith('.sheet')) look(name.slice(0, -'.sheet'.length));
      });
    },
    rest() {
      watcher?.close();
      watcher = undefined;
    },
  };
}

/** Every line of a sheet is told when it is written (asterisk-conf/dialplan/00-sheet.conf, 70-transferred.conf). */
function tellsOfSheet({ event, userevent }: AmiFields): boolean {
  return event === 'UserEvent' && (userevent === 'GreffierCall' || userevent === 'GreffierCut');
}

/** Without a spool there is no sheet to say it in: the dialplan says it by an event. */
function tellsNoSpool({ event, userevent, code }: AmiFields): boolean {
  return event === 'UserEvent' && userevent === 'GreffierAlarm' && code === 'recording.no-spool';
}

/** On the hour, because the seed of the draws changes with the month, and people become informed with the day. */
function everyFullHour(run: () => void, clock: Clock, signal: AbortSignal): void {
  let timer: NodeJS.Timeout;
  const wait = () => {
    timer = setTimeout(
      () => {
        run();
        wait();
      },
      HOUR_MS - (clock().getTime() % HOUR_MS) + 1,
    );
  };
  wait();
  signal.addEventListener('abort', () => clearTimeout(timer));
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
