// The configuration: read once, checked once, frozen. Nothing else in the program reads the environment or the file.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { GreffierError, reasonOf } from '../shared/errors.ts';
import { checker } from '../shared/validate.ts';
import { type ConfigFile, configSchema } from './schema.ts';
import { checkWebhooks } from './webhooks.ts';
import { checkWitnesses } from './witnesses.ts';

export const CONFIG_FILE = '/etc/greffier/greffier.yaml';

/** Folders of the daemon's state, all below `paths.state`. */
export interface StateFolders {
  settings: string;
  policies: string;
  draws: string;
  announcements: string;
  vault: string;
  /** Remembers which vault is ours. */
  vaultId: string;
  catalogue: string;
  access: string;
  audit: string;
  alarms: string;
  keys: string;
  checks: string;
  /** What time it is for destruction: src/time. */
  time: string;
  approvals: string;
  objections: string;
  rights: string;
  /** Packages that wait to be taken out by a browser. */
  downloads: string;
  incidents: string;
  extracts: string;
  scorecards: string;
  comments: string;
  witnesses: string;
  /** Monthly reports, signed. */
  reports: string;
  backups: string;
  /** What is still to be told to other programs. */
  webhooks: string;
}

export interface Config extends ConfigFile {
  state: StateFolders;
  secrets: { amiEvents: string; amiControl: string; ari: string; hmac: string };
}

const check = checker(configSchema, 'bad-config', 'configuration');

/** Reads, checks and freezes the configuration. Throws `bad-config` with the file's name and every fault. */
export async function loadConfig(file: string = CONFIG_FILE): Promise<Config> {
  const text = await readFile(file, 'utf8').catch((cause) => {
    throw new GreffierError('bad-config', `cannot read ${file}: ${reasonOf(cause)}`, {
      hint: 'run the playbook, or run this command as root',
      cause,
    });
  });
  const values = check(parseYaml(text, file));
  checkTimezone(values.site.timezone);
  checkWitnesses(values.witnesses ?? []);
  checkWebhooks(values.webhooks ?? []);
  const { ami, ari } = values.asterisk;
  const [amiEvents, amiControl, ariSecret, hmac] = await Promise.all(
    [ami.eventsSecret, ami.controlSecret, ari.secret, values.paths.hmacKey].map(readSecret),
  );
  return freeze({
    ...values,
    state: stateFolders(values.paths.state),
    secrets: { amiEvents, amiControl, ari: ariSecret, hmac } as Config['secrets'],
  });
}

/** The configuration as an admin may see it: every secret masked. */
export function masked(config: Config): object {
  const secrets = Object.fromEntries(Object.keys(config.secrets).map((name) => [name, '‹hidden›']));
  return { ...config, secrets };
}

function stateFolders(state: string): StateFolders {
  return {
    settings: join(state, 'settings.json'),
    policies: join(state, 'policies'),
    draws: join(state, 'draws'),
    announcements: join(state, 'announcements'),
    vault: join(state, 'vault'),
    vaultId: join(state, 'vault-id'),
    catalogue: join(state, 'catalogue'),
    access: join(state, 'access'),
    audit: join(state, 'audit'),
    alarms: join(state, 'alarms'),
    keys: join(state, 'keys'),
    checks: join(state, 'checks'),
    time: join(state, 'time'),
    approvals: join(state, 'approvals'),
    objections: join(state, 'objections'),
    rights: join(state, 'rights'),
    downloads: join(state, 'downloads'),
    incidents: join(state, 'incidents'),
    extracts: join(state, 'extracts'),
    scorecards: join(state, 'scorecards'),
    comments: join(state, 'comments'),
    witnesses: join(state, 'witnesses'),
    reports: join(state, 'reports'),
    backups: join(state, 'backups'),
    webhooks: join(state, 'webhooks'),
  };
}

function parseYaml(text: string, file: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    throw new GreffierError('bad-config', `${file} is not YAML: ${reasonOf(cause)}`, { cause });
  }
}

function checkTimezone(timezone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone: timezone });
  } catch (cause) {
    throw new GreffierError('bad-config', `unknown timezone ${timezone}`, {
      hint: 'write it as Europe/Paris',
      cause,
    });
  }
}

async function readSecret(path: string): Promise<string> {
  const secret = await readFile(path, 'utf8').catch((cause) => {
    throw new GreffierError('bad-config', `cannot read the secret ${path}: ${reasonOf(cause)}`, { cause });
  });
  if (secret.trim().length < 16) {
    throw new GreffierError('bad-config', `the secret in ${path} is shorter than 16 characters`, {
      hint: 'remove the file and run the playbook: it makes a new one',
    });
  }
  return secret.trim();
}

function freeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) if (typeof part === 'object' && part) freeze(part);
  return Object.freeze(value);
}
