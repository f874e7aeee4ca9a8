// The log of who did what: nothing that was confirmed is lost, what concerns a person can be erased, what is too old goes,
// and it can still be proved that nobody changed it (C30, C31).

import { readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { test } from 'tap';
import type { Appliance } from '../../src/appliance.ts';
import { isConsistent, readConsistency } from '../../src/audit/consistency.ts';
import { checkpointAudit, pruneAudit } from '../../src/audit-upkeep.ts';
import { copyOf, fill, findingsIn, linesOf, openLog } from './support/log.ts';

const MONTHS = 13;

test('two that write at the same time lose nothing of each other, and the log verifies', async (t) => {
  const log = await openLog(t);
  const [one, two] = [await log.open(), await log.open()];
  const writes = Array.from({ length: 400 }, (_, at) =>
    (at % 2 ? one : two).write({ actor: 'marie', action: 'play', recording: `r${at}` }),
  );
  await Promise.all(writes);
  const entries = await log.audit.entries();
  t.equal(new Set(entries.map(({ recording }) => recording)).size, 400);
  t.same(
    entries.map(({ index }) => index),
    [...entries.keys()],
  );
  t.same(await findingsIn(log.folder, log, [{ name: 'w', ...(await log.audit.checkpoint()) }]), []);
});

test('who asks for the checkpoint at the same time gets the same one', async (t) => {
  const log = await openLog(t);
  await log.audit.write({ actor: 'marie', action: 'log-in' });
  const taken = await Promise.all([1, 2, 3].map(() => log.audit.checkpoint()));
  t.same(
    taken.map(({ size }) => size),
    [1, 1, 1],
  );
  t.same(await findingsIn(log.folder, log, []), []);
});

test('a line that a power cut tore stays, tells of no effect, and is told of by the next one', async (t) => {
  for (const lost of [2, 30, 90, 200]) {
    const log = await openLog(t);
    await log.audit.write({ actor: 'marie', action: 'log-in' });
    await log.audit.write({
      actor: 'marie',
      action: 'play',
      recording: 'one',
      reason: 'before the power cut',
    });
    const path = join(log.folder, 'log');
    await truncate(path, (await stat(path)).size - lost);
    await log.audit.write({ actor: 'marie', action: 'log-in' });
    t.same(
      (await log.audit.entries()).map(({ action }) => action),
      ['log-in', 'audit-torn', 'log-in'],
      `${lost} bytes`,
    );
    t.same(
      await findingsIn(log.folder, log, [{ name: 'w', ...(await log.audit.checkpoint()) }]),
      [],
      `${lost} bytes`,
    );
  }
});

test('the box does not sign a log that is shorter than it was', async (t) => {
  const log = await openLog(t);
  await fill(log, 3);
  const lines = await linesOf(log.folder);
  await writeFile(join(log.folder, 'log'), `${lines.slice(0, 3).join('\n')}\n`);
  await t.rejects((await log.open()).checkpoint(), { code: 'audit-cut' });
  t.match(await findingsIn(log.folder, log, []), [{ code: 'log-cut' }], 'what it signed before says so');
});

test('what an entry says of a person is erased, the log tells that it was, and every proof still holds', async (t) => {
  const log = await openLog(t);
  await fill(log, 3);
  const before = { name: 'w', ...(await log.audit.checkpoint()) };
  await log.audit.erase(1, { actor: 'dpo', reason: 'request r-1' });
  t.notMatch((await linesOf(log.folder))[1], /marie|r0|a check/);
  t.match((await log.audit.entries())[1], { index: 1, action: 'play', actor: '', erased: true });
  t.same(await findingsIn(log.folder, log, [before, { name: 'v', ...(await log.audit.checkpoint()) }]), []);
  await t.rejects(log.audit.erase(1, { actor: 'dpo', reason: 'twice' }), { code: 'no-such-entry' });
  const told = (await log.audit.entries()).find(({ action }) => action === 'audit-erased')?.index ?? 0;
  await t.rejects(log.audit.erase(told, { actor: 'dpo', reason: 'hide it' }), { code: 'no-such-entry' });
  await t.rejects(log.audit.erase(999, { actor: 'dpo', reason: 'none' }), { code: 'no-such-entry' });
});

test('after thirteen months the first entries are gone, and the log still follows from the oldest checkpoint', async (t) => {
  const log = await openLog(t);
  await fill(log, 40);
  const oldest = { name: 'oldest', ...(await log.audit.checkpoint()) };
  log.clock.move(MONTHS * 31 * 86_400_000);
  await log.audit.write({ actor: 'paul', action: 'log-in' });
  const appliance = {
    ...log,
    config: { audit: { retentionMonths: 12 } },
    log: { info() {} },
  } as unknown as Appliance;
  t.ok((await pruneAudit(appliance)) >= 80);
  const bytes = await readFile(join(log.folder, 'log'));
  t.notOk(bytes.includes('marie'), 'nothing of them is on the disk');
  t.same(
    (await log.audit.entries()).map(({ actor }) => actor),
    ['paul', 'system'],
  );
  const newest = await log.audit.checkpoint();
  t.same(await findingsIn(log.folder, log, [oldest, { name: 'n', ...newest }]), []);
  const proof = readConsistency(await log.audit.consistency(oldest.size, newest.size));
  const head = ({ size, root }: { size: number; root: string }) => ({ size, root: Buffer.from(root, 'hex') });
  const path = (proof?.path ?? []).map((hash) => Buffer.from(hash, 'hex'));
  t.ok(isConsistent(head(oldest), head(newest), path), 'the log of today grew from that of then');
  const again = await (await log.open()).checkpoint();
  t.equal(again.root, newest.root, 'a new process reckons the same');
  const shell = await copyOf(t, log);
  await execa('cp', [join(import.meta.dirname, '../../src/audit/package/verify-log.sh'), shell]);
  await execa('cp', [join(log.root, 'appliance.asc'), shell]);
  const { stdout } = await execa('sh', [join(shell, 'verify-log.sh')], { reject: false });
  t.match(stdout, /OK {6}\d+ entries were pruned, their hashes are there/);
  t.notMatch(stdout, /FAILED/);
});

test('a log that an incident has frozen is neither pruned nor erased, and goes on being written (C33)', async (t) => {
  const log = await openLog(t);
  await fill(log, 3);
  await log.audit.freeze('incident i-1');
  await t.rejects(log.audit.erase(0, { actor: 'dpo', reason: 'r' }), { code: 'audit-frozen' });
  await t.rejects(log.audit.prune(new Date('2030-01-01')), { code: 'audit-frozen' });
  await log.audit.write({ actor: 'marie', action: 'log-in' });
  t.match(await log.audit.frozen(), { reason: 'incident i-1' });
  await log.audit.unfreeze();
  t.ok((await log.audit.prune(new Date('2030-01-01'))) > 0);
});

test('a checkpoint is verified by gpg alone, and one of each day is kept', async (t) => {
  const log = await openLog(t);
  const alarms = { raise: async () => {} };
  for (let hour = 0; hour < 72; hour += 1) {
    await log.audit.write({ actor: 'marie', action: 'log-in' });
    await checkpointAudit({ audit: log.audit, alarms } as unknown as Appliance);
    log.clock.move(3_600_000);
  }
  const kept = await log.audit.checkpoints();
  t.ok(kept.length <= 5, `${kept.length} are kept`);
  t.equal(kept.at(-1)?.size, 72);
  const home = join(log.root, 'gpg');
  await execa('mkdir', ['-m', '700', home]);
  const gpg = (...args: string[]) => execa('gpg', ['--homedir', home, '--batch', '--quiet', ...args]);
  await gpg('--import', join(log.root, 'appliance.asc'));
  const file = join(log.folder, 'checkpoints', '000000000072.txt');
  t.equal((await gpg('--verify', `${file}.asc`, file)).exitCode, 0);
});
