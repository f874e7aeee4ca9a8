// The configuration file: one source, checked once, and never a secret shown.

import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'tap';
import { loadConfig, masked } from '../../src/config/config.ts';
import { SECRETS, secretOf, site } from './support/site.ts';
import { codeOf, messageOf } from './support/world.ts';

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
