// Two people stay two, a decision is used once and by one process, and neither a kill nor a file that somebody wrote makes
// more of it (C17, C24).

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'tap';
import { openPeople } from '../../src/access/people.ts';
import type { Appliance } from '../../src/appliance.ts';
import { openApprovals } from '../../src/approvals/desk.ts';
import { askFor, decide, resumeApproved } from '../../src/four-eyes.ts';
import { DAY_MS, openHeld } from './support/held.ts';
import { isThere, keep } from './support/store.ts';
import { codeOf } from './support/world.ts';

type T = Parameters<typeof openHeld>[0];
const early = (recording: string) => ({
  kind: 'destroy-early' as const,
  subject: { recording, reason: 'pci' },
  reason: 'a card number was read out',
});

/** A recording that nothing holds, and a request to destroy it. */
async function asked(t: T) {
  const { store, appliance, event, codes, recording } = await openHeld(t);
  const { id, folder } = await keep(store, '2027-05-22T08:00:00.000Z');
  const request = await askFor(appliance, early(id), 'marie');
  const actions = async () => (await store.audit.entries()).map(({ action }) => action);
  const lives = () => isThere(join(store.root, folder, 'header.pgp'));
  const path = join(store.root, 'approvals', `${request.id}.json`);
  return {
    store,
    appliance,
    event,
    codes,
    held: recording.id,
    id,
    lives,
    request: request.id,
    path,
    actions,
  };
}

/** Writes a decision into the file, as somebody with an editor would. */
async function forge(path: string, at: string): Promise<void> {
  const request = JSON.parse(await readFile(path, 'utf8'));
  await writeFile(path, JSON.stringify({ ...request, decision: { verdict: 'approved', by: 'diane', at } }));
}

test('a decision that the audit log knows nothing of moves nothing, and is an alarm', async (t) => {
  const w = await asked(t);
  await forge(w.path, w.store.clock().toISOString());
  await resumeApproved(w.appliance);
  t.ok(await w.lives());
  t.same(await w.codes(), ['approval.forged']);
  t.match(await w.store.approvals.one(w.request), { outcome: { failed: true } });
  t.equal(await codeOf(() => decide(w.appliance, w.request, 'approved', 'diane')), 'already-decided');
});

test('after a kill at any step it is done once, or asked for again; never without a decision', async (t) => {
  for (const [step, taken] of [
    ['approval-given', false],
    ['decide', false],
    ['purge', true],
    ['destroy-early-done', true],
    ['ended', true],
  ] as const) {
    const w = await asked(t);
    const killed =
      <A extends unknown[], R>(name: string, work: (...args: A) => R) =>
      (...args: A): R => {
        const told = JSON.stringify(args);
        if (name === step || told.includes(`"${step}"`)) throw new Error(`killed at ${step}`);
        return work(...args);
      };
    const { audit, approvals } = w.store;
    const dying = {
      ...w.appliance,
      audit: { ...audit, write: killed('', audit.write), writeAll: killed('', audit.writeAll) },
      approvals: {
        ...approvals,
        decide: killed('decide', approvals.decide),
        ended: killed('ended', approvals.ended),
      },
    } as unknown as Appliance;
    // A failed announcement is the sweep's own report; the other steps throw through.
    await decide(dying, w.request, 'approved', 'diane').catch(() => {});
    await resumeApproved(w.appliance);
    t.equal(await w.lives(), !taken, step);
    if (!taken) await decide(w.appliance, w.request, 'approved', 'diane');
    await resumeApproved(w.appliance);
    t.match(await w.store.approvals.one(w.request), { outcome: { failed: false } }, step);
    t.notOk(await w.lives(), step);
    t.equal((await w.actions()).filter((action) => action === 'purge').length, 1, `${step}: destroyed once`);
  }
});

test('of two processes one decides', async (t) => {
  const w = await asked(t);
  const other = {
    ...w.appliance,
    approvals: await openApprovals(join(w.store.root, 'approvals'), w.store.clock),
  };
  const codes = await Promise.all([
    codeOf(() => decide(w.appliance, w.request, 'approved', 'diane')),
    codeOf(() => decide(other, w.request, 'refused', 'paul')),
  ]);
  t.same(codes.sort(), ['already-decided', 'nothing was thrown']);
  const decisions = (await w.actions()).filter((action) => /^approval-(given|refused)$/.test(action));
  t.equal(decisions.length, 1, 'and one decision is in the log');
});

test('what cannot be done at the moment is an alarm, waits, and keeps nothing from starting', async (t) => {
  const w = await asked(t);
  const placed = await w.event(1);
  const sound = await readFile(placed);
  await writeFile(placed, 'no JSON');
  t.equal(await codeOf(() => decide(w.appliance, w.request, 'approved', 'diane')), 'holds-unreadable');
  await writeFile(join(w.store.root, 'approvals', `${w.id}.json`), 'half a req');
  await resumeApproved(w.appliance);
  t.same(new Set(await w.codes()), new Set(['approval.outstanding', 'approval.damaged']));
  t.ok(await w.lives());
  await writeFile(placed, sound);
  await w.store.holds.all(true);
  await resumeApproved(w.appliance);
  t.notOk(await w.lives());
});

test('what could not be done for a week has to be asked for again', async (t) => {
  const w = await asked(t);
  const placed = await w.event(1);
  const sound = await readFile(placed);
  await writeFile(placed, 'no JSON');
  await codeOf(() => decide(w.appliance, w.request, 'approved', 'diane'));
  await writeFile(placed, sound);
  w.store.clock.move(7 * DAY_MS);
  await resumeApproved(w.appliance);
  t.ok(await w.lives());
  t.match(await w.store.approvals.one(w.request), { outcome: { failed: true, says: /asked for again/ } });
});

test('two logins with one second factor are one person', async (t) => {
  const w = await asked(t);
  const folder = join(w.store.root, 'access');
  const people = await openPeople(folder, w.store.clock);
  for (const user of ['marie', 'double', 'diane'])
    await people.add(user, ['manager'], 'a long enough password', true);
  const file = join(folder, 'people.json');
  const stored = JSON.parse(await readFile(file, 'utf8'));
  stored.people[1].totpSecret = stored.people[0].totpSecret;
  await writeFile(file, JSON.stringify(stored));
  t.equal(await codeOf(() => decide(w.appliance, w.request, 'approved', 'double')), 'same-person');
  t.ok((await w.actions()).includes('refused'), 'and it is in the log');
  t.match(await decide(w.appliance, w.request, 'approved', 'diane'), { outcome: { failed: false } });
});

test('bank data in a held recording are a conflict, which is shown and is in the log (C17)', async (t) => {
  const w = await asked(t);
  t.equal(await codeOf(() => askFor(w.appliance, early(w.held), 'marie')), 'recording-held');
  t.match((await w.store.audit.entries()).at(-1), {
    actor: 'marie',
    action: 'destruction-refused',
    recording: w.held,
    reason: 'recording-held',
  });
});
