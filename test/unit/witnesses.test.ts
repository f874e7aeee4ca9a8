// All witnesses together: each by its own clock, none at the cost of another, and nothing hidden from who looks.

import { once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { type Test, test } from 'tap';
import type { Appliance } from '../../src/appliance.ts';
import { openAudit } from '../../src/audit/journal.ts';
import { witnessCommands } from '../../src/cli/witness.ts';
import type { WitnessConfig } from '../../src/config/witnesses.ts';
import { MARKER } from '../../src/witness/folder.ts';
import { witnessesInBrief } from '../../src/witness-of.ts';
import { run } from './support/cli.ts';
import { WENT_WELL, type WitnessWorld, witnessWorld } from './support/witness.ts';
import { codeOf, messageOf, ownFolder } from './support/world.ts';

const MINUTE = 60_000;

async function share(t: Test): Promise<string> {
  const folder = await ownFolder(t);
  await writeFile(join(folder, MARKER), '');
  return folder;
}

/** A mail server that takes a connection and never says a word. */
async function mute(t: Test) {
  const sockets: Socket[] = [];
  const server = createServer((socket) => void sockets.push(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const smtp = { host: '127.0.0.1', port, tls: 'none' } as const;
  const config: WitnessConfig = {
    id: 'mute',
    kind: 'email',
    to: ['a@example.org'],
    from: 'b@example.org',
    smtp,
  };
  return { config, server, sockets };
}

const cli = (t: Test, w: WitnessWorld, ...words: string[]) =>
  run(t, witnessCommands, w.appliance as unknown as Appliance, 'witness', ...words);

test('each witness is told when its period is over, and one that is due at once at the start', async (t) => {
  const [often, seldom] = [await share(t), await share(t)];
  const w = await witnessWorld(t, [
    { id: 'often', kind: 'folder', path: often },
    { id: 'seldom', kind: 'folder', path: seldom, every: 'PT1H' },
  ]);
  const witnesses = w.witnesses();
  const sizes = async () => (await witnessesInBrief(w.appliance)).witnesses.map(({ lastSize }) => lastSize);
  await witnesses.tick();
  t.same(await sizes(), [10, 10]);
  await w.grow(1);
  await witnesses.tick();
  t.same(await sizes(), [10, 10], 'not yet');
  w.clock.move(MINUTE);
  await witnesses.tick();
  t.same(await sizes(), [11, 10]);
  await w.witnesses().tick();
  t.same(await sizes(), [11, 10], 'a daemon that starts anew remembers');
  w.clock.move(59 * MINUTE);
  await witnesses.tick();
  t.same(await sizes(), [11, 11]);
  await w.grow(1);
  w.clock.move(-120 * MINUTE);
  await witnesses.tick();
  t.same(await sizes(), [12, 12], 'a clock that was set back makes nobody wait');
});

test('a witness that never answers holds up no other, and is not asked a second time meanwhile', async (t) => {
  const [silent, path] = [await mute(t), await share(t)];
  const w = await witnessWorld(t, [silent.config, { id: 'share', kind: 'folder', path }]);
  const stop = new AbortController();
  const witnesses = w.witnesses();
  await witnesses.push(w.witness('share'));
  const connected = once(silent.server, 'connection');
  const first = witnesses.tick(stop.signal);
  await connected;
  for (let minute = 0; minute < 3; minute += 1) {
    await w.grow(1);
    w.clock.move(MINUTE);
    await witnesses.tick(stop.signal);
  }
  t.equal((await w.memory('share')).accepted?.size, 13);
  t.equal(silent.sockets.length, 1);
  stop.abort();
  await first;
  t.equal((await w.memory('mute')).error, undefined, 'a daemon that stops has nothing against a witness');
});

test('looking at a witness while it is being told spoils nothing of what is remembered', async (t) => {
  const w = await witnessWorld(t, [{ id: 'share', kind: 'folder', path: await share(t) }]);
  const witnesses = w.witnesses();
  await Promise.all(Array.from({ length: 20 }, () => witnesses.tick()));
  t.match(await w.memory('share'), { accepted: { size: 10 } });
  t.same(await w.alarms(), []);
});

test('a witness that is down is tried again, and after three periods that is an alarm', async (t) => {
  const path = await share(t);
  const w = await witnessWorld(t, [{ id: 'share', kind: 'folder', path, every: 'PT1H' }]);
  const witnesses = w.witnesses();
  await witnesses.tick();
  await rm(join(path, MARKER));
  w.clock.move(60 * MINUTE);
  await witnesses.tick();
  t.match(await w.memory('share'), { error: { code: 'witness-unreachable' }, accepted: { size: 10 } });
  w.clock.move(119 * MINUTE);
  await witnesses.tick();
  t.same(await w.alarms(), []);
  w.clock.move(2 * MINUTE);
  await witnesses.tick();
  t.same(await w.alarms(), ['witness.silent']);
  await writeFile(join(path, MARKER), '');
  w.clock.move(15 * MINUTE);
  await witnesses.tick();
  t.equal((await w.memory('share')).error, undefined, 'after a failure it is tried before its hour is over');
  t.same(await w.alarms(), ['witness.silent']);
});

test('one that was never reached is silent as well', async (t) => {
  const w = await witnessWorld(t, [{ id: 'share', kind: 'folder', path: '/nowhere/at/all' }]);
  await w.witnesses().tick();
  w.clock.move(4 * MINUTE);
  await w.witnesses().tick();
  t.same(await w.alarms(), ['witness.silent']);
});

test('the daemon and the command line write to one log, and neither tells an old state of it', async (t) => {
  const w = await witnessWorld(t, [{ id: 'share', kind: 'folder', path: await share(t) }]);
  const other = await openAudit(w.at('log-0'), w.clock);
  for (const size of [11, 12, 13]) {
    const line = { actor: 'root', action: 'export', reason: 'a judge asked' };
    await (size % 2 ? other : w.appliance.audit).write(line);
    t.equal(await w.push('share'), WENT_WELL);
    t.equal((await w.memory('share')).accepted?.size, size);
  }
});

test('a memory that is damaged is an alarm, and no reason to believe anything', async (t) => {
  const w = await witnessWorld(t, [{ id: 'share', kind: 'folder', path: await share(t) }]);
  await mkdir(w.at('witnesses'));
  await writeFile(w.at('witnesses', 'share.json'), '{"since":');
  await w.witnesses().tick();
  t.same(await w.alarms(), ['witness.failed']);
  const { witnesses } = await witnessesInBrief(w.appliance);
  t.match(witnesses, [{ id: 'share', lastSize: null, error: /memory of a witness/ }]);
});

test('the health report says what each holds and how far it is behind, and that there is none', async (t) => {
  const w = await witnessWorld(t, [{ id: 'share', kind: 'folder', path: await share(t) }]);
  const [before] = (await witnessesInBrief(w.appliance)).witnesses;
  t.same(before, { id: 'share', kind: 'folder', lastSize: null, lastAt: null, behind: 10, error: null });
  await w.push('share');
  await w.grow(3);
  t.same((await witnessesInBrief(w.appliance)).witnesses, [
    { id: 'share', kind: 'folder', lastSize: 10, lastAt: '2026-11-22T08:00:00.000Z', behind: 3, error: null },
  ]);
  t.same(await witnessesInBrief((await witnessWorld(t, [])).appliance), { witnesses: [], witness: 'none' });
});

test('on the command line they are listed, told, checked, and one that disagrees ends with 1', async (t) => {
  const w = await witnessWorld(t, [
    { id: 'share', kind: 'folder', path: await share(t) },
    { id: 'other', kind: 'folder', path: '/nowhere/at/all' },
  ]);
  t.match(await cli(t, w, 'push', 'share'), { status: 0, out: /share +agrees +10$/m });
  await w.grow(2);
  const checked = await cli(t, w, 'check', '--json');
  t.match(JSON.parse(checked.out), [
    { id: 'share', state: 'agrees', held: 10, now: 12 },
    { id: 'other', state: 'unreachable' },
  ]);
  t.equal(checked.status, 1);
  t.equal((await w.memory('share')).accepted?.size, 10, 'checking tells nothing');
  await w.rewrite(20);
  t.match(await cli(t, w, 'check', 'share'), { status: 1, out: /share +refused .*the log was rewritten/ });
  t.same(await w.alarms(), [], 'who looks has seen it');
  t.match((await cli(t, w, 'list')).out, /^id +kind +lastSize/);
  t.equal(await codeOf(() => cli(t, w, 'push', 'nobody')), 'no-such-witness');
  t.match(await messageOf(() => cli(t, w, 'push', 'nobody')), /nobody/);
  t.match((await cli(t, await witnessWorld(t, []), 'list')).err, /there is no witness/);
});
