// The disk fails in every way a disk can, in the middle of calls. The calls go on, nobody is told anything but the admin,
// and no recording under retention is ever deleted to make room (failures.md).

import { type Test, test } from 'tap';
import { labInfo } from '../../appliance/lab/info.ts';
import { callsUp, isWhole, keptOf } from '../campaigns/calls-up.ts';
import { inBox } from '../support/lab.ts';
import { alarmsSince, closed, recordingsSince, SPOOL, spooled, until } from '../support/ledger.ts';
import { talkFor } from '../support/talk.ts';

const lab = await labInfo(process.env.GREFFIER_LAB ?? 'test');
const VAULT = '/var/lib/greffier/vault';
const sh = (script: string) => inBox(lab, 'sh', '-c', script);

/** Takes all the room that there is; tried again when somebody took a part of it in between. */
const fill = (folder: string, file: string) =>
  sh(
    `for try in $(seq 10); do fallocate -l $(($(stat -f -c '%a*%S' ${folder}))) ${file} && exit; rm -f ${file}; done; exit 1`,
  );

/** Every file in the vault that is under retention, with its hash. */
const kept = async () =>
  (await sh(`cd ${VAULT} && find [0-9]* -type f | sort | xargs -r sha256sum`)).split('\n');
/** Those that are not as they were. */
const lost = async (before: string[]) => {
  const now = new Set(await kept());
  return before.filter((file) => !now.has(file));
};
const waiting = async () => (await spooled(lab)).filter((name) => name.endsWith('.raw')).length;
const raised = (code: string, since: Date) =>
  until(`the alarm ${code}`, async () => (await alarmsSince(lab, since)).includes(code), 40_000);

/** Breaks something in the middle of a call and mends it after its end; what was recorded is whole all the same. */
async function survives(
  t: Test,
  code: string,
  fault: { breaks(): Promise<unknown>; mends(): Promise<unknown> },
) {
  const since = new Date();
  const before = await kept();
  const calls = await callsUp(lab, [14_000]);
  let mended = false;
  try {
    await talkFor(1_500);
    await fault.breaks();
    const { good, complaints } = await calls.ended;
    t.ok(good, complaints || 'the caller noticed nothing');
    await raised(code, since);
    t.equal(await waiting(), 1, 'the recording waits in memory');
    await fault.mends();
    mended = true;
    const [call] = await closed(lab, since, 60_000);
    t.ok(call);
    if (call)
      t.ok(isWhole(await keptOf(lab, call)), 'it is sealed from its first second once the disk is well');
  } finally {
    if (!mended) await fault.mends();
    await calls.clear();
  }
  t.same(await lost(before), [], 'nothing under retention went or was touched');
}

test('the disk fills in the middle of a call', (t) =>
  survives(t, 'vault.full', {
    breaks: () => fill(VAULT, '/root/filler'),
    mends: () => sh('rm -f /root/filler'),
  }));

test('the disk becomes read-only in the middle of a call', (t) =>
  survives(t, 'vault.read-only', {
    breaks: () =>
      sh(`mkdir -p /mnt/ro && mount --bind ${VAULT} /mnt/ro && mount -o remount,ro,bind /mnt/ro &&
        mount --bind /mnt/ro ${VAULT}`),
    mends: () => sh(`umount ${VAULT}; umount /mnt/ro; true`),
  }));

test('a vault that is missing at the start of the machine is missed, and not begun anew', async (t) => {
  const since = new Date();
  const before = await kept();
  await sh(
    `systemctl stop greffier && mv ${VAULT} ${VAULT}.aside && install -d -o greffier -g greffier ${VAULT}`,
  );
  let calls: Awaited<ReturnType<typeof callsUp>> | undefined;
  try {
    await sh('systemctl start greffier');
    calls = await callsUp(lab, [12_000]);
    t.ok((await calls.ended).good, 'calls go on');
    await raised('vault.missing', since);
    t.equal(await waiting(), 1, 'the recording waits in memory');
    t.equal(await sh(`ls -A ${VAULT}`), '', 'nothing is written where the disk is missing');
  } finally {
    await sh(`rm -rf ${VAULT} && mv ${VAULT}.aside ${VAULT}`);
    await calls?.clear();
  }
  t.same(await lost(before), []);
  const [call] = await closed(lab, since, 60_000);
  if (call) t.ok(isWhole(await keptOf(lab, call)), 'and is sealed when the disk is there again');
});

test('when memory runs out captures end, calls go on, and what was captured is kept as truncated', async (t) => {
  const since = new Date();
  const calls = await callsUp(lab, [18_000, 18_000]);
  try {
    await talkFor(2_500);
    await sh(
      `free=$(($(stat -f -c '%a*%S' ${SPOOL}) / 1048576 - 4)) && fallocate -l "$free"M ${SPOOL}/filler`,
    );
    const { good, complaints } = await calls.ended;
    t.ok(good, complaints || 'no caller noticed');
  } finally {
    await sh(`rm -f ${SPOOL}/filler`);
    await calls.clear();
  }
  await until('there is room again', async () => !(await spooled(lab)).includes('full'), 10_000);
  const all = await closed(lab, since);
  const recordings = await Promise.all(all.map((call) => keptOf(lab, call)));
  t.same(
    recordings.map(({ state }) => state),
    ['truncated', 'truncated'],
  );
  for (const { ms, outsideMs, insideMs } of recordings) {
    t.ok(ms > 1_500 && ms < 14_000, `${ms} ms were captured`);
    t.ok(Math.min(outsideMs, insideMs) > ms - 500, 'with both voices');
  }
  const alarms = await alarmsSince(lab, since);
  for (const code of ['spool.full', 'recording.truncated']) t.ok(alarms.includes(code), code);
  const next = await callsUp(lab, [12_000]);
  await next.ended;
  await next.clear();
  await closed(lab, since);
  t.equal((await recordingsSince(lab, since)).length, 3, 'the next call is recorded again');
});

test('when memory runs out while the daemon is down, the sealing notices what Asterisk did not', async (t) => {
  const since = new Date();
  const calls = await callsUp(lab, [16_000]);
  try {
    await talkFor(1_500);
    await inBox(lab, 'systemctl', 'stop', 'greffier');
    await fill(SPOOL, `${SPOOL}/filler`);
    t.ok((await calls.ended).good, 'the caller noticed nothing');
  } finally {
    await sh(`rm -f ${SPOOL}/filler; systemctl start greffier`);
    await calls.clear();
  }
  const [call] = await closed(lab, since);
  t.ok(call);
  if (call) t.equal((await keptOf(lab, call)).state, 'truncated');
  t.ok((await alarmsSince(lab, since)).includes('recording.truncated'));
});
