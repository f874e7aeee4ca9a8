// Policies put in force: planned, written down and replaced at once, or not at all.

import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { type Test, test } from 'tap';
import { applySettings, planSettings } from '../../src/apply.ts';
import { planOf, planText } from '../../src/policies/plan.ts';
import { checkSettings } from '../../src/policies/rules.ts';
import { publishPolicies } from '../../src/publish.ts';
import { at, changed, inForce, lawful, policyAppliance, set } from './support/policies.ts';
import { codeOf, messageOf } from './support/world.ts';

const NEW_SHARE = changed(set(0, 'policies', { share: 20 }));

test('a plan tells what would change, object by object, and changes nothing', async (t) => {
  const world = await policyAppliance(t);
  const next = changed((draft) => {
    set(0, 'policies', { share: 20 })(draft);
    draft.conferences = [];
    draft.clients.push({ id: 'three', name: 'Trois', contact: 'trois@example.org' });
    set(0, 'lines', { destination: { queue: 'desk' } })(draft);
  });
  const before = await readFile(world.at('settings.json'), 'utf8');
  const { changes, warnings } = planSettings(world.appliance, next);
  t.equal(
    planText(changes).replaceAll(/ +/g, ' '),
    [
      '+ client three',
      ' id three',
      ' name Trois',
      ' contact trois@example.org',
      '~ policy quality',
      ' share 25 → 20',
      '~ line +33123456701',
      ' destination.extensions 201, 204 → (none)',
      ' destination.queue desk',
      '- conference room',
    ].join('\n'),
  );
  t.match(warnings, [/person denis/, /staff representatives: 1/]);
  t.equal(await readFile(world.at('settings.json'), 'utf8'), before);
  t.same(await readdir(world.at('policies')), []);
  t.same(planOf(checkSettings(lawful()), checkSettings(lawful())), []);
});

test('applied settings are in force at once, and the audit log names who, and both generations', async (t) => {
  const world = await policyAppliance(t);
  const before = await publishPolicies(world.appliance);
  const applied = await applySettings(world.appliance, NEW_SHARE, 'marie');
  t.equal(applied.before, before);
  t.match(await inForce(world.root), /\[policy-quality\]\nconsent=opt-out\nstart=automatic\nshare=20\n/);
  t.ok((await readdir(world.at('policies'))).includes(`${before}.conf`), 'calls that run keep the old rules');
  const entry = (await world.appliance.audit.entries()).find(({ action }) => action === 'policies-applied');
  t.match(entry, { actor: 'marie', reason: `generation ${before} → ${applied.after}` });
  t.equal((await world.another()).settings.data.policies[0]?.share, 20, 'it is on disk');
});

const refused = async (t: Test, value: unknown, message: RegExp) => {
  const world = await policyAppliance(t);
  await publishPolicies(world.appliance);
  const state = async () => [await readFile(world.at('settings.json'), 'utf8'), await inForce(world.root)];
  const before = await state();
  t.match(await messageOf(() => applySettings(world.appliance, value, 'marie')), message);
  t.same(await state(), before);
  t.notOk((await world.appliance.audit.entries()).some(({ action }) => action === 'policies-applied'));
};

test('a contradiction is refused with its article, and nothing has changed', async (t) => {
  await refused(t, changed(set(0, 'policies', { share: 100 })), /policy quality: .*\(C11\)/);
  await refused(t, changed(set(0, 'policies', { retention: 'P1Y' })), /\(C21\)/);
  await refused(t, null, /^settings: /);
});

test('when the audit log cannot be written nothing is applied (C30)', async (t) => {
  const world = await policyAppliance(t);
  await publishPolicies(world.appliance);
  const before = await inForce(world.root);
  await rm(world.at('audit'), { recursive: true });
  t.equal(await codeOf(() => applySettings(world.appliance, NEW_SHARE, 'marie')), 'audit-unavailable');
  t.equal(await inForce(world.root), before);
  t.equal((await world.another()).settings.data.policies[0]?.share, 25);
});

test('of changes that overlap one is made and the others are refused: none is lost, none half done', async (t) => {
  const world = await policyAppliance(t);
  const shares = [11, 12, 13, 14];
  const processes = await Promise.all(shares.map(() => world.another()));
  const ends = await Promise.all(
    shares.map((share, index) =>
      codeOf(() => applySettings(at(processes, index), changed(set(0, 'policies', { share })), 'marie')),
    ),
  );
  const made = shares.filter((_, index) => ends[index] === 'nothing was thrown');
  t.equal(made.length, 1, ends.join());
  for (const end of ends) t.match(end, /^(nothing was thrown|busy|settings-changed)$/);
  t.equal((await world.another()).settings.data.policies[0]?.share, made[0]);
  t.match(await inForce(world.root), new RegExp(`share=${made[0]}\n`));
});

test('the daemon, which read the settings before they changed, publishes the new ones', async (t) => {
  const world = await policyAppliance(t);
  const daemon = await world.another();
  const { after } = await applySettings(world.appliance, NEW_SHARE, 'marie');
  t.equal(await publishPolicies(daemon), after);
  t.equal(daemon.settings.data.policies[0]?.share, 20);
});

test('when the disk takes nothing more the rules that were in force stay', async (t) => {
  const world = await policyAppliance(t);
  await publishPolicies(world.appliance);
  const before = await inForce(world.root);
  // A folder in the place of the file that would be written beside: works for root too, unlike a mode.
  await mkdir(world.at(`policies/current.${process.pid}.tmp`));
  await t.rejects(applySettings(world.appliance, NEW_SHARE, 'marie'));
  t.equal(await inForce(world.root), before);
  await rm(world.at(`policies/current.${process.pid}.tmp`), { recursive: true });
  await publishPolicies(world.appliance);
  t.match(await inForce(world.root), /share=20\n/, 'and the new ones come as soon as they can');
});
