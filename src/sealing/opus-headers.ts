// The two packets that every stream of Opus in Ogg begins with (RFC 7845 section 5).

/**
 * @param preSkip samples of 48 kHz that a decoder drops at the start
 * @param rate what was encoded, in Hz; players go by 48 kHz
 */
export function opusHead(channels: number, preSkip: number, rate: number): Buffer {
  const head = Buffer.alloc(19);
  head.write('OpusHead', 'latin1');
  head[8] = 1;
  head[9] = channels;
  head.writeUInt16LE(preSkip, 10);
  head.writeUInt32LE(rate, 12);
  return head;
}

/** @param vendor who encoded; there are no comments: nothing that is said about a call lies in its audio */
export function opusTags(vendor: string): Buffer {
  const name = Buffer.from(vendor);
  const tags = Buffer.alloc(8 + 4 + name.length + 4);
  tags.write('OpusTags', 'latin1');
  tags.writeUInt32LE(name.length, 8);
  name.copy(tags, 12);
  return tags;
}
