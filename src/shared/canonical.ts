// Canonical JSON (RFC 8785): the same content is the same bytes, so a signature over it can be checked by anyone.

import canonicalize from 'canonicalize';

/** Bytes of the canonical form. */
export function canonicalBytes(value: object): Uint8Array {
  return new TextEncoder().encode(canonicalize(value));
}
