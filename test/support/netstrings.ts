// baresip's control port speaks netstrings of JSON.

import type { Socket } from 'node:net';

/** Hands on each message that comes over the wire. */
export function readNetstrings(socket: Socket, take: (message: Record<string, unknown>) => void): void {
  let rest = Buffer.alloc(0);
  socket.on('error', () => {});
  socket.on('data', (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const colon = rest.indexOf(':');
      const length = Number(rest.subarray(0, Math.max(colon, 0)).toString());
      if (colon < 0 || rest.length < colon + length + 2) return;
      take(JSON.parse(rest.subarray(colon + 1, colon + 1 + length).toString()));
      rest = rest.subarray(colon + length + 2);
    }
  });
}
