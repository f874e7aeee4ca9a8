// Comments on moments of a recording: sealed with its own key, read after a reason, gone with it (ADR 0034).

import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decryptSessionKeys, readKey, readMessage, type SessionKey } from 'openpgp';
import { type Test, test } from 'tap';
import { createDestruction, dueRecording } from '../../src/destruction.ts';
import { rewrapHeader } from '../../src/offline/rewrap.ts';
import { openNotes, sealNote } from '../../web/src/keys/notes.ts';
import { DAY, keepSealed, openKeyWorld } from './support/keys.ts';
import { gpgHome, sqOpens } from './support/peers.ts';
import { openWeb } from './support/web.ts';
import { type MadeKey, makeKey } from './support/world.ts';

const WORDS = 'Le prix est annoncé ici.';

async function sessionKeysOf(header: Uint8Array, { privateKey }: MadeKey): Promise<SessionKey[]> {
  const message = await readMessage({ binaryMessage: Uint8Array.from(header) });
  return (await decryptSessionKeys({ message, decryptionKeys: privateKey })) as SessionKey[];
}

/** A recording that is sealed to one key, and a web in which it is listened to. */
async function listened(t: Test) {
  const world = await openKeyWorld(t);
  Object.assign(world.settings.data, { people: [], lines: [], clients: [] });
  const key = await makeKey();
  const { id } = await keepSealed(t, world, [key]);
  const header = (await world.vault.read(id, DAY, 'header')) ?? Buffer.alloc(0);
  const [sessionKey] = await sessionKeysOf(header, key);
  if (!sessionKey) throw new Error('no session key');
  const opened = await openWeb(t, world.appliance, world.root, world.clock);
  const path = `/api/recordings/${id}/comments`;
  const ticketOf = async (asks: Awaited<ReturnType<typeof opened.person>>) =>
    (await asks('POST', `/api/recordings/${id}/playback`, { code: 'quality' })).body.ticket as string;
  const seal = (text = WORDS) => sealNote(sessionKey, JSON.stringify({ recording: id, ms: 3_250, text }));
  const entries = async (action: string) =>
    (await world.audit.entries()).filter((entry) => entry.action === action);
  return { ...opened, world, key, id, header, path, ticketOf, seal, entries };
}

test('a comment is read by whoever opens the recording, and by nobody before a reason was given', async (t) => {
  const l = await listened(t);
  const [marie, quinn] = [await l.person('marie', ['manager']), await l.person('quinn', ['quality'])];
  const { status, body: made } = await marie('POST', l.path, { sealed: await l.seal() });
  t.match([status, made], [201, { by: 'marie', at: '2026-11-22T08:00:00.000Z' }]);
  t.match((await quinn('GET', l.path)).body.error, { code: 'reason-needed' });
  t.equal(
    (await quinn('GET', `${l.path}?ticket=${await l.ticketOf(marie)}`)).status,
    403,
    'a reason of one’s own',
  );
  const { comments } = (await quinn('GET', `${l.path}?ticket=${await l.ticketOf(quinn)}`)).body;
  t.match(comments, [{ id: made.id, by: 'marie' }]);
  const keys = await sessionKeysOf(l.header, l.key);
  t.match(JSON.parse((await openNotes(keys, [comments[0].sealed]))[0] ?? ''), {
    recording: l.id,
    text: WORDS,
  });
  t.match(await l.entries('comment-made'), [{ actor: 'marie', recording: l.id }]);
  const igor = await l.person('igor', ['it-admin']);
  t.equal((await igor('POST', l.path, { sealed: await l.seal() })).status, 403);
});

