// The state of the appliance (settings, people with their second factors, keys and the signing key, the audit log), and
// what of /etc/greffier no playbook can make again. It must not lie in clear on a share: it is one OpenPGP message for
// the recovery keys, which the holder of one opens on a computer of his own. Paths in it are from `/`, so that
// `gpg --decrypt state.tar.pgp | tar --extract --directory /` puts everything in its place.

import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { execa } from 'execa';
import { createMessage, encrypt, readKey } from 'openpgp';
import { GreffierError } from '../shared/errors.ts';

export const STATE_FILE = 'state.tar.pgp';

/** tar's word for "a file changed while it was read": the logs grow all the time. */
const CHANGED = 1;

export interface StateWish {
  /** Files and folders, absolute. */
  paths: string[];
  /** What of them is left out, absolute; `*` stands for any letters. */
  without: string[];
  /** Armored public keys. */
  recipients: string[];
}

/** The sealed state, as it comes. Throws `no-recipient` when there is no key, and `state-unreadable`. */
export async function* sealedState({ paths, without, recipients }: StateWish): AsyncGenerator<Uint8Array> {
  if (recipients.length === 0) {
    throw new GreffierError('no-recipient', 'no recovery key is fit: the state cannot be sealed', {
      hint: 'greffier keys list says why of each',
    });
  }
  const encryptionKeys = await Promise.all(recipients.map((armoredKey) => readKey({ armoredKey })));
  const fromRoot = (path: string) => path.replace(/^\/+/, '');
  const tar = execa(
    'tar',
    [
      '--create',
      '--directory=/',
      '--anchored',
      ...without.map((path) => `--exclude=${fromRoot(path)}`),
      '--',
      ...paths.map(fromRoot),
    ],
    { buffer: { stdout: false, stderr: true }, encoding: 'buffer', reject: false },
  );
  const binary = Readable.toWeb(tar.stdout) as ReadableStream<Uint8Array>;
  const message = await createMessage({ binary: binary as never });
  const sealed = (await encrypt({ message, encryptionKeys, format: 'binary' })) as unknown;
  yield* sealed as AsyncIterable<Uint8Array>;
  const { exitCode, stderr } = await tar;
  if (exitCode !== 0 && exitCode !== CHANGED) {
    throw new GreffierError(
      'state-unreadable',
      `the state cannot be read: ${Buffer.from(stderr).toString().trim()}`,
    );
  }
}
