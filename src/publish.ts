// Policies, announcements and keys, brought to where Asterisk reads them: after this a call needs no daemon. Whatever
// is not in order is left out, so that the dialplan finds nothing to record by, and an alarm says why (fail closed).

import { join } from 'node:path';
import { measureAnnouncement } from './announcement/measure.ts';
import type { Appliance } from './appliance.ts';
import { reloadQueues } from './asterisk/queues.ts';
import { recipientsOf } from './keys/recipients.ts';
import { type RecipientKey, readRecipients, sealableUntil } from './keys/recovery.ts';
import { type Compiled, compilePolicies, type MeasuredAnnouncements } from './policies/compile.ts';
import { monthOf, seedOf } from './policies/draws.ts';
import { generationInForce, keepGeneration, putInForce, putQueues } from './policies/generation.ts';
import type { Settings } from './policies/schema.ts';
import { reasonOf } from './shared/errors.ts';
import { whileLocked } from './shared/lock.ts';

const DAY_MS = 86_400_000;
/** Days before a key expires at which an alarm is raised. */
const WARNINGS = [7, 30, 60];
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
    await alarmAboutGroups(appliance);
    const compiled = await compileNow(appliance, settings.data);
    await keepGeneration(config.state.policies, compiled);
    const before = await generationInForce(config.state.policies);
    if (before !== compiled.generation)
      await appliance.audit.write({
        actor: 'system',
        action: 'policies-published',
        reason: `generation ${before ?? 'none'} → ${compiled.generation}`,
      });
    await bringQueues(appliance, compiled);
    await putInForce(config.state.policies, compiled.generation);
    return compiled.generation;
  });
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
    // Sweden writes dates as ISO 8601 does.
    today: new Intl.DateTimeFormat('sv-SE', { timeZone: timezone }).format(clock()),
  });
}

async function bringQueues({ config, log }: Appliance, { queues }: Compiled): Promise<void> {
  const { host, port, controlUser } = config.asterisk.ami;
  const failure = await putQueues(config.state.policies, queues, () =>
    reloadQueues({ host, port, user: controlUser, secret: config.secrets.amiControl }),
  );
  if (failure) log.warn({ reason: reasonOf(failure) }, 'asterisk reads the queues when it is back');
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

async function alarmAboutKeys({ alarms, clock, config }: Appliance): Promise<void> {
  const recipients = await readRecipients(config.paths.recoveryKeys, clock());
  for (const key of recipients) {
    const { file, unfit } = key;
    if (unfit) await alarms.raise('key.unfit', `${file} cannot be a recipient: ${unfit}`);
    const warning = WARNINGS.find((limit) => daysLeft(key, clock()) <= limit);
    if (!unfit && warning) await alarms.raise('key.expires', `${file} expires in less than ${warning} days`);
  }
  if (!recipients.some(({ unfit }) => !unfit)) {
    await alarms.raise('recording.no-recipient', 'no recovery key is fit: calls go on, nothing is recorded');
  }
}

function daysLeft({ expires }: RecipientKey, now: Date): number {
  return expires ? Math.ceil((expires.getTime() - now.getTime()) / DAY_MS) : Number.POSITIVE_INFINITY;
}

async function alarmAboutGroups({ alarms, clock, config, settings }: Appliance): Promise<void> {
  const named = { recipients: [...new Set(settings.data.policies.flatMap(({ recipients }) => recipients))] };
  const { without } = await recipientsOf(config.paths, named, clock());
  for (const group of without)
    await alarms.raise(
      'group.no-key',
      `recipient group ${group} has no fit key: it cannot open new recordings`,
    );
}
