// The check sum of a FLAC frame's header (RFC 9639 section 9.1.8): polynomial x^8 + x^2 + x + 1, begun with zero.

const TABLE = Uint8Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = (value & 0x80 ? (value << 1) ^ 0x07 : value << 1) & 0xff;
  return value;
});

export function crc8(bytes: Uint8Array): number {
  let value = 0;
  for (const byte of bytes) value = TABLE[value ^ byte] ?? 0;
  return value;
}
