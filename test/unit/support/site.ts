// The configuration file of a site, as the playbook writes it.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Test } from 'tap';
import { parse, stringify } from 'yaml';
import { ownFolder } from './world.ts';

export const SECRETS = ['ami-events', 'ami-control', 'ari', 'hmac'];
export const secretOf = (name: string) => `${name}-0123456789abcdef`;

export interface Site {
  file: string;
  folder: string;
  /** Writes the file again with one value changed, as `web.port`. */
  change(path: string, value: unknown): Promise<void>;
}

/** A configuration that is sound, with the secrets it names. */
export async function site(t: Test): Promise<Site> {
  const folder = await ownFolder(t);
  const file = join(folder, 'greffier.yaml');
  const at = (name: string) => join(folder, name);
  await mkdir(at('secrets'));
  for (const name of SECRETS) await writeFile(at(`secrets/${name}`), `${secretOf(name)}\n`);
  const values = {
    site: { name: 'Démonstration', timezone: 'Europe/Paris', language: 'fr', country: 'FR' },
    web: { address: '0.0.0.0', port: 443, certificate: at('web.crt'), key: at('web.key'), root: at('web') },
    asterisk: {
      ami: {
        host: '127.0.0.1',
        port: 5038,
        eventsUser: 'greffier-events',
        eventsSecret: at('secrets/ami-events'),
        controlUser: 'greffier-control',
        controlSecret: at('secrets/ami-control'),
      },
      ari: { url: 'http://127.0.0.1:8088', user: 'greffier', secret: at('secrets/ari') },
    },
    paths: {
      spool: at('spool'),
      state: at('state'),
      recoveryKeys: at('keys'),
      recipients: at('recipients'),
      hmacKey: at('secrets/hmac'),
      seed: at('seed.json'),
    },
  };
  await writeFile(file, stringify(values));
  return {
    file,
    folder,
    async change(path, value) {
      const changed = parse(await readFile(file, 'utf8'));
      const keys = path.split('.');
      const last = keys.pop() ?? '';
      keys.reduce((part, key) => part[key], changed)[last] = value;
      await writeFile(file, stringify(changed));
    },
  };
}
