// greffier policies, as an admin types it.

import { writeFile } from 'node:fs/promises';
import { type Test, test } from 'tap';
import { parse, stringify } from 'yaml';
import type { Appliance } from '../../src/appliance.ts';
import { policiesCommands } from '../../src/cli/policies.ts';
import { generationInForce } from '../../src/policies/generation.ts';
import { run as runCommand } from './support/cli.ts';
import { changed, policyAppliance, set } from './support/policies.ts';

const run = (t: Test, appliance: Appliance, ...words: string[]) =>
  runCommand(t, policiesCommands, appliance, 'policies', ...words);

test('what is shown as YAML can be planned and applied as it is, and changes nothing', async (t) => {
  const { appliance, at } = await policyAppliance(t);
  const { out } = await run(t, appliance, 'show', '--yaml');
  t.same(parse(out), appliance.settings.data);
  await writeFile(at('same.yaml'), out);
  t.match(await run(t, appliance, 'plan', at('same.yaml')), { out: 'nothing would change\n', status: 0 });
});

test('a plan prints the changes and the warnings; applied, it is shown and has its place in the history', async (t) => {
  const { appliance, at } = await policyAppliance(t);
  await run(t, appliance, 'publish');
  await writeFile(at('new.yaml'), stringify(changed(set(0, 'policies', { share: 40 }))));
  const plan = await run(t, appliance, 'plan', at('new.yaml'));
  t.match(plan.out, /^~ policy quality\n {4}share +25 → 40\n$/);
  t.match(plan.err, /warning: policy quality: records 40 %.*\(C11\)/);
  const before = await generationInForce(at('policies'));
  const applied = await run(t, appliance, 'apply', at('new.yaml'));
  const after = await generationInForce(at('policies'));
  t.match(applied.out, new RegExp(`generation ${before} → ${after}\n$`));
  t.match((await run(t, appliance, 'show')).out, /\+33123456701 .* 40 .*P180D/);
  t.match(
    (await run(t, appliance, 'history')).out,
    new RegExp(`policies-applied +generation ${before} → ${after}: ~ policy quality \\(share\\)\n`),
  );
});

test('a contradiction ends with status 2 and its article, whether planned or applied', async (t) => {
  const { appliance, at } = await policyAppliance(t);
  await writeFile(at('bad.yaml'), stringify(changed(set(0, 'lines', { policy: 'two' }))));
  for (const command of ['plan', 'apply']) {
    const { out, err, status } = await run(t, appliance, command, at('bad.yaml'));
    t.match({ out, status }, { out: '', status: 2 });
    t.match(err, /^greffier: line \+33123456701: policy two is of client two, not of one \(C34\)/);
  }
  await writeFile(at('bad.yaml'), 'lines: [');
  t.match(await run(t, appliance, 'plan', at('bad.yaml')), { err: /bad\.yaml is not YAML/, status: 2 });
  await t.rejects(run(t, appliance, 'plan', at('absent.yaml')), { code: 'unreadable' });
});
