/**
 * From sealed files to something that can be heard, in this page alone. What proves where it comes from is looked at before
 * anything is decrypted: integrity of the encryption says that it was not damaged, not whose it is.
 */
import {
  createMessage,
  decrypt,
  type PrivateKey,
  readKey,
  readMessage,
  readSignature,
  verify,
} from 'openpgp';
import { packetAt } from '../../../src/shared/packets.ts';
import { openFailure } from '../keys/failures.ts';
import { openKey } from '../keys/unlocked.ts';
import { playableAudio } from '../playback/encoding.ts';
import { measurePeaks, type Peaks } from '../playback/peaks.ts';
import { ApiError } from '../shared/api-error.ts';
import type { CallDetails, Manifest } from '../shared/api-types.ts';
import type { Handed } from './files.ts';

const PKESK = 1;

export interface OpenedRecording {
  audio: string;
  peaks: Peaks;
  /** Undefined where none was given. */
  manifest: SignedManifest | undefined;
  details: CallDetails | undefined;
  /** Fingerprint of the appliance's key that signed the manifest; null where nothing could be verified. */
  signedBy: string | null;
}

export interface SignedManifest extends Manifest {
  id: string;
  line: { did: string; name: string };
  purpose: string;
}

/**
 * Verifies, then opens. Throws ApiError: `signature-bad`, `body-altered`, and the codes of keys and messages.
 */
export async function openHanded(
  handed: Handed,
  armoredKey: string,
  passphrase: string,
): Promise<OpenedRecording> {
  const manifest = handed.manifest && readManifest(handed.manifest);
  const signedBy = await whoSigned(handed);
  if (manifest) await insistOnBody(handed.message, manifest);
  const key = await openKey(armoredKey, passphrase);
  const details = handed.details && (await detailsIn(handed.details, key));
  const plain = await decrypted(handed.message, key);
  const peaks = await measurePeaks(plain).catch((cause: unknown) => {
    throw new ApiError('audio-unreadable', `the audio could not be decoded: ${cause}`);
  });
  const audio = URL.createObjectURL(playableAudio(plain, peaks.frames));
  return { audio, peaks, manifest, details, signedBy };
}

/** The certificate's fingerprint, when manifest, signature and certificate are there. Throws `signature-bad`. */
async function whoSigned({ manifest, signature, certificate }: Handed): Promise<string | null> {
  if (!manifest || !signature || !certificate) return null;
  try {
    const verificationKeys = await readKey({ armoredKey: certificate });
    const { signatures } = await verify({
      message: await createMessage({ binary: manifest }),
      signature: await readSignature({ armoredSignature: signature }),
      verificationKeys,
      expectSigned: true,
    });
    await signatures[0]?.verified;
    return verificationKeys.getFingerprint();
  } catch (cause) {
    throw new ApiError('signature-bad', `the signature of the manifest does not hold: ${cause}`);
  }
}

/** The encrypted part behind the header is the one that the manifest names. Throws `body-altered`. */
async function insistOnBody(message: Uint8Array<ArrayBuffer>, { body }: Manifest): Promise<void> {
  const sum = await crypto.subtle.digest('SHA-256', message.slice(headerLength(message)));
  const hex = Array.from(new Uint8Array(sum), (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (hex !== body.sha256) throw new ApiError('body-altered', 'the audio is not the one of the manifest');
}

/** How many bytes the session key packets take. Throws `message-damaged`. */
function headerLength(message: Uint8Array): number {
  try {
    for (let at = 0; ; ) {
      const { tag, end } = packetAt(message, at);
      if (tag !== PKESK || end === undefined) return at;
      at = end;
    }
  } catch (cause) {
    throw new ApiError('message-damaged', `it is no OpenPGP message: ${cause}`);
  }
}

async function decrypted(sealed: Uint8Array, key: PrivateKey): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const message = await readMessage({ binaryMessage: sealed });
    const { data } = await decrypt({ message, decryptionKeys: key, format: 'binary' });
    return (data as Uint8Array).slice();
  } catch (error) {
    throw openFailure(error);
  }
}

/** Who called. Without it the sound can still be heard. */
async function detailsIn(sealed: Uint8Array, key: PrivateKey): Promise<CallDetails | undefined> {
  const plain = await decrypted(sealed, key).catch(() => undefined);
  return plain && (JSON.parse(new TextDecoder().decode(plain)) as CallDetails);
}

function readManifest(bytes: Uint8Array): SignedManifest {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as SignedManifest;
  } catch (cause) {
    throw new ApiError('manifest-unreadable', `the manifest is not JSON: ${cause}`);
  }
}
