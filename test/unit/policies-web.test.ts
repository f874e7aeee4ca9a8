// The settings over the web: what a manager and an IT admin see, plan and apply.

import { test } from 'tap';
import { parse } from 'yaml';
import { inForce, lawful } from './support/policies.ts';
import { openSettingsWeb } from './support/settings-web.ts';

const edit = (section: string, key: string, value: object | null) => ({ section, key, value });
const quality = (fields: object) => ({ ...lawful().policies[0], ...fields });
const line = (fields: object) => ({ ...lawful().lines[0], ...fields });

test('what is in force is shown with its generation; who is a staff representative is not said (C10)', async (t) => {
  const w = await openSettingsWeb(t);
  const dpo = await w.person('dora', ['dpo']);
  const { status, body } = await dpo('GET', '/api/policies');
  t.equal(status, 200);
  t.match(body, {
    generation: /^\w{12}$/,
    version: /^\w{64}$/,
    settings: { lines: [{ did: '+33123456701' }, {}] },
  });
  t.match(body.settings.policies[0], {
    purpose: 'quality',
    consent: 'opt-out',
    share: 25,
    retention: 'P180D',
  });
  t.match(body.warnings, [{ at: 'person denis', law: 'C08' }, { at: 'staff representatives' }]);
  t.notMatch(JSON.stringify(body), /staff_rep|informed_on/);
  t.equal((await dpo('GET', '/api/policies/settings.yaml')).status, 403);
});

test('the export is the text that the command line reads, and the audit log says who took it', async (t) => {
  const w = await openSettingsWeb(t);
  const { type, body } = await w.manager('GET', '/api/policies/settings.yaml');
  t.match(type, 'application/yaml');
  t.same(parse(body, { version: '1.1' }), w.appliance.settings.data);
  t.match(await w.told('settings-exported'), [{ actor: 'marie', from: '192.0.2.1' }]);
  const plan = await w.manager('POST', '/api/policies/plan', { base: await w.base(), yaml: body });
  t.match(plan.body, { changes: [], faults: [] });
});

test('a plan tells what would change and warns, and changes nothing', async (t) => {
  const w = await openSettingsWeb(t);
  const base = await w.base();
  const edits = [edit('policies', 'quality', quality({ share: 40 }))];
  const { status, body } = await w.manager('POST', '/api/policies/plan', { base, edits });
  t.equal(status, 200);
  t.match(body, {
    base,
    faults: [],
    changes: [
      {
        change: 'changed',
        section: 'policies',
        what: 'policy quality',
        decision: true,
        fields: [{ field: 'share', before: '25', after: '40' }],
      },
    ],
  });
  t.match(body.warnings[0], { at: 'policy quality', says: /40 %/, law: 'C11' });
  t.equal(await w.base(), base);
});

test('a plan names every contradiction by its article, with the value and the cure', async (t) => {
  const w = await openSettingsWeb(t);
  const edits = [
    edit('policies', 'quality', quality({ retention: 'P1Y', consent: 'none' })),
    edit('lines', '+33123456701', line({ policy: 'two' })),
  ];
  const { body } = await w.manager('POST', '/api/policies/plan', { base: await w.base(), edits });
  t.match(body.faults, [
    { at: 'policy quality', law: 'C21', says: /P1Y/, hint: /P6M or less/ },
    { at: 'policy quality', law: 'C11', hint: /legal_obligation/ },
    { at: 'line +33123456701', law: 'C34', says: /policy two is of client two/ },
  ]);
  t.same(body.changes, []);
  const refused = await w.manager('POST', '/api/policies/apply', { base: await w.base(), edits });
  t.match(refused, { status: 400, body: { error: { code: 'bad-settings' } } });
});

test('an edit of any form is told what is wrong with it', async (t) => {
  const w = await openSettingsWeb(t);
  const base = await w.base();
  const plan = async (wish: object) => w.manager('POST', '/api/policies/plan', { base, ...wish });
  const form = await plan({ edits: [edit('policies', 'quality', quality({ share: 'all' }))] });
  t.match(form.body.faults[0]?.says, /policy quality .*share/);
  t.match((await plan({ yaml: 'clients: [' })).body.error, { code: 'bad-settings', hint: /line/ });
  t.match((await plan({ yaml: 'null' })).body.faults[0]?.says, /object/);
  t.equal((await plan({})).body.error.code, 'bad-request');
  t.equal((await plan({ yaml: 'x', edits: [edit('clients', 'one', null)] })).body.error.code, 'bad-request');
  t.equal((await plan({ edits: [edit('people', 'alice', null)] })).body.error.code, 'bad-request');
  const large = await plan({ yaml: `# ${'x'.repeat(1_000_000)}` });
  t.match(large, { status: 400, body: { error: { code: 'bad-request' } } });
  const larger = await plan({ yaml: 'x'.repeat(3_000_000) });
  t.match(larger, { status: 413, body: { error: { code: 'bad-request' } } });
});

test('applied by a manager it is in force for the next call; the audit log names who, from where and what', async (t) => {
  const w = await openSettingsWeb(t);
  const base = await w.base();
  const edits = [
    edit('policies', 'quality', quality({ share: 20 })),
    edit('policies', 'never', null),
    edit('lines', '+33123456703', line({ did: '+33123456703', name: 'Ventes' })),
  ];
  const { status, body } = await w.manager('POST', '/api/policies/apply', { base, edits });
  t.equal(status, 200);
  t.match(await inForce(w.world.root), /\[policy-quality\]\nconsent=opt-out\nstart=automatic\nshare=20\n/);
  t.equal((await w.another()).settings.data.lines.length, 3, 'it is on disk');
  const [entry] = await w.told('policies-applied');
  t.match(entry, { actor: 'marie', from: '192.0.2.1' });
  t.equal(
    entry?.reason,
    `generation ${body.before} → ${body.after}: ~ policy quality (share); - policy never; + line +33123456703`,
  );
  t.equal(body.version, await w.base());
  const history = await w.manager('GET', '/api/policies/history?limit=2');
  t.match(history.body.entries, [
    { action: 'policies-published' },
    { action: 'policies-applied', actor: 'marie' },
  ]);
  const older = await w.manager('GET', `/api/policies/history?before=${history.body.next}`);
  t.ok(
    older.body.entries.some(({ action }: { action: string }) => action === 'draw-seed'),
    'the draws, too',
  );
});
