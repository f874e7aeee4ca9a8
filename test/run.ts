// What `make check`, `make test` and `make test-campaigns` run. The units and the outages (what is killed in the middle,
// what is tampered with) need no root and no lab; the rest drives a lab of its own, which is made if it is missing and
// left for the next run (`GREFFIER_LAB=test make down` removes it).

import { glob } from 'node:fs/promises';
import { resolve } from 'node:path';
import { execa } from 'execa';
import { down, isThere } from '../appliance/lab/down.ts';
import { openLab, twinOf } from '../appliance/lab/lab.ts';
import { besideTwin, makeTwin } from '../appliance/lab/twin.ts';
import { runLabFiles } from './lab-files.ts';

const node = process.execPath;
const env = { GREFFIER_LAB: process.env.GREFFIER_LAB ?? 'test' };
// Hundreds of processes load the same program: its types are stripped once.
process.env.NODE_COMPILE_CACHE ??= resolve('build/compile-cache');

/** Runs test files with tap; throws when one fails. */
async function tap(pattern: string, ...options: string[]): Promise<void> {
  const command = await tapCommand(pattern, options);
  console.log(`\n— ${pattern}: ${command.length - options.length - 1} files`);
  await run(...command);
}

async function tapCommand(pattern: string, options: string[]): Promise<string[]> {
  return ['node_modules/tap/dist/esm/run.mjs', ...options, ...(await filesOf(pattern))];
}

async function filesOf(pattern: string): Promise<string[]> {
  const files = (await Array.fromAsync(glob(pattern))).sort();
  if (files.length === 0) throw new Error(`no test matches ${pattern}`);
  return files;
}

/** Words before a command that is to have a network of its own, in which there is nothing but itself. */
const ALONE = ['--net', '--', 'sh', '-c', 'ip link set lo up && exec "$0" "$@"'];

/**
 * Runs test files beside something that speaks meanwhile: what they say comes at their end. A browser drops all it has
 * under way when an interface of its machine comes or goes, and the lab makes some.
 */
async function tapBeside(pattern: string, work: Promise<void>): Promise<void> {
  const command = await tapCommand(pattern, ['--jobs=1', '--timeout=900']);
  const [beside] = await Promise.all([
    execa('unshare', [...ALONE, node, ...command], { env, all: true, reject: false }),
    work,
  ]);
  console.log(`\n— ${pattern}, meanwhile:\n${beside.all}`);
  if (beside.exitCode !== 0) throw new Error(`${pattern}: tests failed`);
}

/** The UI for the tests that look at it in a browser: built once, where the build of the appliance does not meddle. */
async function buildWeb(): Promise<void> {
  const folder = resolve('build/web-of-tests');
  const build = ['build', 'web', '--logLevel', 'warn', '--emptyOutDir', '--outDir', folder];
  await run('node_modules/vite/bin/vite.js', ...build);
  process.env.GREFFIER_BUILT_WEB = folder;
}

async function run(...argv: string[]): Promise<void> {
  await execa(node, argv, { stdio: 'inherit', env });
}

const suites: Record<string, () => Promise<void>> = {
  check: () => tap('test/unit/*.test.ts', '--timeout=180'),
  async all() {
    await execa('make', ['--silent', 'check'], { stdio: 'inherit' });
    // A box that was provisioned by an older version keeps the settings that its administrators have made since.
    await run('appliance/lab/down.ts');
    await buildWeb();
    await tapBeside('test/outages/*.test.ts', run('appliance/lab/up.ts'));
    console.log('\n— making a twin of the lab');
    const twin = await makeTwin(openLab(env.GREFFIER_LAB));
    await runLabFiles(await filesOf('test/lab/*.test.ts'), [
      { lab: env.GREFFIER_LAB, before: [] },
      { lab: twin.name, before: besideTwin(twin) },
    ]);
  },
  async campaigns() {
    // One that `make test` has left would hold the disk of the lab, which then does not come back after a power cut.
    const twin = openLab(twinOf(env.GREFFIER_LAB));
    if (await isThere(twin)) await down(twin);
    await run('appliance/lab/up.ts');
    await run('test/campaigns/run.ts');
  },
};

const [name = ''] = process.argv.slice(2);
const suite = suites[name];
if (!suite) {
  console.error(`no suite ${name}: ${Object.keys(suites).join(', ')}`);
  process.exit(2);
}
try {
  await suite();
} catch (error) {
  const isKnown = error instanceof Error && ('exitCode' in error || error.message === 'tests failed');
  console.error(isKnown ? 'tests failed' : error);
  process.exit(1);
}
