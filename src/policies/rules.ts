// What the schema cannot say: the law's ceilings, and that the parts fit together. Each refusal names its rule.

import { longestDays } from '../shared/duration.ts';
import { GreffierError } from '../shared/errors.ts';
import { checker } from '../shared/validate.ts';
import { type Line, type Settings, settingsSchema } from './schema.ts';

const SIX_MONTHS = { days: 184, words: 'six months', duration: 'P6M' };
const FIVE_YEARS = { days: 1827, words: 'five years', duration: 'P5Y' };
/**
 * Longest retention by purpose: six months (C21), five years for the proof of a contract (C18). In days at their
 * longest: July to December has 184, and five years have up to two leap days.
 */
const CEILINGS = { quality: SIX_MONTHS, training: SIX_MONTHS, contract: FIVE_YEARS } as const;
const SHORTEST_DAYS = 1 / 1440;

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
  const days = longestDays(line.retention);
  const keeps = `line ${line.did} keeps recordings for ${line.retention}`;
  if (days < SHORTEST_DAYS) throw refusal(`${keeps}, less than one minute`, 'write PT1M or more');
  const { days: ceiling, words, duration } = CEILINGS[line.purpose];
  if (days > ceiling) {
    throw refusal(
      `${keeps}, longer than ${words} for purpose ${line.purpose} (C21)`,
      `write ${duration} or less`,
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
