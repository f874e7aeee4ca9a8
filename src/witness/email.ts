// A person who keeps mail: the data protection officer, an auditor. Mail goes one way, so what was sent last is only
// remembered here; it is the reader who would notice, and each mail says how.

import { readFile } from 'node:fs/promises';
import { createTransport } from 'nodemailer';
import { GreffierError, reasonOf } from '../shared/errors.ts';
import { unreachable, type Witness } from './witness.ts';
import { type Language, WORDS } from './words.ts';

export interface MailPlace {
  to: readonly string[];
  from: string;
  smtp: {
    host: string;
    port: number;
    tls: 'implicit' | 'starttls' | 'none';
    ca?: string;
    user?: string;
    passwordFile?: string;
  };
}

export interface Sender {
  site: string;
  language: Language;
  /** Of the signing key. */
  fingerprint: string;
  /** What was sent last. */
  before: { size: number; root: string; at: string } | undefined;
}

const PATIENCE_MS = 20_000;

/** As text it would come with other line ends, or with a disclaimer below, and the signature would not be good. */
const UNTOUCHED = { contentType: 'application/octet-stream', contentTransferEncoding: 'base64' } as const;

/** The witness that gets mail. */
export function emailWitness(place: MailPlace, sender: Sender): Witness {
  const { before, site, language, fingerprint } = sender;
  return {
    async open(signal) {
      return {
        ...(before && { held: { ...before, origin: site, time: before.at } }),
        strange: [],
        async give({ text, signature }, checkpoint, proof) {
          const words = WORDS[language];
          const attachments = [
            { filename: 'checkpoint.txt', content: text },
            { filename: 'checkpoint.txt.asc', content: signature },
            ...(proof ? [{ filename: 'consistency.txt', content: proof }] : []),
          ].map((file) => ({ ...file, ...UNTOUCHED }));
          await send(place, signal, {
            subject: words.subject(site, checkpoint.size),
            text: [
              words.mail({ size: checkpoint.size, before }),
              `${words.key}${words.colon} ${fingerprint.toUpperCase()}`,
              '',
              text,
              signature,
            ].join('\n'),
            attachments,
            date: new Date(checkpoint.time),
          });
        },
        async close() {},
      };
    },
  };
}

async function send({ to, from, smtp }: MailPlace, signal: AbortSignal, mail: object): Promise<void> {
  const { host, port, tls, user } = smtp;
  try {
    const password = user && (await readPassword(smtp.passwordFile));
    const ca = smtp.ca && (await readFile(smtp.ca));
    signal.throwIfAborted();
    const transport = createTransport({
      host,
      port,
      secure: tls === 'implicit',
      requireTLS: tls === 'starttls',
      ignoreTLS: tls === 'none',
      ...(password && { auth: { user, pass: password } }),
      ...(ca && { tls: { ca } }),
      connectionTimeout: PATIENCE_MS,
      greetingTimeout: PATIENCE_MS,
      socketTimeout: PATIENCE_MS,
      dnsTimeout: PATIENCE_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    const { rejected } = await transport.sendMail({ from, to: [...to], ...mail });
    if (rejected.length === 0) return;
    const message = `${host}: ${rejected.length} of ${to.length} addresses were refused`;
    throw new GreffierError('witness-partly', message, { hint: 'correct `to` of the witness' });
  } catch (error) {
    if (error instanceof GreffierError) throw error;
    throw unreachable(`${host}: ${whyNotSent(error)}`);
  }
}

/** In our words: a server may repeat the password or an address in its own. */
function whyNotSent(error: unknown): string {
  const { responseCode, command } = error as { responseCode?: number; command?: string };
  return responseCode ? `it answered ${responseCode} to ${command ?? 'the mail'}` : reasonOf(error);
}

async function readPassword(path = ''): Promise<string> {
  const password = (await readFile(path, 'utf8')).replace(/\r?\n$/, '');
  if (password) return password;
  throw new Error(`${path} is empty`);
}
