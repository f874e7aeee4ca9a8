// What the form cannot say: the law, and that the parts fit together. Each refusal names the object and the rule.

import { GreffierError } from '../shared/errors.ts';
import { checker } from '../shared/validate.ts';
import { withNames } from './objects.ts';
import { type Fault, sentence } from './rules/fault.ts';
import { policyFaults } from './rules/lawful.ts';
import { nameFaults } from './rules/names.ts';
import { peopleFaults } from './rules/people.ts';
import { queueFaults } from './rules/queues.ts';
import { referenceFaults } from './rules/references.ts';
import { supervisionFaults } from './rules/supervision.ts';
import { completed, type Settings, settingsSchema } from './schema.ts';

const checkForm = checker(settingsSchema, 'bad-settings', 'settings');
const RULES: ((settings: Settings) => Iterable<Fault>)[] = [
  nameFaults,
  policyFaults,
  referenceFaults,
  queueFaults,
  peopleFaults,
  supervisionFaults,
];

/**
 * Returns the settings, checked, with nothing left out. Throws `bad-settings` with every fault of form, or else with
 * every rule that is broken.
 */
export function checkSettings(value: unknown): Settings {
  const settings = completed(formOf(value));
  const faults = brokenRules(settings);
  if (faults.length === 0) return settings;
  const hint = faults.find((fault) => fault.hint)?.hint;
  throw refusal(faults.map(sentence).join('; '), hint);
}

export type Examined = { settings: Settings; faults: [] } | { settings: undefined; faults: Fault[] };

/** As `checkSettings`, but tells the faults one by one. A fault of form names its place in what it says. */
export function examineSettings(value: unknown): Examined {
  let form: ReturnType<typeof checkForm>;
  try {
    form = formOf(value);
  } catch (error) {
    if (!(error instanceof GreffierError)) throw error;
    const faults = error.message.replace(/^settings: /, '').split('; ');
    return { settings: undefined, faults: faults.map((says) => ({ at: 'settings', says })) };
  }
  const settings = completed(form);
  const faults = brokenRules(settings);
  return faults.length > 0 ? { settings: undefined, faults } : { settings, faults: [] };
}

function brokenRules(settings: Settings): Fault[] {
  return RULES.flatMap((rule) => [...rule(settings)]);
}

function formOf(value: unknown): ReturnType<typeof checkForm> {
  try {
    return checkForm(value);
  } catch (error) {
    if (!(error instanceof GreffierError)) throw error;
    throw refusal(withNames(error.message, value), error.hint);
  }
}

function refusal(message: string, hint?: string): GreffierError {
  return new GreffierError('bad-settings', message, { status: 400, ...(hint && { hint }) });
}
