// The log over HTTP: a page of it is found without reading the rest, whatever is asked for, and it is handed out whole.

import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { type Test, test } from 'tap';
import { leafHash } from '../../src/audit/merkle.ts';
import { openKeyWorld } from './support/keys.ts';
import { fill, openLog } from './support/log.ts';
import { openWeb } from './support/web.ts';
import { ownFolder } from './support/world.ts';

const DAY_MS = 86_400_000;

async function web(t: Test) {
  const w = await openKeyWorld(t);
  const { server, sessions, person } = await openWeb(t, w.appliance, w.root, w.clock);
  const diane = await person('diane', ['dpo'], { steppedUp: true });
  const paul = await person('paul', ['dpo']);
  const bytesFor = async (url: string) =>
    (await server.inject({ url, cookies: { '__Host-session': sessions.begin('diane') } })).rawPayload;
  return { w, diane, paul, bytesFor };
}

test('pages follow one another without a gap, newest first, over many blocks of a log that grows and is pruned', async (t) => {
  const { audit, clock } = await openLog(t);
  for (let day = 0; day < 40; day += 1) {
    await audit.writeAll(
      Array.from({ length: 100 }, (_, at) => ({
        actor: at % 10 === 0 ? 'diane' : 'marie',
        action: at === 50 ? 'export' : 'play',
        recording: `r${day}-${at}`,
        reason: 'x'.repeat(300),
      })),
    );
    if (day % 7 === 0) await audit.checkpoint();
    clock.move(DAY_MS);
  }
  const all = await audit.entries();
  const walked: typeof all = [];
  for await (const entry of audit.walk()) walked.push(entry);
  t.same(walked, all);
  const paged: typeof all = [];
  for (let before: number | undefined; ; ) {
    const page = await audit.page({ limit: 170, ...(before !== undefined && { before }) });
    paged.push(...page.entries);
    if (page.next === null) break;
    before = page.next;
  }
  t.same(paged, all.toReversed());
  const dianes = await audit.page({ limit: 1_000, actor: 'diane', action: 'play' });
  t.equal(dianes.entries.length, 360);
  t.equal(dianes.next, null);
  const one = await audit.page({ limit: 10, recording: 'r7-33' });
  t.same(
    one.entries.map(({ index }) => index),
    [733],
  );
  const since = new Date(clock().getTime() - 3 * DAY_MS).toISOString();
  const until = new Date(clock().getTime() - 2 * DAY_MS).toISOString();
  t.equal((await audit.page({ limit: 500, since, until })).entries.length, 100, 'one day');
  t.equal(await audit.prune(new Date('2026-12-01T00:00:00Z')), 900);
  const left = await audit.page({ limit: 10_000 });
  t.equal(left.entries.at(-1)?.index, 900, 'what was pruned is not looked for');
  t.equal(await audit.line(899), undefined);
});

test('what was erased or torn is passed over or shown as what is left of it', async (t) => {
  const log = await openLog(t);
  await fill(log);
  const { entries } = await log.audit.page({ limit: 1_000 });
  t.same(entries.toReversed(), await log.audit.entries());
  t.ok(entries.some(({ erased }) => erased));
  t.same((await log.audit.page({ limit: 10, recording: 'r2' })).entries, [], 'its words are gone');
});

test('the DPO asks by days of the site, looks at the hashes of an entry, and at how fresh the witnesses are', async (t) => {
  const { w, diane } = await web(t);
  await w.audit.write({ actor: 'marie', action: 'play', recording: 'one' });
  t.match(await diane('GET', '/api/audit?from=2026-11-22&to=2026-11-22&action=play'), {
    status: 200,
    body: { entries: [{ actor: 'marie' }], next: null },
  });
  t.same((await diane('GET', '/api/audit?to=2026-11-21')).body.entries, []);
  t.match(await diane('GET', '/api/audit?from=2026-02-30'), { body: { error: { code: 'bad-date' } } });
  const { body } = await diane('GET', '/api/audit/state');
  t.match(body, { takenAt: '2026-11-22T08:00:00.000Z', witnesses: [], fingerprint: w.signer.fingerprint });
  const [line] = await w.audit.lines();
  t.match(await diane('GET', '/api/audit/entries/0/hashes'), {
    body: { index: 0, leaf: line && leafHash(line.leaf).toString('hex'), payload: /^[0-9a-f]{64}$/ },
  });
  t.equal((await diane('GET', '/api/audit/entries/99/hashes')).status, 404);
});

test('the export of the browser verifies by itself, after the second factor and with a reason in the log', async (t) => {
  const { w, diane, paul, bytesFor } = await web(t);
  await w.audit.write({ actor: 'marie', action: 'play', recording: 'one' });
  Object.assign(w.config.state, { audit: w.at('audit') });
  const reason = { reason: 'asked for by the CNIL' };
  t.match(await paul('POST', '/api/audit/export', reason), { body: { error: { code: 'step-up-needed' } } });
  t.equal((await diane('POST', '/api/audit/export', {})).status, 400);
  const made = await diane('POST', '/api/audit/export', reason);
  t.match(made, { status: 201, body: { name: 'audit-log-2026-11-22.tar' } });
  const to = await ownFolder(t);
  await writeFile(join(to, 'log.tar'), await bytesFor(`/api/audit/export?ticket=${made.body.ticket}`));
  await execa('tar', ['--extract', `--file=${to}/log.tar`, `--directory=${to}`]);
  const folder = join(to, 'audit-log-2026-11-22');
  t.ok((await readdir(folder)).includes('verify-log.sh'));
  const verify = ['verify-log.sh', '--fingerprint', w.signer.fingerprint];
  const { exitCode } = await execa('sh', verify, { cwd: folder, reject: false });
  t.equal(exitCode, 0);
  t.match((await w.audit.page({ limit: 1, action: 'audit-export' })).entries, [
    { actor: 'diane', ...reason },
  ]);
});
