// Destroyed on its day and not before, held when a court asks, and proved afterwards, on a real recording (C23, C24).

import { join } from 'node:path';
import { execa } from 'execa';
import { test } from 'tap';
import { labInfo } from '../../appliance/lab/info.ts';
import { openLab } from '../../appliance/lab/lab.ts';
import { inBox } from '../support/lab.ts';
import { oneOutcome } from '../support/outcome.ts';
import { talkFor } from '../support/talk.ts';
import { bothAgree, orderAs } from '../support/two-people.ts';
import { until } from '../support/until.ts';

const name = process.env.GREFFIER_LAB ?? 'test';
const lab = await labInfo(name);
const FILE = '/root/retention';
const json = async (...words: string[]) => JSON.parse(await inBox(lab, 'greffier', ...words, '--json'));
const inYear = new Date(Date.now() + 300 * 86_400_000).toISOString().slice(0, 10);

/** A line whose recordings are kept for one minute. */
const MINUTE_LINE = '+33123456702';

const { record } = await oneOutcome(lab, async (s) => {
  const [agent, caller] = await Promise.all([s.inside('201'), s.outside('+33612345678')]);
  await caller.dial(s.sip(MINUTE_LINE));
  await agent.until('CALL_ESTABLISHED', 60_000);
  await talkFor(2_000);
  await caller.hangUp();
});
const { id } = record;

test('what a court may want is held by two people, and its day passes without its going', async (t) => {
  t.ok(record.recorded);
  const place = [
    'holds',
    'place',
    id,
    '--matter',
    '26/1234',
    '--reason',
    'letter of a lawyer',
    '--until',
    inYear,
  ];
  t.match(await orderAs(lab, lab.admin, 'approvals', 'approve', id), /nothing was asked for/);
  t.match(await bothAgree(lab, ...place), /hold [0-9a-f-]{36} until/);
  const [row] = (await json('recordings', 'list')).filter((one: { id: string }) => one.id === id);
  await until('its day is over', async () => Date.now() > Date.parse(row.dueAt), 90_000);
  t.match(await inBox(lab, 'greffier', 'purge'), /0 failed/);
  t.not(
    await inBox(lab, 'find', '/var/lib/greffier/vault', '-path', `*/${id}/header.pgp`),
    '',
    'it is still there',
  );
  const early = ['recordings', 'destroy', id, '--reason', 'pci', '--note', 'a card number'];
  t.match(await orderAs(lab, lab.admin, ...early), /is held until/);
});

test('when the hold is released it goes, and a stranger can verify that it did', async (t) => {
  const [hold] = (await json('holds', 'list')).filter((one: { recordings: { id: string }[] }) =>
    one.recordings.some((recording) => recording.id === id),
  );
  t.match(await bothAgree(lab, 'holds', 'release', hold.id, '--reason', 'the matter is closed'), /released/);
  await inBox(lab, 'greffier', 'purge');
  t.equal(await inBox(lab, 'find', '/var/lib/greffier/vault', '-path', `*/${id}/*`), '');
  await inBox(lab, 'greffier', 'purge', 'certificate', id, '--to', FILE);
  const folder = join(openLab(name).root, FILE);
  await execa('tar', ['--extract', `--file=${folder}/${id}.purged.tar`, `--directory=${folder}`]);
  const { stdout } = await execa('sh', [`${folder}/${id}.purged/verify.sh`], { env: { LANG: 'en' } });
  t.match(stdout, /OK {6}the log tells of the destruction/);
  t.notMatch(stdout, /FAILED/);
});

test('the audit log of the box verifies, there and by a shell elsewhere', async (t) => {
  t.match(await inBox(lab, 'greffier', 'audit', 'verify'), /root +[0-9a-f]{64}/);
  await inBox(lab, 'rm', '-rf', `${FILE}/log`);
  await inBox(lab, 'greffier', 'audit', 'export', '--to', `${FILE}/log`, '--reason', 'an auditor asked');
  const { stdout } = await execa('sh', [join(openLab(name).root, FILE, 'log', 'verify-log.sh')]);
  t.notMatch(stdout, /FAILED/);
  const told = (await json('audit', 'show', '--recording', id)).map((one: { action: string }) => one.action);
  t.ok(told.includes('purge'), told.join(' '));
});
