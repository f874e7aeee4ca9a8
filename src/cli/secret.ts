// What must not be an argument, where every user of the machine could read it, comes by standard input.

/** All of standard input, without the newline at its end. */
export async function readSecret(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks)
    .toString()
    .replace(/\r?\n$/, '');
}
