// A witness on another machine, reached by the system's ssh. There, a forced command answers: whoever has the key of
// this box can offer checkpoints and do nothing else.

import { execa } from 'execa';
import { GreffierError, reasonOf } from '../shared/errors.ts';
import { type Answer, lineOf, lineReader } from './lines.ts';
import type { Format, SignedCheckpoint } from './log.ts';
import { refused, unreachable, type Witness } from './witness.ts';

export interface SshPlace {
  host: string;
  port: number;
  user: string;
  identity: string;
  knownHosts: string;
}

/** The witness behind ssh. */
export function sshWitness(place: SshPlace, format: Format): Witness {
  return {
    async open(signal) {
      const call = callBy(place, signal);
      try {
        const hello = await call.read.hello();
        if (!hello) throw unreachable(await call.whyEnded());
        if ('failed' in hello) throw unreachable(`${place.host}: ${plain(hello.failed)}`);
        const held = hello.held && (await ours(hello.held, format));
        return {
          ...(held && { held }),
          strange: [],
          give: (signed, checkpoint, proof) =>
            telling(place, async () => {
              call.write(lineOf({ ...signed, proof: proof ?? null }));
              insistOn(await call.read.answer(), checkpoint);
            }),
          close: call.hangUp,
        };
      } catch (error) {
        await call.hangUp();
        return telling(place, () => Promise.reject(error));
      }
    },
  };
}

/** Nonsense on the line, or a deadline, is a witness that cannot be reached. */
async function telling<T>({ host }: SshPlace, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof GreffierError && error.code.startsWith('witness-')) throw error;
    throw unreachable(`${host}: ${reasonOf(error)}`, error);
  }
}

/** What ssh is told: nothing is asked of a person, nothing read from anybody's own settings, nothing forwarded. */
function argumentsOf({ host, port, user, identity, knownHosts }: SshPlace): string[] {
  const options = [
    'BatchMode=yes',
    'StrictHostKeyChecking=yes',
    `UserKnownHostsFile=${knownHosts}`,
    'GlobalKnownHostsFile=/dev/null',
    'UpdateHostKeys=no',
    'IdentitiesOnly=yes',
    'IdentityAgent=none',
    'PreferredAuthentications=publickey',
    'ConnectTimeout=10',
    'ServerAliveInterval=5',
    'ServerAliveCountMax=3',
    'ClearAllForwardings=yes',
    'ControlPath=none',
    'EscapeChar=none',
    'LogLevel=ERROR',
  ].flatMap((option) => ['-o', option]);
  return ['-T', '-F', 'none', ...options, '-i', identity, '-p', String(port), '-l', user, '--', host];
}

/**
 * The command line is root that works as the daemon's user. ssh asks whose process it is, and as root's would refuse a
 * key that the daemon's group can read.
 */
function asWhoeverWeAre(command: [string, ...string[]]): [string, ...string[]] {
  const [real, user, group] = [process.getuid?.(), process.geteuid?.(), process.getegid?.()];
  if (real === user) return command;
  return ['setpriv', '--reuid', `${user}`, '--regid', `${group}`, '--keep-groups', ...command];
}

function callBy(place: SshPlace, signal: AbortSignal) {
  const [program, ...words] = asWhoeverWeAre(['ssh', ...argumentsOf(place)]);
  const child = execa(program, words, {
    reject: false,
    cancelSignal: signal,
    forceKillAfterDelay: 2_000,
    buffer: { stdout: false },
    maxBuffer: 10_000,
  });
  // A witness that hangs up in the middle is seen by the answer that does not come.
  child.stdin.on('error', () => {});
  return {
    read: lineReader(child.stdout),
    write: (line: string) => void child.stdin.write(line),
    async whyEnded() {
      const { stderr, exitCode } = await child;
      const said = stderr.split('\n').filter(Boolean).at(-1) ?? `ssh ended with ${exitCode}`;
      return `${place.host}: ${plain(said)}`;
    },
    async hangUp() {
      child.stdin.end();
      child.stdout.resume();
      await child;
    },
  };
}

/** What it holds, if it is ours: it keeps the signature for that. */
async function ours({ text, signature }: SignedCheckpoint, format: Format) {
  const bad = await format.whyBad(text, signature);
  if (bad === undefined) return format.read(text);
  throw refused(`it holds a checkpoint that this appliance has not signed: ${bad}`);
}

function insistOn(answer: Answer | undefined, { size, root }: { size: number; root: string }): void {
  if (answer?.accepted?.size === size && answer.accepted.root === root) return;
  if (answer?.refused)
    throw refused(`it says ${plain(answer.refused)}: ${plain(answer.message ?? 'no more')}`);
  throw unreachable(plain(answer?.failed ?? 'it hung up without an answer'));
}

/** What others say goes into alarms and onto terminals. */
function plain(said: string): string {
  return said.replaceAll(/[^ -~]/g, '?').slice(0, 200);
}
