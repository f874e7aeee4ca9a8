// The provisioned machine, the playbook and the Vagrantfile.

import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { execa } from 'execa';
import { test } from 'tap';
import { labInfo } from '../../appliance/lab/info.ts';
import { openLab } from '../../appliance/lab/lab.ts';
import { findMachine } from '../../appliance/lab/machine.ts';
import { provision } from '../../appliance/lab/provision.ts';
import { inBox } from '../support/lab.ts';

const name = process.env.GREFFIER_LAB ?? 'test';
const lab = await labInfo(name);

// Both in one run of the playbook, which takes minutes: the one change that it makes is the one that is due.
test('a second run changes nothing but the numbers that an older version let Asterisk keep of those who waited (C19)', async (t) => {
  const old = ['/var/log/asterisk/queue_log', '/var/log/asterisk/queue_log.1'];
  for (const file of old)
    await inBox(lab, 'sh', '-c', `echo '1700000000|1.2|q|NONE|ENTERQUEUE||612345678|1' >${file}`);
  await inBox(lab, 'gzip', '/var/log/asterisk/queue_log.1');
  t.equal(await provision(openLab(name), { line: () => {}, now: () => {} }), 1);
  t.equal(await inBox(lab, 'find', '/var/log/asterisk', '-maxdepth', '1', '-name', 'queue_log*'), '');
});

test('the finished machine is as the playbook promises', async (t) => {
  const playbook = [
    'ansible-playbook',
    '-i',
    'localhost,',
    '-c',
    'local',
    'verify.yml',
    '-e',
    '@/root/site-vars.json',
  ];
  const output = await inBox(lab, 'sh', '-c', `cd /srv/greffier/ansible && ${playbook.join(' ')}`);
  t.match(output, /failed=0/);
});

test('what is killed in a box is killed in no other: its control groups are its own', async (t) => {
  const { leader } = findMachine(openLab(name)) ?? {};
  const groups = (await readFile(`/proc/${leader}/cgroup`, 'utf8')).split('\n');
  const systemd = groups.filter((line) => /^(0:|\d+:name=systemd):/.test(line));
  t.ok(systemd.length > 0);
  for (const line of systemd) t.match(line, new RegExp(`/greffier-(lab-)?${name}(\\.service)?/`));
});

test('from outside only the web and SIP answer', async (t) => {
  for (const [port, open] of [
    [443, true],
    [5038, false],
    [8088, false],
    [5355, false],
  ] as const) {
    t.equal(await answers(lab.address, port), open, `port ${port}`);
  }
});

test('secrets are masked, and no secret is readable by others', async (t) => {
  const shown = await inBox(lab, 'greffier', 'config', '--json');
  for (const secret of ['ami-events', 'ami-control', 'ari', 'hmac']) {
    t.notMatch(shown, (await inBox(lab, 'cat', `/etc/greffier/secrets/${secret}`)).trim());
  }
  t.equal(await inBox(lab, 'find', '/etc/greffier/secrets', '/etc/greffier/tls', '-perm', '/0007'), '');
});

test('the playbook is clean by ansible-lint', async (t) => {
  const { exitCode, all } = await execa('ansible-lint', ['--offline'], {
    cwd: 'ansible',
    reject: false,
    all: true,
  });
  t.equal(exitCode, 0, all);
});

test('the Vagrantfile is valid', async (t) => {
  const { exitCode, all } = await execa('vagrant', ['validate', '--ignore-provider'], {
    reject: false,
    all: true,
  });
  t.equal(exitCode, 0, all);
});

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2_000 });
    const settle = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', () => settle(true));
    socket.once('timeout', () => settle(false));
    socket.once('error', () => settle(false));
  });
}
