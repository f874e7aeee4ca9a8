// Encoders take whole frames, or whole packets of them; audio comes in pieces of any length.

export interface InUnits {
  /** As many whole units as there are with these bytes; what is left waits for the next ones. */
  take(bytes: Buffer): Buffer;
  /** What waits: less than a unit. */
  rest(): Buffer;
}

/** @param size of a unit, in bytes */
export function inUnits(size: number): InUnits {
  let waiting = Buffer.alloc(0);
  return {
    take(bytes) {
      const all = waiting.length > 0 ? Buffer.concat([waiting, bytes]) : bytes;
      const whole = all.length - (all.length % size);
      // A copy: whose memory it lies in is used again.
      waiting = Buffer.from(all.subarray(whole));
      return all.subarray(0, whole);
    },
    rest: () => waiting,
  };
}
