// What the schema cannot say: the law's ceilings, and that the parts fit together. Each refusal names its rule.

import { longestDays } from '../shared/duration.ts';
import { GreffierError } from '../shared/errors.ts';
import { checker } from '../shared/validate.ts';
import { type Line, type Settings, settingsSchema } from './schema.ts';

/** Longest retention in days by purpose: six months (C21), five years for the proof of a contract (C18). */
export const CEILING_DAYS = { quality: 183, training: 183, contract: 1827 } as const;

const checkForm = checker(settingsSchema, 'bad-settings', 'settings');

/** Returns the settings, checked. Throws `bad-settings` with every fault of form, or the first rule that is broken. */
export function checkSettings(value: unknown): Settings {
  const settings = checkForm(value);
  refuseTwins(
    settings.announcements.map(({ id }) => id),
    'announcement',
  );
  refuseTwins(
    settings.lines.map(({ did }) => did),
    'line',
  );
  const known = new Set(settings.announcements.map(({ id }) => id));
  for (const line of settings.lines) checkLine(line, known);
  return settings;
}

function checkLine(line: Line, announcements: Set<string>): void {
  if (!announcements.has(line.announcement)) {
    throw refusal(`line ${line.did} plays announcement ${line.announcement}, which is not defined (C01)`);
  }
  const ceiling = CEILING_DAYS[line.purpose];
  if (longestDays(line.retention) > ceiling) {
    throw refusal(
      `line ${line.did} keeps recordings for ${line.retention}, longer than ${ceiling} days for purpose ${line.purpose} (C21)`,
      `write P${ceiling}D or less`,
    );
  }
}

function refuseTwins(names: string[], what: string): void {
  const twin = names.find((name, index) => names.indexOf(name) !== index);
  if (twin) throw refusal(`${what} ${twin} is defined twice`);
}

function refusal(message: string, hint?: string): GreffierError {
  return new GreffierError('bad-settings', message, { status: 400, ...(hint && { hint }) });
}
