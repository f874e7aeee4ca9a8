/** What was handed out for a recording, found among files by their names: loose files, or the package of evidence as one. */
import { untar } from './untar.ts';

export interface Handed {
  /** Header and body, one OpenPGP message. */
  message: Uint8Array<ArrayBuffer>;
  /** The full number and the name, sealed. */
  details: Uint8Array<ArrayBuffer> | undefined;
  manifest: Uint8Array<ArrayBuffer> | undefined;
  /** Of the manifest, armored. */
  signature: string | undefined;
  /** The appliance's certificate, armored. */
  certificate: string | undefined;
}

/** A private key that lay among the files, armored. */
export interface Found {
  handed: Handed | undefined;
  privateKey: string | undefined;
}

interface Named {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}

const PRIVATE = '-----BEGIN PGP PRIVATE KEY BLOCK-----';
/** Larger files are no key. */
const LARGEST_KEY = 100_000;

/** Sorts files by what they are. Of several recordings the first one counts. */
export async function sortFiles(files: Iterable<File>): Promise<Found> {
  const named: Named[] = [];
  for (const file of files) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    named.push(...(file.name.endsWith('.tar') ? untar(bytes) : [{ name: file.name, bytes }]));
  }
  const key = named.find(({ bytes }) => bytes.length < LARGEST_KEY && textOf(bytes).includes(PRIVATE));
  const rest = named.filter((one) => one !== key);
  const bytesAt = (pattern: RegExp) => rest.find(({ name }) => pattern.test(name))?.bytes;
  const textAt = (pattern: RegExp) => {
    const bytes = bytesAt(pattern);
    return bytes && textOf(bytes);
  };
  const message = bytesAt(/^(?!.*details\.pgp$).*\.pgp$/);
  return {
    privateKey: key && textOf(key.bytes),
    handed: message && {
      message,
      details: bytesAt(/details\.pgp$/),
      manifest: bytesAt(/manifest\.json$/),
      signature: textAt(/manifest(\.json)?\.asc$/),
      certificate: textAt(/appliance\.asc$/),
    },
  };
}

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
