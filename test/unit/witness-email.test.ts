// A witness who keeps mail. A real server takes it; gpg verifies what is attached.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Test, test } from 'tap';
import type { EmailConfig } from '../../src/config/witnesses.ts';
import { formatOf } from '../../src/log-for-witnesses.ts';
import { gpgHome } from './support/peers.ts';
import { opened, startSmtp, USER } from './support/smtp.ts';
import { WENT_WELL, witnessWorld } from './support/witness.ts';
import { ownFolder } from './support/world.ts';

const PASSWORD = 'Zufrieden-7-Schlüssel';

async function mailed(t: Test, smtp: Partial<EmailConfig['smtp']> = {}, unknown: string[] = []) {
  const server = await startSmtp(t, PASSWORD, unknown);
  const withPassword = { user: USER, passwordFile: server.passwordFile };
  const tls = smtp.tls ?? 'starttls';
  const config: EmailConfig = {
    id: 'dpo',
    kind: 'email',
    to: ['dpo@example.org', 'auditor@example.org'],
    from: USER,
    smtp: { ...server.smtp, tls, ...(tls !== 'none' && withPassword), ...smtp },
  };
  return { ...(await witnessWorld(t, [config])), server };
}

test('the mail holds the checkpoint as gpg verifies it, and says how to verify and what to compare', async (t) => {
  const w = await mailed(t);
  t.equal(await w.push('dpo'), WENT_WELL);
  await w.grow(5);
  t.equal(await w.push('dpo'), WENT_WELL);
  t.match(w.server.letters[1], {
    encrypted: true,
    user: USER,
    to: ['dpo@example.org', 'auditor@example.org'],
  });
  const [first, second] = await Promise.all(w.server.letters.map(opened));
  if (!first || !second) throw new Error('two letters were sent');
  const gpg = await gpgHome(t);
  await gpg(['--import'], w.appliance.signer.publicKey);
  const saved = await ownFolder(t);
  t.same(Object.keys(first.files).sort(), ['checkpoint.txt', 'checkpoint.txt.asc']);
  t.same(Object.keys(second.files).sort(), ['checkpoint.txt', 'checkpoint.txt.asc', 'consistency.txt']);
  for (const [name, bytes] of Object.entries(second.files)) await writeFile(join(saved, name), bytes);
  const verified = ['--verify', join(saved, 'checkpoint.txt.asc'), join(saved, 'checkpoint.txt')];
  t.equal((await gpg(verified, '')).exitCode, 0);
  const format = await formatOf(w.appliance.signer.publicKey);
  const [before, now] = [first, second].map(({ files }) => format.read(`${files['checkpoint.txt']}`));
  if (!before || !now) throw new Error('two checkpoints were sent');
  t.ok(format.isConsistent(`${second.files['consistency.txt']}`, before, now), 'the two mails agree');
  t.match(second.body, /gpg --verify checkpoint\.txt\.asc checkpoint\.txt/);
  t.match(second.body, 'il annonçait 10 lignes');
  t.match(second.body, w.appliance.signer.fingerprint.toUpperCase());
  t.match(second.body, `${second.files['checkpoint.txt']}`);
  t.match(first.body, 'le premier');
});

test('a site that speaks English writes in English', async (t) => {
  const w = await mailed(t);
  Object.assign(w.appliance.config.site, { language: 'en' });
  await w.push('dpo');
  const { subject, body } = await opened(w.server.letters[0]);
  t.equal(subject, 'Greffier Démonstration: checkpoint of the audit log, 10 lines');
  t.match(body, 'To verify the signature');
});

test('a log that was cut or rewritten since the last mail is not mailed', async (t) => {
  for (const size of [5, 10, 30]) {
    const w = await mailed(t);
    await w.push('dpo');
    await w.rewrite(size);
    t.equal(await w.push('dpo'), 'witness-refused', `${size} lines`);
    t.equal(w.server.letters.length, 1);
    t.same(await w.alarms(), ['witness.refused']);
  }
});

test('a password is neither told nor sent in clear, even when the server repeats it', async (t) => {
  const w = await mailed(t);
  await writeFile(w.server.passwordFile, `${PASSWORD}-of-last-year`);
  t.equal(await w.push('dpo'), 'witness-unreachable');
  const { error } = await w.memory('dpo');
  t.match(error?.message, /^localhost: it answered 535 to AUTH/);
  t.notMatch(await readFile(w.at('witnesses', 'dpo.json'), 'utf8'), 'Zufrieden');
  t.same(w.server.letters, []);
});

test('a server whose certificate is not trusted gets nothing', async (t) => {
  const other = await startSmtp(t, PASSWORD);
  const w = await mailed(t, { ca: other.smtp.ca });
  t.equal(await w.push('dpo'), 'witness-unreachable');
  t.match((await w.memory('dpo')).error?.message, /self-signed|certificate/);
  t.same(w.server.letters, []);
});

test('an address that the server refuses is told, and nobody else gets the same mail each quarter of an hour', async (t) => {
  const w = await mailed(t, {}, ['auditor@example.org']);
  t.equal(await w.push('dpo'), 'witness-partly');
  w.clock.move(20 * 60_000);
  await w.witnesses().tick();
  t.equal(w.server.letters.length, 1);
  t.match((await w.memory('dpo')).error?.message, '1 of 2 addresses were refused');
  t.equal((await w.memory('dpo')).accepted, undefined);
});

test('within the house it goes without TLS and without a password', async (t) => {
  const w = await mailed(t, { tls: 'none' });
  t.equal(await w.push('dpo'), WENT_WELL);
  t.match(w.server.letters[0], { encrypted: false, user: undefined });
});

test('a password file that is missing or empty is said, and the rest goes on', async (t) => {
  const w = await mailed(t);
  await writeFile(w.server.passwordFile, '\n');
  t.equal(await w.push('dpo'), 'witness-unreachable');
  t.match((await w.memory('dpo')).error?.message, /password is empty$/);
});
