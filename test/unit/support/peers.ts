// The other programs that must open what we seal, and the tool that holders of keys run.

import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import type { Test } from 'tap';
import { ownFolder, ROOT } from './world.ts';

/** gpg with a home of its own; its agent ends with the test. */
export async function gpgHome(t: Test) {
  const env = { GNUPGHOME: join(await ownFolder(t), 'gpg') };
  await mkdir(env.GNUPGHOME, { mode: 0o700 });
  t.teardown(() => execa('gpgconf', ['--kill', 'all'], { env }));
  return (args: string[], input: string | Uint8Array) =>
    execa('gpg', ['--batch', '--quiet', '--trust-model', 'always', '--pinentry-mode', 'loopback', ...args], {
      env,
      encoding: 'buffer',
      stripFinalNewline: false,
      reject: false,
      input,
    });
}

/** Whether sq opens a message with an armored private key. */
export async function sqOpens(t: Test, armored: string, message: Uint8Array): Promise<boolean> {
  const folder = await ownFolder(t);
  const [key, sealed] = [join(folder, 'key.asc'), join(folder, 'sealed.pgp')];
  await writeFile(key, armored);
  await writeFile(sealed, message);
  // Two generations of the same command are about; the older one says --recipient-key.
  const help = await execa('sq', ['decrypt', '--help'], { reject: false });
  const option = help.stdout.includes('--recipient-file') ? '--recipient-file' : '--recipient-key';
  const { exitCode } = await execa('sq', ['decrypt', option, key, sealed], {
    reject: false,
    encoding: 'buffer',
  });
  return exitCode === 0;
}

/** Bundles greffier-offline as the build does, and returns its path. */
export async function offlineBundle(t: Pick<Test, 'teardown'>): Promise<string> {
  const folder = await ownFolder(t);
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  const config = join(ROOT, 'appliance', 'build', 'offline.vite.ts');
  const options = ['--config', config, '--outDir', folder, '--logLevel', 'error'];
  await execa(process.execPath, [vite, 'build', ...options], { cwd: ROOT });
  return join(folder, 'greffier-offline.mjs');
}

/** Bundles greffier-offline, and returns what runs it. */
export async function offlineTool(t: Pick<Test, 'teardown'>) {
  const program = await offlineBundle(t);
  return (words: string[], passphrase = '') =>
    execa(process.execPath, [program, ...words], {
      input: passphrase && `${passphrase}\n`,
      reject: false,
      cwd: dirname(program),
    });
}
