// The settings changed from several sides at once: the page, the command line, the daemon that publishes, a process that is
// killed. One change is made, the others are refused by name, and what is in force is what is on disk.

import { readFile } from 'node:fs/promises';
import { execa } from 'execa';
import fc from 'fast-check';
import { test } from 'tap';
import { applySettings } from '../../src/apply.ts';
import { generationInForce } from '../../src/policies/generation.ts';
import { publishPolicies } from '../../src/publish.ts';
import { changed, inForce, lawful, set } from './support/policies.ts';
import { openSettingsWeb } from './support/settings-web.ts';
import { codeOf } from './support/world.ts';

const REFUSED = /^(busy|settings-changed)$/;

test('of pages and commands that change the settings at once one wins, and nothing is half done', async (t) => {
  const w = await openSettingsWeb(t);
  const before = (await w.told('policies-applied')).length;
  for (const round of [0, 1, 2]) {
    const base = await w.base();
    const byPage = (share: number) =>
      w
        .manager('POST', '/api/policies/apply', {
          base,
          edits: [{ section: 'policies', key: 'quality', value: { ...lawful().policies[0], share } }],
        })
        .then(({ status, body }) => (status === 200 ? share : `${body.error.code}`));
    const byCommand = async (share: number) => {
      const process = await w.another();
      const code = await codeOf(() =>
        applySettings(process, changed(set(0, 'policies', { share })), 'root', { base }),
      );
      return code === 'nothing was thrown' ? share : code;
    };
    const shares = [1, 2, 3, 4].map((one) => 10 * round + one);
    const [a = 0, b = 0, c = 0, d = 0] = shares;
    const ends = await Promise.all([
      byPage(a),
      byCommand(b),
      byPage(c),
      byCommand(d),
      publishPolicies(w.appliance),
    ]);
    const made = ends.slice(0, 4).filter((end) => typeof end === 'number');
    t.equal(made.length, 1, `round ${round}: ${ends.join()}`);
    for (const end of ends.slice(0, 4)) if (typeof end === 'string') t.match(end, REFUSED);
    t.equal((await w.another()).settings.data.policies[0]?.share, made[0], 'what is on disk');
    await publishPolicies(w.appliance);
    t.match(await inForce(w.world.root), new RegExp(`share=${made[0]}\n`), 'is in force');
  }
  t.equal(
    (await w.told('policies-applied')).length - before,
    3,
    'each change has one entry, and no other has any',
  );
});

test('whoever held the lock and was killed keeps nobody out', async (t) => {
  const w = await openSettingsWeb(t);
  const holder = execa('flock', [w.at('settings.json.lock'), 'sleep', '600'], {
    reject: false,
    detached: true,
  });
  const wish = async () => ({
    base: await w.base(),
    edits: [{ section: 'policies', key: 'quality', value: { ...lawful().policies[0], share: 20 } }],
  });
  const apply = async () => w.manager('POST', '/api/policies/apply', await wish());
  // The lock is taken a moment after flock has started; a change that is made before that says so.
  let refused = false;
  for (let share = 1; !refused && share < 200; share += 1) {
    const { body } = await w.manager('POST', '/api/policies/apply', {
      base: await w.base(),
      edits: [{ section: 'policies', key: 'never', value: { ...lawful().policies[2], share: share % 90 } }],
    });
    refused = body.error?.code === 'busy';
  }
  t.ok(refused, 'while it is held, the page is told');
  process.kill(-(holder.pid ?? 0), 'SIGKILL');
  await holder;
  t.equal((await apply()).status, 200);
});

test('whatever a form hands in, the answer is a plan or a refusal that is described', {
  timeout: 120_000,
}, async (t) => {
  const w = await openSettingsWeb(t);
  const base = await w.base();
  const before = await readFile(w.at('settings.json'), 'utf8');
  const value = fc.oneof(
    fc.constant(null),
    fc.dictionary(
      fc.constantFrom('id', 'did', 'client', 'policy', 'destination', 'share', '__proto__', 'x'),
      fc.jsonValue(),
      {
        maxKeys: 5,
      },
    ),
    fc.jsonValue().map((odd) => ({ ...lawful().lines[0], destination: odd })),
    fc.jsonValue().map((odd) => ({ ...lawful().policies[0], retention: odd, recipients: odd })),
  );
  const edit = fc.record({
    section: fc.constantFrom('clients', 'policies', 'lines', 'queues'),
    key: fc.constantFrom('one', 'quality', '+33123456701', 'desk', '__proto__', 'new'),
    value,
  });
  const wishes = fc.sample(
    fc.oneof(
      fc.record({ edits: fc.array(edit, { minLength: 1, maxLength: 3 }) }),
      fc.record({
        yaml: fc.oneof(
          fc.string(),
          fc.jsonValue().map((odd) => JSON.stringify(odd)),
        ),
      }),
      fc.constant({ yaml: '['.repeat(50_000) }),
      fc.constant({ yaml: `a: &a [x]\nb: [${'*a,'.repeat(500)}]` }),
    ),
    { numRuns: 60, seed: 20_261_129 },
  );
  for (const wish of wishes) {
    const { status, body } = await w.manager('POST', '/api/policies/plan', { base, ...wish });
    if (status === 200) t.ok(body.faults.length + body.changes.length + body.warnings.length > 0);
    else t.match({ status, code: body.error.code }, { status: 400, code: /^bad-(settings|request)$/ });
  }
  t.equal(await readFile(w.at('settings.json'), 'utf8'), before);
  t.ok(await generationInForce(w.at('policies')));
});
