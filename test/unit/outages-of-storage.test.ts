// What the daemon says and does when memory or disk run out, decided from what is on the disk; the lab tries the same on
// a real one (test/lab/disk.test.ts).

import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'tap';
import { openAlarms } from '../../src/alarms/alarms.ts';
import type { Appliance } from '../../src/appliance.ts';
import { howItEnded } from '../../src/call-path/how-it-ended.ts';
import { createLogger } from '../../src/shared/logger.ts';
import { parseSheet } from '../../src/spool/sheet.ts';
import { openSpool } from '../../src/spool/spool.ts';
import { createSpoolGuard, floorOf } from '../../src/upkeep/spool-guard.ts';
import { vaultAlarm } from '../../src/upkeep/vault-faults.ts';
import { insistOnRoom, RESERVE_BYTES } from '../../src/upkeep/vault-room.ts';
import { openVault } from '../../src/vault/vault.ts';
import {
  CALL,
  codeOf,
  handClock,
  instead,
  ownFolder,
  RECORDED_CALL,
  sheetText,
  without,
} from './support/world.ts';

const RUNNING = without('recording.stop', 'call.end');
const sheetOf = (...facts: string[]) => parseSheet(CALL, sheetText(...facts));

test('a recording that lasts as long as its capture did is whole; one that is shorter was truncated', async (t) => {
  // The capture began with the answer's line and ran for one second: facts are a second apart.
  t.equal(howItEnded(sheetOf(...RECORDED_CALL), 1_000, false).state, 'sealed');
  const hour = sheetText(...RECORDED_CALL).replace(
    /T08:(\d\d):(\d\d)(\.\d+Z recording\.stop)/,
    'T09:$1:$2$3',
  );
  const sheet = parseSheet(CALL, hour);
  t.equal(howItEnded(sheet, 3_600_000, false).state, 'sealed');
  t.equal(howItEnded(sheet, 3_450_000, false).state, 'sealed', 'one packet in twenty-five may be missing');
  t.match(howItEnded(sheet, 1_800_000, false), { state: 'truncated', missingMs: 1_801_000 });
  t.equal(howItEnded(sheet, 1_800_000, true).state, 'interrupted', 'Asterisk that was killed explains more');
  const ended = sheetOf(...instead('recording.stop', 'recording.stop size=64000 reason=no-space'));
  t.equal(howItEnded(ended, 2_000, false).state, 'truncated');
});

test('when the spool is almost full every capture that runs is ended, and the dialplan begins none', async (t) => {
  const folder = await ownFolder(t);
  const spool = openSpool(folder);
  const other = CALL.replace('3f', '4f');
  await writeFile(spool.sheetPath(CALL), sheetText(...RUNNING));
  await writeFile(spool.sheetPath(other), sheetText(...RECORDED_CALL));
  const [truncated, raised]: [string[], string[]] = [[], []];
  let free = floorOf(1e9) - 1;
  const appliance = {
    spool: { ...spool, usage: async () => ({ files: 2, bytes: 1e9 - free, capacityBytes: 1e9 }) },
    alarms: { raise: async (code: string) => void raised.push(code) },
  } as unknown as Appliance;
  const guard = createSpoolGuard(appliance, { truncate: async (id) => void truncated.push(id) });
  t.same(await guard(), [CALL], 'the one that has ended is left alone');
  t.same([truncated, raised], [[CALL], ['spool.full']]);
  t.ok((await readdir(folder)).includes('full'));
  free = floorOf(1e9) * 1.5;
  await guard();
  t.ok((await readdir(folder)).includes('full'), 'a little room is not enough to begin anew');
  free = floorOf(1e9) * 2;
  await guard();
  t.notOk((await readdir(folder)).includes('full'));
});

test('an alarm is seen although the disk is full, and goes to disk when there is room', async (t) => {
  const folder = await ownFolder(t);
  const [disk, memory] = [join(folder, 'disk'), join(folder, 'memory')];
  await mkdir(memory);
  const alarms = await openAlarms(disk, handClock('2026-11-22T08:00:00Z'), createLogger('silent'), memory);
  const file = join(disk, 'alarms.jsonl');
  // A folder in the place of the file: no write succeeds, as on a full disk.
  await mkdir(file);
  await alarms.raise('vault.full', 'no room');
  t.match(await readFile(join(memory, 'alarms.jsonl'), 'utf8'), 'vault.full');
  await rm(file, { recursive: true });
  t.match(await alarms.latest(5), [{ code: 'vault.full' }]);
  await alarms.raise('disk.low', 'little room');
  t.match(await alarms.latest(5), [{ code: 'disk.low' }, { code: 'vault.full' }]);
  t.same(await readdir(memory), [], 'and memory keeps no copy');
});

test('a vault that is not there is missed, and nothing is written in its place', async (t) => {
  const folder = await ownFolder(t);
  const [root, memory] = [join(folder, 'vault'), join(folder, 'vault-id')];
  await openVault(root, memory);
  const [one, two] = await Promise.all([openVault(root, memory), openVault(root, memory)]);
  t.ok((await one.present()) && (await two.present()));
  await rename(root, join(folder, 'elsewhere'));
  await mkdir(root);
  const vault = await openVault(root, memory);
  t.equal(await vault.present(), false);
  for (const write of [
    () => vault.incoming(CALL),
    () => vault.calls.put(CALL, new Date(0), Buffer.alloc(1)),
    () => vault.admit(CALL, new Date(0)),
    () => vault.buryTombstone(CALL, new Date(0), '', ''),
  ])
    t.equal(await codeOf(write), 'vault-missing');
  t.same(await readdir(root), []);
  await rm(root, { recursive: true });
  await rename(join(folder, 'elsewhere'), root);
  t.equal(await vault.present(), true, 'it is found again without a restart');
});

test('the last of the disk is not for recordings', async (t) => {
  const room = (freeBytes: number) => insistOnRoom({ freeBytes: async () => freeBytes } as never, 1_000);
  t.equal(await codeOf(() => room(RESERVE_BYTES + 999)), 'vault-full');
  t.equal(await codeOf(() => room(RESERVE_BYTES + 1_000)), 'nothing was thrown');
});

test('what is wrong with the vault is one alarm by its own code', async (t) => {
  const error = (code: string) => Object.assign(new Error(`${code}: of the disk`), { code });
  t.equal(vaultAlarm(error('ENOSPC')), 'vault.full');
  t.equal(vaultAlarm(error('EROFS')), 'vault.read-only');
  t.equal(vaultAlarm(error('EIO')), 'vault.failing');
  t.equal(vaultAlarm(new Error('something else')), undefined);
});
