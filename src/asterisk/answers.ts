// Does Asterisk answer at all? It may run and be deaf. Its manager interface greets whoever connects, before any login.

import { connect } from 'node:net';

const DEADLINE_MS = 2_000;

/** True when the manager interface greets within two seconds. */
export function asteriskAnswers({ host, port }: { host: string; port: number }): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const settle = (answers: boolean) => {
      clearTimeout(timer);
      // Not closed politely: a peer that is deaf would keep us waiting for minutes.
      socket.destroy();
      resolve(answers);
    };
    const timer = setTimeout(() => settle(false), DEADLINE_MS);
    socket.once('data', (greeting) => settle(String(greeting).startsWith('Asterisk')));
    socket.once('close', () => settle(false));
    socket.once('error', () => settle(false));
  });
}
