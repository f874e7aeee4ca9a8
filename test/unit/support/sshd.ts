// A real sshd, as an ordinary process on a port of its own, with keys that are made for the test. Whoever logs in with
// the right key gets one program and nothing else.

import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Test } from 'tap';
import { ownFolder } from './world.ts';

export interface Sshd {
  place: { host: string; port: number; user: string; identity: string; knownHosts: string };
  folder: string;
  /** Whoever comes from now on gets this program. */
  command(words: string[]): Promise<void>;
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** Starts an sshd; it ends with the test. */
export async function startSshd(t: Pick<Test, 'teardown'>): Promise<Sshd> {
  const folder = await ownFolder(t);
  const at = (name: string) => join(folder, name);
  for (const name of ['host', 'identity'])
    await execa('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', at(name)]);
  const port = await freePort();
  await writeFile(at('known_hosts'), `[127.0.0.1]:${port} ${await readFile(at('host.pub'), 'utf8')}`);
  await writeFile(at('sshd_config'), configuration(port, at));
  // Where sshd of root locks itself in; Debian makes the folder when its own service starts.
  if (process.getuid?.() === 0) await mkdir('/run/sshd', { recursive: true, mode: 0o755 });
  let stopping = async () => {};
  const sshd: Sshd = {
    folder,
    place: {
      host: '127.0.0.1',
      port,
      user: userInfo().username,
      identity: at('identity'),
      knownHosts: at('known_hosts'),
    },
    async command(words) {
      const key = await readFile(at('identity.pub'), 'utf8');
      await writeFile(at('authorized_keys'), `restrict,command="${words.join(' ')}" ${key}`);
    },
    async start() {
      const child = execa('/usr/sbin/sshd', ['-D', '-e', '-f', at('sshd_config')], { reject: false });
      await new Promise<void>((resolve, reject) => {
        let said = '';
        child.stderr.on('data', (chunk) => {
          said += chunk;
          if (said.includes('Server listening')) resolve();
        });
        child.once('exit', () => reject(new Error(said)));
      });
      stopping = async () => {
        child.kill();
        await child;
      };
    },
    stop: () => stopping(),
  };
  await sshd.start();
  t.teardown(() => sshd.stop());
  return sshd;
}

function configuration(port: number, at: (name: string) => string): string {
  return `Port ${port}
ListenAddress 127.0.0.1
HostKey ${at('host')}
AuthorizedKeysFile ${at('authorized_keys')}
StrictModes no
UsePAM no
PidFile none
PermitRootLogin forced-commands-only
PasswordAuthentication no
KbdInteractiveAuthentication no
LogLevel INFO
`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address === 'object' && address) return address.port;
  throw new Error('no port');
}
