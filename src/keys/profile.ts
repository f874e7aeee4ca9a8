// Which recipient keys may be used. What we seal must open in gpg 2.2, gpg 2.4 and sq alike, and it is the recipient's
// key that decides the format: a key that asks for more than that is refused at the door, with the reason
// (appliance/decisions/0003).

import { enums, type Key, type PublicKey, type Subkey } from 'openpgp';

const SEIPD_V2 = 0x08;
const SHORTEST_RSA_BITS = 3072;

/** Why a key cannot be a recipient at that moment; undefined when it can. */
export async function whyUnfit(key: Key, now: Date): Promise<string | undefined> {
  if (key.isPrivate()) return 'it is a private key: it must never lie on the box';
  if (key.keyPacket.version !== 4)
    return `it is a version ${key.keyPacket.version} key, which gpg cannot use`;
  if (await key.isRevoked()) return 'it is revoked';
  if (key.getCreationTime() > now)
    return `it is made in the future (${key.getCreationTime().toISOString()}): check the clock`;
  const expires = await expiryOf(key);
  if (expires && expires <= now) return `it expired on ${expires.toISOString()}`;
  if (await wantsSeipdV2(key, now)) return 'it asks for AEAD encryption (SEIPD v2), which gpg cannot open';
  const encryption = await key.getEncryptionKey(undefined, now).catch(() => undefined);
  if (!encryption) return 'it has no valid subkey for encryption';
  return whyUnfitAlgorithm(encryption);
}

function whyUnfitAlgorithm(key: PublicKey | Subkey): string | undefined {
  const { algorithm, curve, bits } = key.getAlgorithmInfo();
  const rsa = algorithm === 'rsaEncryptSign' || algorithm === 'rsaEncrypt';
  if (rsa) return (bits ?? 0) < SHORTEST_RSA_BITS ? `its RSA key has ${bits} bits only` : undefined;
  if (key.keyPacket.algorithm === enums.publicKey.ecdh)
    return curve === 'secp256k1' ? `its curve is ${curve}` : undefined;
  return `its encryption algorithm ${algorithm} cannot be opened by gpg 2.2`;
}

/** When the key, or its encryption subkey, stops being valid; null for never. */
export async function expiryOf(key: Key): Promise<Date | null> {
  const ends = [
    await key.getExpirationTime(),
    ...(await Promise.all(key.subkeys.map((subkey) => subkey.getExpirationTime()))),
  ];
  const dates = ends.filter((end) => end instanceof Date);
  return dates.length ? new Date(Math.min(...dates.map(Number))) : null;
}

async function wantsSeipdV2(key: Key, now: Date): Promise<boolean> {
  const { selfCertification } = await key.getPrimaryUser(now).catch(() => ({ selfCertification: undefined }));
  const [flags = 0] = selfCertification?.features ?? [];
  return (flags & SEIPD_V2) !== 0;
}
