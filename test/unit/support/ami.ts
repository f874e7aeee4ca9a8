// A peer that speaks Asterisk's manager interface over a real socket.

import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { Test } from 'tap';

export type Fields = Record<string, string>;
type Answer = (fields: Fields, socket: Socket) => Fields | undefined;

export const SECRET = 'the secret of this test';

/** A peer that greets, checks the login, and answers other actions as the test says. */
export async function peer(t: Test, answer: Answer = () => ({ Response: 'Success' })) {
  const received: Fields[] = [];
  const sockets = new Set<Socket>();
  const server = createServer(async (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.write('Asterisk Call Manager/9.0.0\r\n');
    let fields: Fields = {};
    for await (const line of createInterface(socket)) {
      const [key = '', ...rest] = line.split(': ');
      if (line !== '') {
        fields[key.toLowerCase()] = rest.join(': ');
        continue;
      }
      received.push(fields);
      const reply = fields.action === 'login' ? logIn(fields) : answer(fields, socket);
      if (reply) send(socket, { ...reply, ActionID: fields.actionid ?? '' });
      fields = {};
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { received, sockets, options: { host: '127.0.0.1', port, user: 'greffier', secret: SECRET } };
}

const logIn = ({ secret }: Fields): Fields =>
  secret === SECRET
    ? { Response: 'Success', Message: 'Authentication accepted' }
    : { Response: 'Error', Message: 'Authentication failed' };

/** Sends one event, or an answer. */
export function send(socket: Socket, fields: Fields): void {
  const lines = Object.entries(fields).map(([key, value]) => `${key}: ${value}\r\n`);
  socket.write(`${lines.join('')}\r\n`);
}
