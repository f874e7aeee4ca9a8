// Who witnesses the audit log is said in the configuration, and what cannot work is refused before it is relied on.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'tap';
import { loadConfig, masked } from '../../src/config/config.ts';
import { periodOf } from '../../src/config/witnesses.ts';
import { site } from './support/site.ts';
import { codeOf, messageOf } from './support/world.ts';

const FOLDER = { id: 'share', kind: 'folder', path: '/mnt/audit' } as const;
const SSH = {
  ...{ id: 'machine', kind: 'ssh', host: 'backup.example.org', port: 22, user: 'greffier-witness' },
  ...{ identity: '/etc/greffier/secrets/witness-machine', knownHosts: '/etc/greffier/witness-machine.hosts' },
} as const;
const SMTP = { host: 'mail.example.org', port: 587, tls: 'starttls' } as const;
const EMAIL = {
  ...{ id: 'dpo', kind: 'email', to: ['dpo@example.org'], from: 'greffier@example.org' },
  smtp: { ...SMTP, user: 'greffier', passwordFile: '/etc/greffier/secrets/witness-dpo' },
} as const;

test('three kinds of witnesses are known, each told at its usual time unless another is given', async (t) => {
  const { file, change } = await site(t);
  t.equal((await loadConfig(file)).witnesses, undefined, 'and none is allowed');
  await change('witnesses', [FOLDER, SSH, EMAIL, { ...FOLDER, id: 'second', every: 'PT6H' }]);
  const periods = ((await loadConfig(file)).witnesses ?? []).map(periodOf);
  t.same(periods, [60_000, 3_600_000, 86_400_000, 6 * 3_600_000]);
});

test('what cannot be a witness is refused with its place', async (t) => {
  for (const [witnesses, fault] of [
    [[{ ...FOLDER, kind: 'fax' }], /\/witnesses\/0/],
    [[{ ...FOLDER, path: 'audit' }], /a witness that is a folder: \/path .*found "audit"/],
    [[{ ...FOLDER, id: '../alarms/x' }], /folder: \/id /],
    [[FOLDER, { ...SSH, id: 'share' }], /witness share: there are two of that id/],
    [[{ ...FOLDER, every: 'hourly' }], /witness share: not an ISO 8601 duration: hourly/],
    [[{ ...FOLDER, every: 'PT5S' }], /witness share: every PT5S is less than a minute/],
    [[{ ...SSH, host: '-oProxyCommand=id' }], /: \/host /],
    [[{ ...SSH, user: '-l' }], /: \/user /],
    [[{ ...SSH, knownHosts: '/etc/a b' }], /: \/knownHosts /],
    [[{ ...EMAIL, to: [] }], /: \/to /],
    [[{ ...EMAIL, from: 'a@b.org\nBcc: c@d.org' }], /: \/from /],
    [[{ ...EMAIL, smtp: { ...EMAIL.smtp, password: 'x' } }], /unknown key \/smtp\/password/],
    [[{ ...EMAIL, smtp: { ...SMTP, user: 'x' } }], /witness dpo: user and passwordFile go together/],
    [[{ ...EMAIL, smtp: { ...EMAIL.smtp, tls: 'none' } }], /witness dpo: a password is not sent without TLS/],
  ] as const) {
    const { file, change } = await site(t);
    await change('witnesses', witnesses);
    t.match(await messageOf(() => loadConfig(file)), fault);
    t.equal(await codeOf(() => loadConfig(file)), 'bad-config');
  }
});

test('the password of the mail server is not in what is read, so it is in nothing that is shown', async (t) => {
  const { file, folder, change } = await site(t);
  const passwordFile = join(folder, 'secrets', 'mail');
  await writeFile(passwordFile, 'Zufrieden-7');
  await change('witnesses', [{ ...EMAIL, smtp: { ...EMAIL.smtp, passwordFile } }]);
  const config = await loadConfig(file);
  for (const shown of [config, masked(config)]) t.notMatch(JSON.stringify(shown), 'Zufrieden');
  t.match(JSON.stringify(masked(config)), passwordFile);
});