test('behind the header of its recording gpg and sq open a comment; behind another one they do not', async (t) => {
  const l = await listened(t);
  const note = Buffer.from(await l.seal(), 'base64');
  const gpg = await gpgHome(t);
  await gpg(['--import'], l.key.armoredPrivate);
  const message = Buffer.concat([l.header, note]);
  const { stdout, exitCode } = await gpg(['--decrypt'], message);
  t.match([exitCode, Buffer.from(stdout as Uint8Array).toString()], [0, new RegExp(WORDS)]);
  t.ok(await sqOpens(t, l.key.armoredPrivate, message));
  const other = await keepSealed(t, l.world, [l.key]);
  const foreign = (await l.world.vault.read(other.id, DAY, 'header')) ?? Buffer.alloc(0);
  t.not((await gpg(['--decrypt'], Buffer.concat([foreign, note]))).exitCode, 0);
  t.same(await openNotes(await sessionKeysOf(foreign, l.key), [note.toString('base64')]), [null]);
});

test('a rotation that rewraps the header takes the comments along', async (t) => {
  const l = await listened(t);
  const sealed = await l.seal();
  const next = await makeKey();
  const header = await rewrapHeader(l.header, l.key.privateKey, [
    await readKey({ armoredKey: next.armoredPublic }),
  ]);
  t.match((await openNotes(await sessionKeysOf(header, next), [sealed]))[0], new RegExp(WORDS));
});

test('nothing of what was written lies on the box in clear, nor is it in the audit log', async (t) => {
  const l = await listened(t);
  const marie = await l.person('marie', ['manager']);
  await marie('POST', l.path, { sealed: await l.seal() });
  const files = await readdir(l.world.at('comments'));
  t.same(files, [`${l.id}.json`]);
  t.notMatch(await readFile(join(l.world.at('comments'), `${l.id}.json`), 'utf8'), /prix|3250/);
  t.notMatch(JSON.stringify(await l.world.audit.entries()), /prix/);
});

test('what is not one encrypted packet is refused, and so is the hundred and first', async (t) => {
  const l = await listened(t);
  const marie = await l.person('marie', ['manager']);
  const send = async (bytes: Uint8Array) =>
    (await marie('POST', l.path, { sealed: Buffer.from(bytes).toString('base64') })).body.error?.code;
  const note = Buffer.from(await l.seal(), 'base64');
  t.equal(await send(Buffer.from(WORDS.repeat(4))), 'bad-comment');
  t.equal(await send(Buffer.concat([note, note])), 'bad-comment', 'two packets');
  t.equal(await send(note.subarray(0, -1)), 'bad-comment', 'cut off');
  t.equal(await send(Buffer.concat([l.header, note])), 'bad-comment', 'a session key before it');
  t.equal(await send(randomBytes(64)), 'bad-comment');
  for (let count = 0; count < 100; count += 1)
    await l.world.appliance.comments.add(l.id, 'marie', note.toString('base64'));
  t.equal(await send(note), 'too-many-comments');
});

test('each takes back their own comments alone', async (t) => {
  const l = await listened(t);
  const [marie, quinn] = [await l.person('marie', ['manager']), await l.person('quinn', ['quality'])];
  const { body: made } = await marie('POST', l.path, { sealed: await l.seal() });
  t.equal((await quinn('DELETE', `${l.path}/${made.id}`)).body.error.code, 'no-such-comment');
  t.equal((await marie('DELETE', `${l.path}/${made.id}`)).status, 204);
  t.match(await l.entries('comment-removed'), [{ actor: 'marie', subject: made.id }]);
  t.same(await readdir(l.world.at('comments')), [], 'the last one takes the file with it');
});

test('with its recording a comment is destroyed, and nobody writes another one', async (t) => {
  const l = await listened(t);
  const marie = await l.person('marie', ['manager']);
  await marie('POST', l.path, { sealed: await l.seal() });
  const row = l.world.catalogue.recording(l.id);
  if (!row) return t.fail('no row');
  const destruction = createDestruction(l.world.appliance);
  await destruction.forget(dueRecording({ ...row, goes_at: row.due_at }));
  t.same(await readdir(l.world.at('comments')), []);
  l.world.catalogue.putRecording({ ...row, state: 'destroyed' });
  t.equal((await marie('POST', l.path, { sealed: await l.seal() })).status, 410);
});
