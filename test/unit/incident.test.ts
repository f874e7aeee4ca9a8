// A breach: what was on the box at that time, who took it out, and a notice that is due in 72 hours (RGPD art. 33).

import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { type Test, test } from 'tap';
import { incidentCommands } from '../../src/cli/incident.ts';
import { countAffected } from '../../src/incident-affected.ts';
import { run } from './support/cli.ts';
import { type Desk, keepOf, openDesk, PARTY } from './support/rights.ts';
import { makeKey, ownFolder } from './support/world.ts';

const ALL = {
  since: null,
  until: null,
  madeSince: null,
  madeUntil: null,
  client: null,
  line: null,
  extension: null,
  recordings: [],
};
const OTHER = { last4: '1111', fingerprint: 'beef' };
const NOBODY = { last4: '', fingerprint: '' };

/** Opens an incident as somebody types it, and unpacks what it wrote. */
async function packageOf(t: Test, desk: Desk, ...words: string[]): Promise<string> {
  const to = await ownFolder(t);
  const command = ['incident', 'open', '--reason', 'a disk was stolen', '--to', to];
  await run(t, incidentCommands, desk.appliance, ...command, ...words);
  const [name = '', ...others] = await readdir(to);
  t.same(others, [], 'nothing else is left there');
  await execa('tar', ['--extract', `--file=${join(to, name)}`, `--directory=${to}`]);
  return join(to, name.replace('.tar', ''));
}

async function table(folder: string, name: string): Promise<string[][]> {
  const text = await readFile(join(folder, `${name}.tsv`), 'utf8');
  return text
    .slice(0, -1)
    .split('\n')
    .map((line) => line.split('\t'));
}

test('what lay on the box at that time is concerned, in doubt as well', async (t) => {
  const desk = await openDesk(t);
  const [mine, again, other, hidden, gone] = [
    await keepOf(desk),
    await keepOf(desk),
    await keepOf(desk, OTHER),
    await keepOf(desk, NOBODY),
    await keepOf(desk),
  ];
  const row = desk.catalogue.recording(gone);
  if (row)
    desk.catalogue.markDestroyed({
      ...row,
      state: 'destroyed',
      client: '',
      extension: '',
      fingerprint: '',
      destroyed_at: '2026-09-01T00:00:00.000Z',
    });
  const count = async (scope: object) =>
    (await countAffected(desk.appliance, { ...ALL, ...scope })).recordings;
  t.same(await countAffected(desk.appliance, ALL), {
    recordings: 5,
    destroyed: 1,
    persons: 2,
    withheld: 1,
    extensions: 1,
    seconds: 500,
    clients: { demo: 5 },
  });
  t.equal(await count({ since: '2026-09-02T00:00:00.000Z' }), 4, 'one was destroyed before');
  t.equal(await count({ since: '2026-08-31T00:00:00.000Z' }), 5, 'one was destroyed since');
  t.equal(await count({ until: '2026-05-22T08:00:00.000Z' }), 0, 'they were made after');
  t.equal(await count({ madeSince: '2026-05-22T00:00:00.000Z', madeUntil: '2026-05-23T00:00:00.000Z' }), 5);
  t.equal(await count({ madeSince: '2026-05-23T00:00:00.000Z' }), 0);
  t.equal(await count({ extension: '299' }), 1, 'of the destroyed one nobody knows');
  t.equal(await count({ client: 'other' }), 0, 'whose line it is tells of the destroyed one, too');
  t.equal(await count({ line: '+33123456799' }), 0);
  t.equal(await count({ recordings: [mine, other, randomUUID()] }), 2);
  t.ok(again && hidden);
});

