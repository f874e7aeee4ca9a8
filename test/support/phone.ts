// A real SIP phone: baresip, with a WAV file for a microphone and another for an ear. It is steered by its own
// control port (netstrings of JSON), and every wait is for a fact that baresip reports.

import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';
import { localAddress } from './local-address.ts';
import { readNetstrings } from './netstrings.ts';
import { account, config, control, type PhoneOptions } from './phone-config.ts';

export type { PhoneOptions };

interface PhoneEvent {
  type: string;
  param?: string;
}

export interface Phone {
  /** Gives baresip a command of its menu and resolves to its answer. */
  command(name: string, params?: string): Promise<string>;
  dial(target: string): Promise<unknown>;
  press(key: string): Promise<unknown>;
  /** Presses several keys, one after the other. */
  keys(keys: string): Promise<void>;
  hangUp(): Promise<unknown>;
  /** Resolves at the first event of that kind, past ones included unless consumed. Rejects after the deadline. */
  until(type: string, deadlineMs?: number): Promise<PhoneEvent>;
  /** Path of the WAV file of all that it heard; complete once the call is over. Throws when it heard nothing. */
  heard(): Promise<string>;
  stop(): Promise<void>;
  /** Removes its folder, with what it heard. */
  forget(): Promise<void>;
}

/** Starts a phone and waits until it takes commands (and, with a password, until it is registered). */
export async function startPhone(options: PhoneOptions): Promise<Phone> {
  const home = await mkdtemp(join(tmpdir(), 'phone-'));
  const address = await localAddress(options.server);
  await writeFile(join(home, 'config'), config(options, address, home));
  await writeFile(join(home, 'accounts'), `${account(options)}\n`);
  const program = launch(home);
  const phone = steer(await openControl(options, address, program), program, home);
  if (options.password) {
    // It may have registered before we listened, so ask for the state rather than wait for the event.
    for (let asked = 0; !(await phone.command('reginfo')).includes('OK'); asked += 1) {
      if (asked === 100) {
        await phone.stop();
        await phone.forget();
        throw new Error(`extension ${options.user} was refused by ${options.server}`);
      }
      await delay(100);
    }
  }
  return phone;
}

type Program = ReturnType<typeof launch>;

function launch(home: string) {
  // Its sound card would not wait either while the machine is busy with a test.
  const realTime = ['--rr', '1', 'baresip', '-f', home];
  return execa('chrt', realTime, { reject: false, all: true, cwd: home, forceKillAfterDelay: 3_000 });
}

async function openControl(options: PhoneOptions, address: string, program: Program): Promise<Socket> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (program.exitCode !== null && program.exitCode !== undefined) break;
    const socket = connect(control(options.port), address);
    try {
      await once(socket, 'connect');
      return socket;
    } catch {
      socket.destroy();
      await delay(50);
    }
  }
  program.kill('SIGKILL');
  throw new Error(`baresip did not start on port ${options.port}: ${(await program).all}`);
}

function steer(wire: Socket, program: Program, home: string): Phone {
  const past: PhoneEvent[] = [];
  const waiting = new Set<() => void>();
  const replies = new Map<string, (message: Record<string, unknown>) => void>();
  readNetstrings(wire, (message) => {
    if (message.response) replies.get(String(message.token))?.(message);
    if (!message.event) return;
    past.push(message as unknown as PhoneEvent);
    for (const look of waiting) look();
  });
  const command = (name: string, params = '') => {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const token = randomUUID();
    // A command that baresip does not know must not pass for one that was carried out.
    replies.set(token, ({ ok, data }) =>
      ok ? resolve(String(data)) : reject(new Error(`${name}: ${data}`)),
    );
    const text = JSON.stringify({ command: name, params, token });
    wire.write(`${Buffer.byteLength(text)}:${text},`);
    return promise;
  };
  return {
    command,
    dial: (target) => command('dial', target),
    press: (key) => command('sndcode', key),
    async keys(keys) {
      for (const key of keys) await command('sndcode', key);
    },
    hangUp: () => command('hangup'),
    until: (type, deadlineMs = 20_000) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const at = past.findIndex((event) => event.type === type);
          if (at < 0) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(past.splice(at, 1)[0] as PhoneEvent);
        };
        const timer = setTimeout(() => {
          waiting.delete(look);
          const seen = past.map(({ type: one, param = '' }) => `${one} ${param}`.trim()).join(', ');
          reject(new Error(`no ${type} within ${deadlineMs} ms; seen: ${seen}`));
        }, deadlineMs);
        waiting.add(look);
        look();
      }),
    async heard() {
      const file = (await readdir(home)).sort().findLast((name) => name.endsWith('-dec.wav'));
      if (!file) throw new Error(`the phone in ${home} heard nothing`);
      return join(home, file);
    },
    forget: () => rm(home, { recursive: true, force: true }),
    async stop() {
      wire.destroy();
      program.kill('SIGTERM');
      await program;
    },
  };
}
