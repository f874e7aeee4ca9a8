// Policies, announcements and keys, brought into Asterisk: after this a call needs no daemon. Whatever is not in order
// is left out, so that the dialplan finds nothing to record by, and an alarm says why (fail closed).

import { measureAnnouncement } from './announcement/measure.ts';
import type { Appliance } from './appliance.ts';
import { replacePolicies } from './asterisk/database.ts';
import { type RecipientKey, readRecipients, sealableUntil } from './keys/recovery.ts';
import { compilePolicies, type MeasuredAnnouncements } from './policies/compile.ts';
import { reasonOf } from './shared/errors.ts';

const DAY_MS = 86_400_000;
/** Days before a key expires at which an alarm is raised. */
const WARNINGS = [7, 30, 60];

/** Compiles everything and hands it to Asterisk. Returns the generation. Throws when Asterisk does not take it. */
export async function publishPolicies(appliance: Appliance): Promise<number> {
  const { config, settings, clock } = appliance;
  const recipients = await readRecipients(config.paths.recoveryKeys, clock());
  await alarmAboutKeys(appliance, recipients);
  const announcements = await measureAll(appliance);
  const entries = compilePolicies(settings.data, announcements, sealableUntil(recipients));
  const { host, port, policiesUser } = config.asterisk.ami;
  return replacePolicies({ host, port, user: policiesUser, secret: config.secrets.amiPolicies }, entries);
}

async function measureAll({ settings, config, alarms }: Appliance): Promise<MeasuredAnnouncements> {
  const measured: MeasuredAnnouncements = {};
  for (const { id } of settings.data.announcements) {
    try {
      measured[id] = await measureAnnouncement(config.state.announcements, id);
    } catch (error) {
      await alarms.raise('announcement.failed', reasonOf(error));
    }
  }
  return measured;
}

async function alarmAboutKeys({ alarms, clock }: Appliance, recipients: RecipientKey[]): Promise<void> {
  for (const { file, unfit, expires } of recipients) {
    if (unfit) await alarms.raise('key.unfit', `${file} cannot be a recipient: ${unfit}`);
    const days = expires
      ? Math.ceil((expires.getTime() - clock().getTime()) / DAY_MS)
      : Number.POSITIVE_INFINITY;
    const warning = WARNINGS.find((limit) => days <= limit);
    if (!unfit && warning) await alarms.raise('key.expires', `${file} expires in less than ${warning} days`);
  }
  if (!recipients.some(({ unfit }) => !unfit)) {
    await alarms.raise('recording.no-recipient', 'no recovery key is fit: calls go on, nothing is recorded');
  }
}
