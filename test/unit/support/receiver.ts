// Another program that takes webhooks: over https, with a certificate of its own, as slow and as broken as a test wants.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { execa } from 'execa';
import type { Test } from 'tap';

export interface Taken {
  headers: Record<string, string | string[] | undefined>;
  body: string;
}
/** What it answers: a status, a redirection, or nothing at all. */
export type Answer = number | 'silence' | { to: string };

/** Starts it on a port of its own. `answers` are given one after the other, the last one for ever. */
export async function openReceiver(t: Test, root: string, answers: Answer[] = [200]) {
  const [key, cert] = [join(root, 'receiver.key'), join(root, 'receiver.crt')];
  const subject = [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-noenc',
    '-subj',
    '/CN=localhost',
  ];
  const names = ['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  await execa('openssl', ['req', '-x509', ...subject, ...names, '-keyout', key, '-out', cert]);
  const taken: Taken[] = [];
  let told = () => {};
  const left = [...answers];
  const server = createServer(
    { key: await readFile(key), cert: await readFile(cert) },
    async (request, response) => {
      taken.push({ headers: request.headers, body: await text(request) });
      told();
      const answer = left.length > 1 ? left.shift() : left[0];
      if (answer === 'silence' || answer === undefined) return;
      if (typeof answer === 'number') response.writeHead(answer).end('the body is nobody’s business');
      else response.writeHead(302, { location: answer.to }).end();
    },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const at = (server.address() as { port: number }).port;
  /** Tells of the next request before it is answered, once. */
  const onTaken = (listener: () => void) => {
    told = () => {
      told = () => {};
      listener();
    };
  };
  return { taken, onTaken, answers: left, url: `https://localhost:${at}/hook`, ca: cert };
}
