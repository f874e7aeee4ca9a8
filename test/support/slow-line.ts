// A line between a browser and the server that is no faster than an office's: bytes wait until it is their turn.

import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

const PIECE = 16 * 1024;

/**
 * Opens a port that leads to another one of this machine; what comes back comes at that rate, for all connections together.
 * cut() ends all of them, as a cable that is pulled.
 */
export async function slowLine(to: number, bytesPerSecond: number, teardown: (end: () => unknown) => void) {
  let free = 0;
  const sockets = new Set<Socket>();
  const inTurn = async (bytes: number) => {
    free = Math.max(free, performance.now()) + (1000 * bytes) / bytesPerSecond;
    const wait = free - performance.now();
    // Timers are a millisecond coarse: what is sooner goes at once, and counts all the same.
    if (wait > 2) await delay(wait);
  };
  const carry = async (far: Socket, near: Socket) => {
    for await (const chunk of far as AsyncIterable<Buffer>)
      for (let at = 0; at < chunk.length; at += PIECE) {
        const piece = chunk.subarray(at, at + PIECE);
        await inTurn(piece.length);
        if (near.destroyed) return;
        if (!near.write(piece)) await Promise.race([once(near, 'drain'), once(near, 'close')]);
      }
  };
  const line = createServer(async (near) => {
    const far = connect(to, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {});
    }
    near.pipe(far);
    // One that breaks off ends both, as on any line.
    await carry(far, near).catch(() => {});
    near.end();
    far.destroy();
  }).listen(0, '127.0.0.1');
  await once(line, 'listening');
  const cut = () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  teardown(() => {
    cut();
    line.close();
  });
  return { port: (line.address() as AddressInfo).port, cut };
}
