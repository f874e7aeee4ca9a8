// Keys over HTTP, as the browser of a holder asks for them; through the real server, its guard and its schemas.

import { createMessage, decrypt, encrypt, readKey, readMessage } from 'openpgp';
import { type Test, test } from 'tap';
import { rotate } from '../../src/keyring/rotation.ts';
import { wrappedKeys } from '../../src/keys/wrapped.ts';
import { rewrapHeader } from '../../src/offline/rewrap.ts';
import { asRoot, keepSealed, laid, lay, oldEnough, openKeyWorld, opens } from './support/keys.ts';
import { openWeb } from './support/web.ts';
import { makeKey } from './support/world.ts';

const [before, after] = [await oldEnough('Before'), await oldEnough('After')];
const [from, to] = [before.privateKey.getFingerprint(), after.privateKey.getFingerprint()];

async function web(t: Test) {
  const w = await openKeyWorld(t);
  const { person } = await openWeb(t, w.appliance, w.root, w.clock);
  return {
    w,
    marie: await person('marie', ['manager'], { steppedUp: true }),
    igor: await person('igor', ['it-admin']),
  };
}

test('who may hold keys sees and uses them; the IT admin sees only which there are (C15)', async (t) => {
  const { w, marie, igor } = await web(t);
  await lay(w, 'recovery', before);
  await keepSealed(t, w, [before]);
  t.match(await marie('GET', '/api/keys'), {
    status: 200,
    body: {
      recovery: [
        { file: 'one.asc', fingerprint: from, user: 'Before', expires: null, unfit: null, recordings: 1 },
      ],
      groups: [],
      signing: { fingerprint: w.signer.fingerprint },
      drills: [{ fingerprint: from, label: 'recovery: Before', lastOpenedAt: null, overdue: false }],
      rotation: null,
    },
  });
  t.match(await igor('GET', '/api/keys'), { status: 200 });
  for (const url of [`/api/keys/drills/${from}/message`, '/api/keys/rotation/headers', '/api/keys/mine'])
    t.match(await igor('GET', url), { status: 403, body: { error: { code: 'forbidden' } } }, url);
  t.match(await igor('POST', '/api/keys/rotation/headers', { headers: [{ id: 'x', header: '' }] }), {
    status: 403,
  });
});

test('a holder opens a canary in the browser; a wrong code is refused', async (t) => {
  const { w, marie } = await web(t);
  await lay(w, 'recovery', before);
  const message = await marie('GET', `/api/keys/drills/${from}/message`);
  t.match(message, { status: 200, type: /^application\/pgp-encrypted/, body: /^-----BEGIN PGP MESSAGE/ });
  const opened = await decrypt({
    message: await readMessage({ armoredMessage: message.body }),
    decryptionKeys: before.privateKey,
  });
  const confirm = (code: string) => marie('POST', `/api/keys/drills/${from}`, { code });
  t.match(await confirm('nothing'), { status: 409, body: { error: { code: 'wrong-code' } } });
  t.match(await confirm(`${opened.data}`), { status: 204 });
  t.match((await marie('GET', '/api/keys')).body.drills, [{ lastOpenedAt: '2026-11-22T08:00:00.000Z' }]);
  t.match(await marie('GET', '/api/keys/drills/xyz/message'), { status: 400 });
});

test('a holder rewraps in the browser, page by page, and is told of what is refused', async (t) => {
  const { w, marie } = await web(t);
  await lay(w, 'recovery', before);
  const made = [];
  for (let count = 0; count < 3; count += 1) made.push(await keepSealed(t, w, [before]));
  t.match(await marie('GET', '/api/keys/rotation'), {
    status: 404,
    body: { error: { code: 'no-rotation' } },
  });
  await rotate(w.appliance, 'marie', { from, name: 'after', content: laid(after) }, asRoot);
  const rotation = await marie('GET', '/api/keys/rotation');
  t.match(rotation.body, { from, to, total: 3, done: 0, state: 'running' });
  t.match((await marie('GET', '/api/keys')).body.rotation, {
    from,
    to,
    total: 3,
    done: 0,
    startedAt: /^2026/,
  });
  const target = await readKey({ armoredKey: rotation.body.toArmored });
  const headers: { id: string; header: string }[] = [];
  for (let next: string | null = ''; next !== null; ) {
    const page = await marie('GET', `/api/keys/rotation/headers?limit=2&after=${next}`);
    headers.push(...page.body.headers);
    next = page.body.next;
  }
  t.equal(headers.length, 3);
  const pages = (await w.appliance.audit.entries()).filter(({ action }) => action === 'rotation-headers');
  t.same(
    pages.map(({ actor }) => actor),
    ['marie', 'marie'],
    'each page left a trace (C30)',
  );
  const rewrapped = await Promise.all(
    headers.map(async ({ id, header }) => {
      const made = await rewrapHeader(Buffer.from(header, 'base64'), before.privateKey, [target]);
      return { id, header: Buffer.from(made).toString('base64') };
    }),
  );
  const bad = { id: headers[0]?.id ?? '', header: headers[0]?.header ?? '' };
  t.match(await marie('POST', '/api/keys/rotation/headers', { headers: [...rewrapped, bad] }), {
    status: 200,
    body: { accepted: 3, refused: [{ id: bad.id, reason: 'it is still for the old key' }] },
  });
  for (const { id } of made) t.ok(await opens(w, id, after));
  t.match((await marie('GET', '/api/keys/rotation')).body, { total: 3, done: 3 });
  const many = Array.from({ length: 201 }, () => bad);
  t.match(await marie('POST', '/api/keys/rotation/headers', { headers: many }), { status: 400 });
  const large = Array.from({ length: 200 }, () => ({ ...bad, header: 'A'.repeat(2_000) }));
  t.match(await marie('POST', '/api/keys/rotation/headers', { headers: large }), { body: { accepted: 0 } });
});

test('a browser finds the way from the personal key over the group key to a recording', async (t) => {
  const { w, marie } = await web(t);
  const passphrase = 'a long enough passphrase';
  const personal = await makeKey({ date: new Date('2026-01-01'), passphrase });
  const team = await oldEnough('Team');
  t.same((await marie('GET', '/api/keys/mine')).body, { personal: null, fingerprint: null, groups: [] });
  const unprotected = { armored: team.armoredPrivate };
  t.match(await marie('PUT', '/api/keys/mine', unprotected), {
    status: 400,
    body: { error: { code: 'unfit-key' } },
  });
  t.match(await marie('PUT', '/api/keys/mine', { armored: personal.armoredPrivate }), { status: 204 });
  const wrapped = (await encrypt({
    message: await createMessage({ text: team.armoredPrivate }),
    encryptionKeys: await readKey({ armoredKey: personal.armoredPublic }),
    format: 'binary',
  })) as Uint8Array;
  const one = { group: 'team', fingerprint: team.privateKey.getFingerprint() };
  await wrappedKeys(w.appliance.config.state.keys).keep({ ...one, wrapped: Buffer.from(wrapped) });
  t.match((await marie('GET', '/api/keys/mine')).body, {
    personal: /^-----BEGIN PGP PRIVATE KEY BLOCK/,
    groups: [{ ...one, wrapped: Buffer.from(wrapped).toString('base64') }],
  });
});
