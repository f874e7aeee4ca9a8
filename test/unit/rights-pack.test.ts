// What is handed to the person, as it leaves the box: what is in it and what is not, with a trace, and nothing of others.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'tap';
import { rightsCommands } from '../../src/cli/rights.ts';
import { openRegister } from '../../src/rights/register.ts';
import { run } from './support/cli.ts';
import { flip } from './support/evidence.ts';
import { requestOf } from './support/rights.ts';
import { deskWith, exported, UNRECORDED, unpacked } from './support/rights-pack.ts';
import { sources } from './support/sources.ts';
import { codeOf, ownFolder } from './support/world.ts';

test('the package says what is in it, what is not and why, and what the log has; with no login and no number', async (t) => {
  const { desk, kept, id } = await deskWith(t);
  const [given, withheld] = kept;
  await desk.audit.writeAll([
    {
      actor: 'claire',
      action: 'play',
      recording: given.id,
      code: 'quality',
      reason: 'Zoë again',
      from: '10.0.0.9',
    },
    { actor: 'claire', action: 'hold', recording: given.id, reason: 'our lawyer asked' },
    { actor: 'claire', action: 'play', recording: UNRECORDED.replace('3f', '4f'), reason: 'of another' },
  ]);
  const folder = await unpacked(
    t,
    await exported(t, desk, id, '--withhold', `${withheld.id}=voix d’un tiers`),
  );
  const contents = JSON.parse(await readFile(join(folder, 'contents.json'), 'utf8'));
  t.match(contents, {
    format: 'greffier-rights-1',
    request: id,
    recordings: [{ id: given.id, seconds: 100, goesAt: '2027-05-22T08:15:00.123Z' }],
    withheld: [{ id: withheld.id, reason: 'voix d’un tiers' }],
  });
  t.same(contents.calls.length, 3);
  t.match(
    contents.calls.find((call: { id: string }) => call.id === UNRECORDED),
    {
      consent: 'not-refused',
      recorded: false,
      reason: 'refused',
      announcements: [{ id: 'accueil-fr-v1', heardToTheEndAt: /^2026/ }],
    },
  );
  t.match(contents.log, [
    { action: 'play', purpose: 'quality' },
    { action: 'rights-export', purpose: '' },
  ]);
  t.equal(contents.log.length, 2, 'why it is held, and what concerns others, is not in it');
  for (const name of ['contents.json', 'contents.fr.txt', 'contents.en.txt']) {
    const text = await readFile(join(folder, name), 'utf8');
    t.match(text, 'voix d’un tiers', name);
    t.notMatch(text, /claire|diane|10\.0\.0\.9|612345678|f00d|lawyer/, name);
  }
  for (const [name, words] of [
    ['README.fr.txt', /voix de la personne qui vous a répondu/],
    ['README.en.txt', /voice/],
  ] as const)
    t.match(await readFile(join(folder, name), 'utf8'), words);
  const names = (await readdir(join(folder, 'recordings'))).sort();
  t.same(names, [
    `${given.id}.details.pgp`,
    `${given.id}.manifest.json`,
    `${given.id}.manifest.json.asc`,
    `${given.id}.pgp`,
  ]);
});

test('what leaves is in the audit log and in the register, for the request and for each recording', async (t) => {
  const { desk, kept, id } = await deskWith(t);
  await exported(t, desk, id);
  const entries = (await desk.audit.entries()).filter(({ action }) => action === 'rights-export');
  t.same(entries.map(({ subject, recording }) => [subject, recording]).slice(0, 1), [[id, undefined]]);
  t.same(entries.flatMap(({ recording }) => recording ?? []).sort(), kept.map((one) => one.id).sort());
  const request = await openRegister(desk.appliance.config.state.rights).read(id);
  t.equal(request.exports[0]?.recordings.length, 2);
});

test('nothing leaves before it is known who asks, for another kind of request, or without a trace', async (t) => {
  const { desk, id } = await deskWith(t);
  const to = await ownFolder(t);
  const code = (request: string, ...options: string[]) =>
    codeOf(() => run(t, rightsCommands, desk.appliance, 'rights', 'export', request, '--to', to, ...options));
  t.equal(await code((await requestOf(desk, 'erasure')).id), 'wrong-kind');
  t.equal(await code(id, '--withhold', `${UNRECORDED}=x`), 'recording-not-found');
  await openRegister(desk.appliance.config.state.rights).change(id, (request) => {
    request.identity = null;
  });
  t.equal(await code(id), 'not-identified');
  const { id: next } = await requestOf(desk, 'access');
  desk.audit.writeAll = () => Promise.reject(new Error('no room'));
  await t.rejects(run(t, rightsCommands, desk.appliance, 'rights', 'export', next, '--to', to));
  t.same(await readdir(to), []);
});

test('a recording that is gone or damaged is listed among those that are not handed out', async (t) => {
  const { desk, kept, id } = await deskWith(t);
  await flip(join(desk.root, 'vault', '2026', '05', '22', kept[0].id, 'body.pgp'));
  await desk.vault.shred(kept[1].id, new Date('2026-05-22T00:00:00Z'), 'header');
  const folder = await unpacked(t, await exported(t, desk, id));
  const { recordings, withheld } = JSON.parse(await readFile(join(folder, 'contents.json'), 'utf8'));
  t.same([recordings.length, withheld.length], [0, 2]);
  t.match(withheld[0].reason, /can no longer be read/);
});

test('the files that are the same in every package are shipped with the program', async (t) => {
  const [build] = sources('appliance/build/build.ts');
  t.match(build?.text, 'src/rights/package');
});
