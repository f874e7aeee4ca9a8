// A real mail server, with a certificate that is made for the test, and the mail it was given.

import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { SMTPServer } from 'smtp-server';
import type { Test } from 'tap';
import { ownFolder } from './world.ts';

export const USER = 'greffier@example.org';

export interface Letter {
  /** As it came over the line. */
  raw: string;
  encrypted: boolean;
  user: string | undefined;
  to: string[];
}

/** Starts a mail server that ends with the test. It knows one password, and nobody of `unknown`. */
export async function startSmtp(t: Pick<Test, 'teardown'>, password: string, unknown: string[] = []) {
  const folder = await ownFolder(t);
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  await execa('openssl', [
    ...['req', '-x509', '-nodes', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-days', '2'],
    ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', cert],
  ]);
  const letters: Letter[] = [];
  const server = new SMTPServer({
    key: await readFile(key),
    cert: await readFile(cert),
    authOptional: true,
    disableReverseLookup: true,
    onAuth({ username = '', password: said = '' }, _, done) {
      if (username === USER && said === password) done(null, { user: username });
      // A server that repeats what it was told.
      else done(new Error(`no such password: ${said}`));
    },
    onRcptTo({ address }, _, done) {
      if (unknown.includes(address)) done(new Error(`no mailbox ${address}`));
      else done();
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { secure, user, envelope } = session;
        letters.push({
          raw: Buffer.concat(chunks).toString(),
          encrypted: secure,
          user: user ? String(user) : undefined,
          to: envelope.rcptTo.map(({ address }) => address),
        });
        done();
      });
    },
  });
  server.on('error', () => {});
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  t.teardown(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const address = listening.address();
  const passwordFile = join(folder, 'password');
  await writeFile(passwordFile, `${password}\n`);
  return {
    letters,
    passwordFile,
    smtp: { host: 'localhost', port: typeof address === 'object' ? (address?.port ?? 0) : 0, ca: cert },
  };
}

export interface Opened {
  subject: string;
  body: string;
  /** Files that are attached, as the reader saves them. */
  files: Record<string, Buffer>;
}

const READER = `
import base64, email, email.policy, json, sys
letter = email.message_from_binary_file(sys.stdin.buffer, policy=email.policy.default)
files = {part.get_filename(): base64.b64encode(part.get_content()).decode() for part in letter.iter_attachments()}
json.dump({'subject': letter['Subject'], 'body': letter.get_body().get_content(), 'files': files}, sys.stdout)
`;

/** Opens a letter by a program that knows nothing of ours. */
export async function opened(letter: Letter | undefined): Promise<Opened> {
  const { stdout } = await execa('python3', ['-c', READER], { input: letter?.raw ?? '' });
  const { subject, body, files } = JSON.parse(stdout);
  const bytes = Object.entries(files).map(([name, text]) => [name, Buffer.from(`${text}`, 'base64')]);
  return { subject, body, files: Object.fromEntries(bytes) };
}
