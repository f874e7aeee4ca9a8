// Is it a package that the appliance made, as it made it? Asked before any key is used: whoever carries it must not get
// recordings opened by putting them in, or the head of one before the body of another.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readKey } from 'openpgp';
import { GreffierError } from '../shared/errors.ts';
import { sumsOf } from '../shared/sums.ts';
import { verifier } from '../signatures.ts';

/** The messages as they left the box; of no use any more once they are handed over. */
export const SEALED = 'SEALED256SUMS';
const LISTS = ['SHA256SUMS', 'SHA256SUMS.asc', SEALED, `${SEALED}.asc`];
const isMessage = (name: string) => name.endsWith('.pgp');

/**
 * Checks a package that lies in a folder, and returns its messages by their paths, with who signed it. Throws `bad-pack`
 * for a file that is in no signed list or is not what the list says, and for a signature that does not hold.
 * @param fingerprint of the appliance's signing key, as on paper; without it the package only agrees with itself
 */
export async function checkRightsPack(
  folder: string,
  fingerprint: string | undefined,
): Promise<{ messages: string[]; signer: string }> {
  const armored = await textOf(folder, 'appliance.asc');
  const key = await readKey({ armoredKey: armored }).catch(() => {
    throw bad('appliance.asc is no key');
  });
  const signer = key.getFingerprint();
  if (fingerprint !== undefined && fingerprint.replaceAll(/[\s:]/g, '').toLowerCase() !== signer)
    throw bad(`it is signed by ${signer}, and not by ${fingerprint}`);
  const whyBad = await verifier(armored);
  for (const [list, listed] of [
    ['SHA256SUMS', (name: string) => !isMessage(name) && !LISTS.includes(name)],
    [SEALED, isMessage],
  ] as const) {
    const sums = await textOf(folder, list);
    const fault = await whyBad(new Uint8Array(Buffer.from(sums)), await textOf(folder, `${list}.asc`));
    if (fault !== undefined) throw bad(`the signature of ${list} does not hold`);
    if ((await sumsOf(folder, listed)) !== sums) throw bad(`its files are not those of ${list}`);
  }
  const names = (await readdir(join(folder, 'recordings'))).filter(isMessage).sort();
  return { messages: names.map((name) => `recordings/${name}`), signer };
}

async function textOf(folder: string, name: string): Promise<string> {
  return readFile(join(folder, name), 'utf8').catch(() => {
    throw bad(`${name} is missing`);
  });
}

function bad(reason: string): GreffierError {
  return new GreffierError('bad-pack', `it is no whole package of the rights desk: ${reason}`, {
    hint: 'take it from the box again: greffier rights export',
  });
}