test('the package is signed, opens with coreutils and gpg, and names nobody beyond pseudonyms', async (t) => {
  const desk = await openDesk(t);
  const key = await makeKey({ date: new Date('2026-01-01'), userIDs: [{ name: 'Igor Petit' }] });
  await mkdir(desk.at('etc'));
  await writeFile(desk.at('etc', 'one.asc'), key.armoredPublic);
  const [mine, theirs] = [await keepOf(desk), await keepOf(desk, OTHER)];
  await desk.audit.writeAll([
    { actor: 'claire', action: 'log-in', from: '10.0.0.9' },
    { actor: '0612345678 Zoë', action: 'log-in-refused' },
    {
      actor: 'claire',
      action: 'play',
      recording: mine,
      code: 'quality',
      reason: 'Zoë complained',
      from: '10.0.0.9',
    },
    { actor: 'claire', action: 'play', recording: randomUUID(), reason: 'of something else' },
  ]);
  await desk.alarms.raise('disk.low', 'the vault of Zoë is full');
  const folder = await packageOf(t, desk, '--since', '2026-11-22T00:00:00Z', '--recording', mine);
  const home = { GNUPGHOME: await ownFolder(t) };
  const gpg = (...words: string[]) =>
    execa('gpg', ['--batch', '--quiet', ...words], { env: home, cwd: folder });
  await execa('sha256sum', ['-c', '--strict', 'SHA256SUMS'], { cwd: folder });
  await gpg('--import', 'appliance.asc');
  await gpg('--verify', 'SHA256SUMS.asc', 'SHA256SUMS');
  await gpg('--verify', 'checkpoint.txt.asc', 'checkpoint.txt');
  await execa('gpgconf', ['--kill', 'all'], { env: home });
  const listed = (await readFile(join(folder, 'SHA256SUMS'), 'utf8'))
    .split('\n')
    .map((line) => line.slice(66));
  const there = (await readdir(folder)).filter((name) => !name.startsWith('SHA256SUMS'));
  t.same(listed.filter(Boolean), there.sort(), 'every file is in the list');
  const [columns, row] = await table(folder, 'recordings');
  t.same(Object.fromEntries((columns ?? []).map((name, index) => [name, row?.[index]])), {
    recording: mine,
    started: '2026-05-22T08:15:20.123Z',
    seconds: '100',
    client: 'demo',
    line: '+33123456701',
    purpose: 'quality',
    direction: 'inbound',
    extension: '201',
    party: 'p1',
    state: 'sealed',
    due: '2027-05-22T08:15:00.123Z',
    destroyed: '',
  });
  const of = async (name: string) => (await table(folder, name)).slice(1).map((cells) => cells.slice(1, 5));
  t.same(await of('accesses'), [['claire', 'play', 'quality', mine]]);
  t.same(await of('sessions'), [
    ['claire', 'log-in', '', ''],
    ['?', 'log-in-refused', '', ''],
  ]);
  t.match(await table(folder, 'alarms'), [['at'], [/^2026/, 'disk.low']]);
  t.match(await table(folder, 'keys'), [
    ['place'],
    ['recovery', key.privateKey.getFingerprint(), '', ''],
    ['signing'],
  ]);
  t.ok((await of('log')).some(([, action]) => action === 'incident-opened'));
  const secrets = [PARTY.fingerprint, 'Zoë', '10.0.0.9', '612345678', 'Igor', 'beef', theirs];
  for (const name of there) {
    const text = await readFile(join(folder, name), 'utf8');
    for (const secret of secrets) t.notOk(text.includes(secret), `${name} has ${secret}`);
  }
});

test('the draft has every point of art. 33(3) in both languages, with the figures, and gaps for what it cannot know', async (t) => {
  const desk = await openDesk(t);
  for (const party of [PARTY, PARTY, OTHER, NOBODY]) await keepOf(desk, party);
  const folder = await packageOf(t, desk, '--aware', '2026-11-21T20:00:00Z');
  const [fr, en] = await Promise.all(
    ['fr', 'en'].map((each) => readFile(join(folder, `notice.${each}.md`), 'utf8')),
  );
  for (const words of [
    'Nature de la violation',
    'au plus tard : 2026-11-24T20:00:00.000Z',
    'Enregistrements concernés : 4',
    'distinctes (par empreinte de numéro) : 2 ; 1 enregistrements de numéros masqués',
    'Catégories de personnes',
    'Catégories de données',
    'Délégué à la protection des données : [nom à compléter]',
    'Démonstration: dpo@example.org',
    'Conséquences probables',
    'Mesures',
    'a disk was stolen',
  ])
    t.match(fr, words);
  for (const words of [
    'Nature of the breach',
    'by: 2026-11-24T20:00:00.000Z',
    'concerned: 4',
    'number): 2; 1',
    'Data protection officer',
    'Likely consequences',
    'Measures',
  ])
    t.match(en, words);
});
