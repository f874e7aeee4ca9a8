// A witness on another machine, over a real sshd with greffier-offline as its forced command.

import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import t0, { type Test, test } from 'tap';
import { machineOf } from '../unit/support/machine.ts';
import { offlineBundle } from '../unit/support/peers.ts';
import { startSshd } from '../unit/support/sshd.ts';
import { WENT_WELL, witnessWorld } from '../unit/support/witness.ts';
import { ownFolder } from '../unit/support/world.ts';

const [program, sshd] = await Promise.all([offlineBundle(t0), startSshd(t0)]);
const place = { id: 'machine', kind: 'ssh', ...sshd.place } as const;

async function apart(t: Test) {
  const m = await machineOf(t, [place]);
  await sshd.command([process.execPath, program, 'witness', '--store', m.store]);
  return m;
}

test('a log that grows is accepted over ssh, and each checkpoint is kept with its proof', async (t) => {
  const w = await apart(t);
  t.equal(await w.push('machine'), WENT_WELL);
  for (const more of [1, 21]) {
    await w.grow(more);
    t.equal(await w.push('machine'), WENT_WELL);
  }
  t.equal(await w.push('machine'), WENT_WELL, 'nothing has grown');
  t.same(await w.kept(), ['00000001', '00000002', '00000003']);
  const last = join(w.store, 'checkpoints', '00000003');
  t.same((await readdir(last)).sort(), ['checkpoint.txt', 'checkpoint.txt.asc', 'consistency.txt']);
  t.match(await w.status(), {
    fingerprint: w.appliance.signer.fingerprint,
    kept: 3,
    size: 32,
    lastContact: { size: 32 },
    lastRefusal: null,
  });
  t.match(await w.memory('machine'), { accepted: { size: 32 } });
});

test('a log that is not what it was is refused by the box, before the witness hears of it', async (t) => {
  const w = await apart(t);
  await w.push('machine');
  await w.rewrite(40);
  // Who holds the box can also wipe what the box remembers.
  await rm(w.at('witnesses'), { recursive: true });
  t.equal(await w.push('machine'), 'witness-refused');
  t.same(await w.alarms(), ['witness.refused']);
  t.match(await w.status(), { size: 10, kept: 1, lastRefusal: null });
});

test('another appliance is refused by its signature, whatever the witness holds', async (t) => {
  const w = await apart(t);
  const other = await witnessWorld(t, [place]);
  t.equal(await other.push('machine'), 'witness-refused', 'a witness that holds nothing yet');
  t.match((await w.status()).lastRefusal, { refused: 'bad-signature' });
  t.same(await w.kept(), []);
  await w.push('machine');
  t.equal(await other.push('machine'), 'witness-refused', 'one that holds a checkpoint of its own box');
  t.same(await other.alarms(), ['witness.refused', 'witness.refused'], 'in other words');
  t.same(await w.kept(), ['00000001']);
});

test('a witness set back to an earlier state takes the log again, and the box says what it saw', async (t) => {
  const w = await apart(t);
  await w.push('machine');
  await w.grow(1);
  await w.push('machine');
  await rm(join(w.store, 'checkpoints', '00000002'), { recursive: true });
  await w.grow(1);
  t.equal(await w.push('machine'), WENT_WELL);
  t.same(await w.alarms(), ['witness.forgot']);
});

test('a witness whose store is damaged counts as one that cannot be reached', async (t) => {
  const w = await apart(t);
  await w.push('machine');
  await rm(join(w.store, 'checkpoints', '00000001', 'checkpoint.txt.asc'));
  await w.grow(1);
  t.equal(await w.push('machine'), 'witness-unreachable');
  t.match((await w.memory('machine')).error?.message, /00000001 cannot be used/);
});

test('a witness that lies, or talks nonsense, is neither believed nor repeated letter by letter', async (t) => {
  const w = await machineOf(t, [place]);
  const script = join(await ownFolder(t), 'liar.mjs');
  const unsigned = { text: 'greffier-checkpoint-1\norigin: x\nsize: 99\n', signature: 'none' };
  const hello = JSON.stringify({ protocol: 'greffier-witness-1', held: null });
  for (const [said, code, message] of [
    [[JSON.stringify({ protocol: 'greffier-witness-1', held: unsigned })], 'refused', /has not signed/],
    [['Welcome to this machine'], 'unreachable', /a line is not JSON/],
    [
      [JSON.stringify({ protocol: 'greffier-witness-2', held: null })],
      'unreachable',
      /greeting of the witness/,
    ],
    [[hello, JSON.stringify({ accepted: { size: 9, root: 'ab' } })], 'unreachable', /without an answer/],
    [
      [hello, JSON.stringify({ refused: 'smaller', message: '\u001b[2Jgone' })],
      'refused',
      /smaller: \?\[2Jgone$/,
    ],
    [[JSON.stringify({ failed: '\u001b[2J' })], 'unreachable', /: \?\[2J$/],
  ] as const) {
    await writeFile(
      script,
      `for (const line of ${JSON.stringify(said)}) console.log(line);process.stdin.resume();`,
    );
    await sshd.command([process.execPath, script]);
    t.equal(await w.push('machine'), `witness-${code}`, `${said}`);
    t.match((await w.memory('machine')).error?.message, message);
  }
});

test('a host that is not the one known, a key that is not known, and a machine that is down are no witness', async (t) => {
  const w = await apart(t);
  const wrong = join(await ownFolder(t), 'known');
  const other = await readFile(join(sshd.folder, 'identity.pub'), 'utf8');
  await writeFile(wrong, `[127.0.0.1]:${sshd.place.port} ${other}`);
  const stranger = await witnessWorld(t, [{ ...place, knownHosts: wrong }]);
  t.equal(await stranger.push('machine'), 'witness-unreachable');
  t.match((await stranger.memory('machine')).error?.message, /Host key verification failed/);
  const intruder = await witnessWorld(t, [{ ...place, identity: join(sshd.folder, 'host') }]);
  t.equal(await intruder.push('machine'), 'witness-unreachable');
  t.match((await intruder.memory('machine')).error?.message, /Permission denied/);
  await sshd.stop();
  t.equal(await w.push('machine'), 'witness-unreachable');
  t.match((await w.memory('machine')).error?.message, /Connection refused/);
  await sshd.start();
  t.equal(await w.push('machine'), WENT_WELL);
  t.equal((await w.memory('machine')).error, undefined);
});

test('a store is begun and looked at on the other machine', async (t) => {
  const w = await apart(t);
  const store = join(await ownFolder(t), 'store');
  const run = (...words: string[]) =>
    execa(process.execPath, [program, 'witness', '--store', store, ...words]);
  const { stdout } = await run('init', '--key', w.at('appliance.asc'));
  t.equal(stdout, w.appliance.signer.fingerprint);
  await sshd.command([process.execPath, program, 'witness', '--store', store]);
  await w.push('machine');
  t.match((await run('status')).stdout, /^kept +1\norigin +Démonstration\nsize +10$/m);
  t.match(JSON.parse((await run('status', '--json')).stdout), { size: 10, lastRefusal: null });
});

test('the key of the box opens no shell on the other machine', async (t) => {
  await apart(t);
  const { host, port, user, identity, knownHosts } = sshd.place;
  const options = [
    '-F',
    'none',
    '-o',
    `UserKnownHostsFile=${knownHosts}`,
    '-i',
    identity,
    '-p',
    String(port),
  ];
  const { stdout } = await execa('ssh', [...options, `${user}@${host}`, 'id'], { reject: false, input: '' });
  t.match(stdout, /^\{"protocol"/);
  t.notMatch(stdout, 'uid=');
});
