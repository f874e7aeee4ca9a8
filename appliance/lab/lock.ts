// One command at a time on one lab, and one on the cache. The lock is an abstract Unix socket: the kernel lets go of it
// when its holder dies, whatever killed it, so there is never a stale lock to clean.
import { createHash } from 'node:crypto';
import { connect, createServer, type Socket } from 'node:net';
import { Problem } from './problem.ts';

/** Takes a lock for the rest of this process, or says who holds it. */
export async function lock(what: string): Promise<void> {
  if (await take(what)) return;
  const holder = await askHolder(what);
  throw new Problem(
    `another command (process ${holder}) is at work on ${what}`,
    `wait for it to end, or stop it: kill ${holder}`,
  );
}

/** Does work while holding a lock, after waiting for whoever holds it. */
export async function whileLocked<T>(
  what: string,
  waiting: (holder: string) => void,
  work: () => Promise<T>,
): Promise<T> {
  let release = await take(what);
  while (!release) {
    await askHolder(what, waiting);
    release = await take(what);
  }
  try {
    return await work();
  } finally {
    release();
  }
}

function take(what: string): Promise<(() => void) | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<(() => void) | undefined>();
  const visitors = new Set<Socket>();
  const server = createServer((visitor) => {
    visitors.add(visitor);
    visitor.on('error', () => visitor.destroy());
    visitor.on('close', () => visitors.delete(visitor));
    visitor.unref();
    visitor.write(String(process.pid));
  });
  server.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE') resolve(undefined);
    else reject(error);
  });
  server.listen(address(what), () => {
    server.unref();
    resolve(() => {
      server.close();
      for (const visitor of visitors) visitor.destroy();
    });
  });
  return promise;
}

/** The holder's process id; with `waiting` given, returns only after the holder has let go. */
function askHolder(what: string, waiting?: (holder: string) => void): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  let holder = 'unknown';
  const socket = connect(address(what));
  socket.on('data', (pid) => {
    holder = String(pid);
    waiting?.(holder);
    if (!waiting) socket.destroy();
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', () => resolve(holder));
  return promise;
}

// A socket's name has room for about a hundred characters, and what is locked may be a long path.
function address(what: string): string {
  return `\0greffier-lab/${createHash('sha256').update(what).digest('hex')}`;
}
