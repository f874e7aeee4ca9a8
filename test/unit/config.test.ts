// The configuration file: one source, checked once, and never a secret shown.

import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Test, test } from 'tap';
import { parse, stringify } from 'yaml';
import { loadConfig, masked } from '../../src/config/config.ts';
import { codeOf, messageOf, ownFolder } from './support/world.ts';

const SECRETS = ['ami-events', 'ami-control', 'ari', 'hmac'];
const secretOf = (name: string) => `${name}-0123456789abcdef`;

interface Site {
  file: string;
  folder: string;
  /** Writes the file again with one value changed, as `web.port`. */
  change(path: string, value: unknown): Promise<void>;
}

async function site(t: Test): Promise<Site> {
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

test('a sound configuration is read, frozen to its depths, and its secrets come from files', async (t) => {
  const { file, folder, change } = await site(t);
  await change('backup', { folder: '/mnt/backup', at: '02:30' });
  const config = await loadConfig(file);
  t.match(config.backup, { folder: '/mnt/backup', at: '02:30' });
  t.equal(config.secrets.hmac, secretOf('hmac'));
  t.equal(config.state.vault, join(folder, 'state', 'vault'));
  t.throws(() => Object.assign(config.asterisk.ami, { port: 1 }), TypeError);
  t.throws(() => Object.assign(config, { web: {} }), TypeError);
});

test('the configuration that is shown holds no secret', async (t) => {
  const { file } = await site(t);
  const shown = JSON.stringify(masked(await loadConfig(file)));
  for (const name of SECRETS) t.notOk(shown.includes(secretOf(name)), name);
  t.match(shown, /‹hidden›/);
});

test('a key that does not exist is refused by its name', async (t) => {
  const { file, change } = await site(t);
  await change('web.prot', 443);
  t.match(await messageOf(() => loadConfig(file)), /configuration: unknown key \/web\/prot/);
});

test('a missing or malformed value is refused, with its place', async (t) => {
  for (const [path, value, fault] of [
    ['web.port', 0, /\/web\/port .*found 0/],
    ['web.port', '443', /\/web\/port/],
    ['paths.spool', 'spool', /\/paths\/spool .*found "spool"/],
    ['site.country', 'France', /\/site\/country/],
    ['site.timezone', 'Europe/Paname', /unknown timezone Europe\/Paname/],
    ['site.language', undefined, /\/site/],
    ['backup', { folder: '/mnt/backup', at: '24:00' }, /\/backup\/at/],
    ['backup', { folder: 'backup', at: '02:30' }, /\/backup\/folder/],
  ] as const) {
    const { file, change } = await site(t);
    await change(path, value);
    t.match(await messageOf(() => loadConfig(file)), fault, path);
    t.equal(await codeOf(() => loadConfig(file)), 'bad-config', path);
  }
});

test('a short, empty or absent secret is refused: there is no default', async (t) => {
  const { file, folder } = await site(t);
  const path = join(folder, 'secrets', 'ari');
  await writeFile(path, 'short\n');
  t.match(await messageOf(() => loadConfig(file)), /secret in .*ari is shorter than 16 characters/);
  t.notMatch(await messageOf(() => loadConfig(file)), /short\b/, 'the secret itself is not told');
  await rm(path);
  t.match(await messageOf(() => loadConfig(file)), /cannot read the secret .*ari: ENOENT/);
});

test('a file that cannot be read, or is not YAML, is named', async (t) => {
  const { file } = await site(t);
  t.match(
    await messageOf(() => loadConfig(`${file}.absent`)),
    /cannot read .*greffier\.yaml\.absent: ENOENT/,
  );
  await writeFile(file, 'site: {');
  t.match(await messageOf(() => loadConfig(file)), /greffier\.yaml is not YAML/);
});
