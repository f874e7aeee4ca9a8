// A supervisor's phone in the browser: which phones are whose, what the browser needs to be one, and its way to Asterisk.

import type { FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import type { WebServer } from '../http/server.ts';
import { GreffierError } from '../shared/errors.ts';
import { WEBSOCKET } from '../shared/schema.ts';
import { accountAnswer, phonesAnswer } from './answers.ts';
import { REALM } from './phones.ts';
import { CLOSED, type Pace, relay } from './relay.ts';

export interface BrowserPhoneRoutes {
  /** Address of Asterisk's websocket. */
  upstream(): string;
  /** Extensions of that person: those on a desk, and the one in the browser. */
  phonesOf(user: string): Promise<{ desks: string[]; browser: string | null }>;
  /** What stands for the password of a browser phone. */
  ha1(extension: string): Promise<string | undefined>;
  /** Whether whoever asked is still logged in and may still join calls. */
  mayStill(request: FastifyRequest): Promise<boolean>;
  /** The browser is gone, and why in a word: what that phone still listens to ends. */
  gone(extension: string, why: string): Promise<void>;
  pace?: Pace | undefined;
}

const PATH = '/api/supervision/browser-phone';

/** Adds GET /api/supervision/phones, and the browser phone's credentials and websocket. */
export function browserPhoneRoutes(server: WebServer, parts: BrowserPhoneRoutes): void {
  const { upstream, phonesOf, mayStill, gone, pace } = parts;
  const config = { access: 'supervision:join' };
  /** How to end the connection of each extension: there is one, and the newest rules. */
  const open = new Map<string, (code: number) => void>();

  async function own(user: string): Promise<{ extension: string; ha1: string }> {
    const extension = (await phonesOf(user)).browser;
    const ha1 = extension ? await parts.ha1(extension) : undefined;
    if (extension && ha1) return { extension, ha1 };
    throw new GreffierError('no-browser-phone', 'no browser phone is yours', {
      hint: 'the site file gives one to a person: greffier_phones with browser, and its number among the extensions',
      status: 404,
    });
  }

  async function join(socket: WebSocket, request: FastifyRequest): Promise<void> {
    const { user } = request;
    // Nothing is read before it is known whose phone it is.
    socket.pause();
    const found = await own(user).catch(() => undefined);
    socket.resume();
    if (!found) return socket.close(CLOSED.ended);
    const { extension } = found;
    open.get(extension)?.(CLOSED.elsewhere);
    const end = relay(socket, {
      upstream: upstream(),
      extension,
      pace,
      mayStill: async () => (await mayStill(request)) && (await phonesOf(user)).browser === extension,
      onEnd(why) {
        if (open.get(extension) === end) open.delete(extension);
        void gone(extension, why);
      },
    });
    open.set(extension, end);
  }

  server.get('/api/supervision/phones', { config, schema: { response: phonesAnswer } }, ({ user }) =>
    phonesOf(user),
  );
  // The address too: the browser hides it from its own page, and Asterisk has to know where sound goes.
  server.get(
    PATH,
    { config: { ...config, errors: ['no-browser-phone'] }, schema: { response: accountAnswer } },
    async ({ user, ip }) => ({
      realm: REALM,
      address: ip.replace(/^::ffff:/, ''),
      ...(await own(user)),
    }),
  );
  server.route({
    method: 'GET',
    url: `${PATH}/socket`,
    config: { ...config, errors: ['not-a-websocket'] },
    schema: { response: WEBSOCKET },
    wsHandler: join,
    handler() {
      throw new GreffierError('not-a-websocket', 'this is the address of a websocket', { status: 426 });
    },
  });
}
