// Policies, announcements and keys, brought to where Asterisk reads them: after this a call needs no daemon. Whatever
// is not in order is left out, so that the dialplan finds nothing to record by, and an alarm says why (fail closed).

import { join } from 'node:path';
import { measureAnnouncement } from './announcement/measure.ts';
import type { Appliance } from './appliance.ts';
import { logOutOthers, reloadQueues } from './asterisk/queues.ts';
import { alarmAboutKeys } from './keyring/key-alarms.ts';
import { mendExchanges } from './keyring/reencrypt.ts';
import { tidyRetired } from './keyring/rotation-end.ts';
import { readRecipients, sealableUntil } from './keys/recovery.ts';
import { type Compiled, compilePolicies, type MeasuredAnnouncements } from './policies/compile.ts';
import { mayServe } from './policies/compile-queues.ts';
import { monthOf, seedOf } from './policies/draws.ts';
import { generationInForce, keepGeneration, putInForce, putQueues } from './policies/generation.ts';
import type { Settings } from './policies/schema.ts';
import { dayAt } from './shared/clock.ts';
import { reasonOf } from './shared/errors.ts';
import { whileLocked } from './shared/lock.ts';

const PATIENCE_SECONDS = 30;

/**
 * Compiles the settings as they are on disk and makes them the rules in force. Returns the generation. Asterisk may be
 * down meanwhile. Throws when the files or the audit log cannot be written; then the rules that were in force stay.
 */
export function publishPolicies(appliance: Appliance): Promise<string> {
  const { config, settings, alarms } = appliance;
  return inTurn(appliance, async () => {
    if ((await settings.reload()) === 'damaged')
      await alarms.raise('settings.damaged', `the last good settings are in use: ${settings.damage}`);
    await alarmAboutKeys(appliance);
    await mendVault(appliance);
    await bringObjections(appliance);
    const compiled = await compileNow(appliance, settings.data);
    await keepGeneration(config.state.policies, compiled);
    const before = await generationInForce(config.state.policies);
    if (before !== compiled.generation)
      await appliance.audit.write({
        actor: 'system',
        action: 'policies-published',
        reason: `generation ${before ?? 'none'} → ${compiled.generation}`,
      });
    await bringQueues(appliance, compiled, settings.data);
    await putInForce(config.state.policies, compiled.generation);
    return compiled.generation;
  });
}

/** Ends what a kill or a call in progress has left of rotations. That it fails keeps nothing from being recorded. */
async function mendVault(appliance: Appliance): Promise<void> {
  try {
    await mendExchanges(appliance);
    await tidyRetired(appliance);
  } catch (error) {
    appliance.log.warn({ reason: reasonOf(error) }, 'what a rotation has left in the vault waits');
  }
}

/** Who is not to be recorded. Without the list nobody is, and an alarm says so; the other rules are published. */
async function bringObjections({ objections, alarms }: Appliance): Promise<void> {
  try {
    await objections.publish();
  } catch (error) {
    await alarms.raise('objections.damaged', `nothing is recorded: ${reasonOf(error)}`);
  }
}

/** Compiles other settings beside those in force and keeps the result; no call goes by it yet. */
export function prepareGeneration(appliance: Appliance, settings: Settings): Promise<string> {
  return inTurn(appliance, async () => {
    const compiled = await compileNow(appliance, settings);
    await keepGeneration(appliance.config.state.policies, compiled);
    return compiled.generation;
  });
}

/** One publication at a time: an older one must never come after a newer one. */
function inTurn<T>({ config }: Appliance, work: () => Promise<T>): Promise<T> {
  return whileLocked(join(config.state.policies, '.lock'), PATIENCE_SECONDS, work);
}

async function compileNow(appliance: Appliance, settings: Settings): Promise<Compiled> {
  const { config, clock, audit } = appliance;
  const { timezone } = config.site;
  const month = monthOf(clock());
  return compilePolicies(settings, {
    announcements: await measureAll(appliance, settings),
    recordUntil: sealableUntil(await readRecipients(config.paths.recoveryKeys, clock())),
    seed: await seedOf(config.state.draws, month, (commitment) =>
      audit.write({ actor: 'system', action: 'draw-seed', reason: `${month}: sha256 ${commitment}` }),
    ),
    timezone,
    today: dayAt(clock(), timezone),
  });
}

async function bringQueues(
  { config, log }: Appliance,
  { queues }: Compiled,
  settings: Settings,
): Promise<void> {
  const { host, port, controlUser } = config.asterisk.ami;
  const control = { host, port, user: controlUser, secret: config.secrets.amiControl };
  const failure = await putQueues(config.state.policies, queues, () => reloadQueues(control));
  if (failure) return log.warn({ reason: reasonOf(failure) }, 'asterisk reads the queues when it is back');
  // Asterisk keeps who is logged in, whatever becomes of the settings.
  await logOutOthers(control, (queue, extension) => mayServe(settings.queues, queue, extension)).catch(
    (error) => log.warn({ reason: reasonOf(error) }, 'who may serve a queue no more is logged out later'),
  );
}

async function measureAll({ config, alarms }: Appliance, settings: Settings): Promise<MeasuredAnnouncements> {
  const measured: MeasuredAnnouncements = {};
  for (const { id } of settings.announcements) {
    try {
      measured[id] = await measureAnnouncement(config.state.announcements, id);
    } catch (error) {
      await alarms.raise('announcement.failed', reasonOf(error));
    }
  }
  return measured;
}
