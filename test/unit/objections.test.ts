// Whoever objects once and for all is not asked again and never recorded, and the list does not say who that is (C02;
// RGPD art. 21).

import { createHash } from 'node:crypto';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Test, test } from 'tap';
import { openObjections } from '../../src/objections/list.ts';
import { spellingsOf } from '../../src/objections/spellings.ts';
import { publishPolicies } from '../../src/publish.ts';
import {
  alarms,
  capture,
  incoming,
  isClosed,
  lookUntil,
  openPath,
  recordOf,
  spooled,
  writeSheet,
} from './support/path.ts';
import { policyAppliance } from './support/policies.ts';
import { noise } from './support/recording.ts';
import { CALL, handClock, makeKey, ownFolder, without } from './support/world.ts';

const NUMBER = '+33612345678';
const RUNNING = without('recording.stop', 'call.end');
/** What a trunk may make of it. */
const SPELLED = ['+33612345678', '0033612345678', '33612345678', '0612345678'];

async function openList(t: Test, country = 'FR') {
  const root = await ownFolder(t);
  const place = { folder: join(root, 'list'), published: join(root, 'published'), country };
  const open = () => openObjections(place, handClock('2026-11-22T08:00:00Z'));
  return { ...place, root, open, list: await open() };
}

/** As the dialplan does it: digits only, hashed under the key, and a file of that name. */
async function dialplanFinds(published: string, presented: string): Promise<boolean> {
  const key = await readFile(join(published, 'key'), 'utf8');
  const hash = createHash('sha1').update(`${key}:${presented.replaceAll(/\D/g, '')}`);
  return (await readdir(published)).includes(hash.digest('hex'));
}

test('a number that objects is found however a person or a trunk spells it', async (t) => {
  for (const written of ['06 12 34 56 78', '+33 6 12 34 56 78', '0033 612-34-56-78', '06.12.34.56.78']) {
    const { list, published } = await openList(t);
    await list.add(written);
    for (const spelled of SPELLED) {
      t.ok(await dialplanFinds(published, spelled), `${written}: the dialplan finds ${spelled}`);
      t.ok(await list.find(spelled), `${written}: ${spelled}`);
    }
    t.notOk(await dialplanFinds(published, '+33612345679'));
    t.notOk(await list.find('+33612345679'));
  }
});

test('a foreign number has no national spelling here, where it would be somebody else', async (t) => {
  t.same(spellingsOf('+41 44 668 18 00', 'FR'), ['41446681800', '0041446681800']);
  t.same(spellingsOf('+39 06 6982', 'IT').includes('066982'), true, 'a zero that belongs to it stays');
});

test('what is no number is refused, and not repeated where it could end in a log', async (t) => {
  const { list } = await openList(t);
  for (const wrong of ['', '12', 'Paul', '+33 6 12', '+999123456789']) {
    const refusal = await list.add(wrong).catch((error) => error);
    t.match(refusal, { code: 'bad-number', hint: String }, `"${wrong}"`);
    t.notMatch(refusal.message, /\d/);
  }
  t.same(await list.all(), []);
});

test('neither the list nor what Asterisk reads says who is on it', async (t) => {
  const { list, root, folder, published } = await openList(t);
  await list.add(NUMBER, { request: 'r-1' });
  for (const path of await readdir(root, { recursive: true, withFileTypes: true })) {
    t.notMatch(path.name, /12345678/);
    if (path.isFile()) t.notMatch(await readFile(join(path.parentPath, path.name), 'utf8'), /12345678/);
  }
  t.match(await list.all(), [{ request: 'r-1', at: '2026-11-22T08:00:00.000Z' }]);
  t.equal((await stat(join(folder, 'key'))).mode & 0o777, 0o600);
  t.equal((await stat(join(published, 'key'))).mode & 0o777, 0o640);
});

test('an entry counts once, for every process at once, and goes with its marks', async (t) => {
  const { list, open, published } = await openList(t);
  const first = await list.add(NUMBER);
  t.equal((await list.add('0612345678')).id, first.id, 'it is on the list already');
  const another = await open();
  await another.add('0711223344');
  t.ok(await list.find('0711223344'), 'what the command line added, the daemon knows');
  await list.remove(first.id);
  t.notOk(await another.find(NUMBER));
  t.notOk(await dialplanFinds(published, NUMBER));
  t.ok(await dialplanFinds(published, '0711223344'));
  await t.rejects(list.remove(first.id), { code: 'no-such-objection' });
});

test('without its key the list would match nobody: then nobody is recorded, and an alarm says why', async (t) => {
  const { appliance, at } = await policyAppliance(t);
  await appliance.objections.add(NUMBER);
  await rm(at('objections/key'));
  await publishPolicies(appliance);
  t.notOk(
    (await readdir(at('policies/objections'))).includes('key'),
    'the dialplan cannot tell who objected',
  );
  t.ok((await appliance.alarms.latest(20)).some(({ code }) => code === 'objections.damaged'));
  await t.rejects(appliance.objections.add('0711223344'), { code: 'objections-damaged' });
});

test('an objection that comes while the call runs destroys what was captured of it', async (t) => {
  const path = await openPath(t, await makeKey());
  await writeSheet(path, ...RUNNING);
  await capture(path, noise(80_000));
  await lookUntil(path, 'the sealing has begun', async () => (await incoming(path)).length > 0);
  await path.objections.add(NUMBER);
  await lookUntil(path, 'nothing of it is left', async () => (await incoming(path)).length === 0);
  t.same(await spooled(path), [`${CALL}.sheet`], 'the sheet stays: the call goes on');
  await writeSheet(path, ...RUNNING, 'call.end cause=16');
  await lookUntil(path, 'the call is closed', () => isClosed(path));
  t.match(await recordOf(path), { recorded: false, reason: 'objected' });
  t.match(await path.audit.entries(), [{ action: 'recording-destroyed', reason: 'objected' }]);
  t.same(await alarms(path), [], 'it is no failure');
});
