// Builds what the playbook installs: build/appliance.tgz with the compiled program, the web UI and the packages it
// runs on. Debian's Node has no type stripping, so the box gets JavaScript.

import { createHash } from 'node:crypto';
import { chmod, cp, mkdir, readFile, rm } from 'node:fs/promises';
import { execa } from 'execa';

const STAGE = 'build/stage';
const ARCHIVE = 'build/appliance.tgz';
const node = process.execPath;

await rm(STAGE, { recursive: true, force: true });
await mkdir(STAGE, { recursive: true });

console.log('compiling the program');
await execa(node, ['node_modules/typescript/bin/tsc', '-p', 'appliance/build/tsconfig.json'], {
  stdio: 'inherit',
});
console.log('bundling daemon and command line');
for (const program of ['main', 'sealing/worker', 'cli/greffier']) await bundle('program', program);
await chmod(`${STAGE}/dist/cli/greffier.js`, 0o755);
// What goes into every package of evidence, and every export of the log, as it is; the compiler passes over it.
await cp('src/evidence/package', `${STAGE}/dist/evidence/package`, { recursive: true });
await cp('src/rights/package', `${STAGE}/dist/rights/package`, { recursive: true });
await cp('src/purge/package', `${STAGE}/dist/purge/package`, { recursive: true });
await cp('src/audit/package', `${STAGE}/dist/audit/package`, { recursive: true });

console.log('building the web UI');
await execa(node, ['node_modules/vite/bin/vite.js', 'build', 'web', '--logLevel', 'warn'], {
  stdio: 'inherit',
});
await cp('build/web', `${STAGE}/web`, { recursive: true });

console.log('building the offline viewer');
await bundle('viewer');
await cp('build/viewer/viewer.html', `${STAGE}/web/viewer.html`);

console.log('bundling greffier-offline');
await bundle('offline');
await mkdir(`${STAGE}/offline`);
await cp('build/offline/greffier-offline.mjs', `${STAGE}/offline/greffier-offline.mjs`);
await cp('build/viewer/viewer.html', `${STAGE}/offline/viewer.html`);

console.log('installing the packages it runs on');
for (const file of ['package.json', 'package-lock.json', '.npmrc', 'src/asterisk/request-shim']) {
  await cp(file, `${STAGE}/${file}`, { recursive: true });
}
// No install script runs: the packages that need native code carry it ready-made.
await execa('npm', ['ci', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
  cwd: STAGE,
  stdio: 'inherit',
});
await rm(`${STAGE}/src`, { recursive: true });

// The same input gives the same archive, so the playbook can tell whether anything changed.
await execa(
  'tar',
  [
    '--create',
    '--gzip',
    `--file=${ARCHIVE}`,
    '--sort=name',
    '--owner=0',
    '--group=0',
    '--numeric-owner',
    '--mtime=2026-01-01T00:00:00Z',
    `--directory=${STAGE}`,
    '.',
  ],
  { env: { GZIP: '-n' } },
);
const sum = createHash('sha256')
  .update(await readFile(ARCHIVE))
  .digest('hex');
console.log(`${ARCHIVE} sha256 ${sum}`);

/** Makes one file of a program: how, stands in the file of that name beside this one. */
async function bundle(how: string, program = how): Promise<void> {
  const config = `appliance/build/${how}.vite.ts`;
  const options = ['--config', config, '--mode', program, '--logLevel', 'warn'];
  await execa(node, ['node_modules/vite/bin/vite.js', 'build', ...options], { stdio: 'inherit' });
}
