// What cannot be undone is decided by two: whoever asks does not approve, and each approval counts once (C17, C24).

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Test, test } from 'tap';
import type { Appliance } from '../../src/appliance.ts';
import { openApprovals } from '../../src/approvals/desk.ts';
import { recordingRow } from '../../src/catalogue-rows.ts';
import { askFor, decide, resumeApproved } from '../../src/four-eyes.ts';
import { canonicalBytes } from '../../src/shared/canonical.ts';
import { openKeyWorld } from './support/keys.ts';
import { isThere, keep, openStore, type Store } from './support/store.ts';
import { openWeb } from './support/web.ts';
import { codeOf } from './support/world.ts';

const LATER = '2027-05-22T08:00:00.000Z';
const DAY = 86_400_000;

async function world(t: Test) {
  const store = await openStore(t);
  return { store, appliance: store as unknown as Appliance, ...(await keep(store, LATER)) };
}

const early = (recording: string, reason = 'pci') => ({
  kind: 'destroy-early' as const,
  subject: { recording, reason },
  reason: 'a card number was read out',
});

test('nobody approves what they asked for; somebody else does, once, and it is done', async (t) => {
  const { store, appliance, id, folder } = await world(t);
  const { id: asked } = await askFor(appliance, early(id), 'marie');
  t.equal(await codeOf(() => decide(appliance, asked, 'approved', 'marie')), 'same-person');
  t.ok(await isThere(join(store.root, folder, 'header.pgp')), 'asking does nothing');
  t.match(await decide(appliance, asked, 'approved', 'diane'), { outcome: { failed: false } });
  t.notOk(await isThere(join(store.root, folder)));
  t.match(store.catalogue.recording(id), { state: 'destroyed', destroyed_reason: 'pci' });
  t.equal(await codeOf(() => decide(appliance, asked, 'approved', 'paul')), 'already-decided');
  t.same(
    (await store.audit.entries()).map(({ actor, action }) => `${actor} ${action}`),
    ['marie approval-asked', 'diane approval-given', 'system purge', 'diane destroy-early-done'],
  );
});

test('what was refused, or lies for a week, is not done', async (t) => {
  const { store, appliance, id, folder } = await world(t);
  const one = await askFor(appliance, early(id), 'marie');
  t.match(await decide(appliance, one.id, 'refused', 'diane', 'no'), { decision: { verdict: 'refused' } });
  const two = await askFor(appliance, early(id), 'marie');
  store.clock.move(7 * DAY);
  t.equal(await codeOf(() => decide(appliance, two.id, 'approved', 'diane')), 'approval-expired');
  t.ok(await isThere(join(store.root, folder, 'header.pgp')));
  t.equal(await codeOf(() => decide(appliance, '../x', 'approved', 'diane')), 'no-such-approval');
});

test('after a crash between the decision and its effect, the effect is taken up again', async (t) => {
  const { store, appliance, id, folder } = await world(t);
  const { id: asked } = await askFor(appliance, early(id), 'marie');
  const crash = {
    ...appliance,
    audit: { ...store.audit, writeAll: async () => Promise.reject(new Error('killed')) },
  };
  await t.rejects(decide(crash as Appliance, asked, 'approved', 'diane'));
  t.ok(await isThere(join(store.root, folder, 'header.pgp')));
  const approvals = await openApprovals(join(store.root, 'approvals'), store.clock);
  await resumeApproved({ ...appliance, approvals });
  t.notOk(await isThere(join(store.root, folder)));
  await resumeApproved({ ...appliance, approvals });
  t.match(await approvals.one(asked), { outcome: { failed: false } });
});

test('what stands in the way is said before anybody is asked', async (t) => {
  const { appliance, id } = await world(t);
  const code = (wish: Parameters<typeof askFor>[1]) => codeOf(() => askFor(appliance, wish, 'marie'));
  t.equal(await code(early('6f1c0b1e-4c1d-4c55-9a55-0d3f7c1f2b90')), 'recording-not-found');
  t.equal(await code(early(id, 'because')), 'bad-reason');
  t.equal(await code(early(id, 'other_proof')), 'not-a-contract');
  t.equal(await code({ ...early(id), reason: '  ' }), 'no-reason');
  t.equal(await code({ kind: 'time-confirm', subject: {}, reason: 'it is right' }), 'no-jump');
  t.equal(await code({ kind: 'hold-release', subject: { hold: 'none' }, reason: 'r' }), 'no-such-hold');
});

async function keepAs({ root, catalogue }: Store, kept: Awaited<ReturnType<typeof keep>>, purpose: string) {
  const manifest = { ...kept.manifest, purpose };
  await writeFile(join(root, kept.folder, 'manifest.json'), canonicalBytes(manifest));
  catalogue.putRecording(recordingRow(manifest));
}

test('a contract goes at once when its other proof is there (C18); an order of MiFID II never before its day (C26)', async (t) => {
  const { store, appliance, ...kept } = await world(t);
  await keepAs(store, kept, 'contract');
  const { id: asked } = await askFor(appliance, early(kept.id, 'other_proof'), 'marie');
  await decide(appliance, asked, 'approved', 'diane');
  t.match(store.catalogue.recording(kept.id), { state: 'destroyed', destroyed_reason: 'other_proof' });
  const order = await keep(store, LATER);
  await keepAs(store, order, 'mifid');
  for (const reason of ['pci', 'objection', 'erasure'])
    t.equal(
      await codeOf(() => askFor(appliance, early(order.id, reason), 'marie')),
      'recording-locked',
      reason,
    );
});

test('over HTTP one asks and another decides, each after the second factor once more', async (t) => {
  const w = await openKeyWorld(t);
  const { person } = await openWeb(t, w.appliance, w.root, w.clock);
  const { id } = await keep(w as unknown as Store, LATER);
  const marie = await person('marie', ['manager'], { steppedUp: true });
  const diane = await person('diane', ['dpo'], { steppedUp: true });
  const igor = await person('igor', ['it-admin'], { steppedUp: true });
  const quick = await person('quick', ['manager']);
  const wish = { reason: 'pci', note: 'a card number was read out' };
  t.match(await quick('POST', `/api/recordings/${id}/destruction`, wish), {
    body: { error: { code: 'step-up-needed' } },
  });
  const asked = await marie('POST', `/api/recordings/${id}/destruction`, wish);
  t.match(asked, { status: 202, body: { state: 'pending', requestedBy: 'marie' } });
  const decision = (as: typeof marie) =>
    as('POST', `/api/approvals/${asked.body.id}/decision`, { verdict: 'approved' });
  t.match(await decision(marie), { status: 403, body: { error: { code: 'same-person' } } });
  t.match(
    await decision(igor),
    { status: 403, body: { error: { code: 'forbidden' } } },
    'he sees it, and decides not',
  );
  t.match(await decision(diane), { status: 200, body: { state: 'done' } });
  t.match((await diane('GET', '/api/approvals')).body.approvals, [{ state: 'done', kind: 'destroy-early' }]);
});
