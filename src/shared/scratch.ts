// Memory that is used again and again, for work in which each step takes what the step before has made and is done with
// it. Memory that is asked for anew is cleared by the kernel, page by page, and collected later: for streams of audio that
// took longer than the encryption.

/** Returns that many bytes, whose content is anything; they stay as they are until the next call. */
export type Scratch = (bytes: number) => Buffer<ArrayBuffer>;

/** Grows to the largest that was asked for. It begins on its own, so that words may lie at any multiple of their length. */
export function createScratch(): Scratch {
  let memory = Buffer.alloc(0);
  return (bytes) => {
    if (memory.length < bytes) memory = Buffer.allocUnsafeSlow(2 ** Math.ceil(Math.log2(bytes)));
    return memory.subarray(0, bytes);
  };
}

/** Gives the memory of bytes back at once, which nothing may look at any more. Nothing happens to bytes that share it. */
export function release(bytes: Buffer): void {
  const { buffer, length } = bytes;
  if (buffer instanceof ArrayBuffer && buffer.byteLength === length) buffer.transfer(0);
}
