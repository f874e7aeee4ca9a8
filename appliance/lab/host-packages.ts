// Installs what is missing on the host, and only that.
import { execa } from 'execa';
import { forTheTests } from './packages.ts';
import { runAsCommand } from './problem.ts';
import { run } from './run.ts';
import { type Report, steps } from './steps.ts';

/** Installs those of the packages that the host lacks; returns what it did, in words. */
export async function installHostPackages(wanted: readonly string[], report: Report): Promise<string> {
  const missing = await missingOf(wanted);
  if (missing.length === 0) return 'already there';
  report.line(missing.join(' '));
  // A lock held by another apt (an interrupted run of ours included) is waited for.
  const apt = ['-q', '-y', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=2'];
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await execa('apt-get', [...apt, 'update'], { env, stdin: 'ignore', reject: false });
  await run('apt-get', [...apt, 'install', '--no-install-recommends', ...missing], { env });
  return `${missing.length} installed`;
}

async function missingOf(wanted: readonly string[]): Promise<string[]> {
  const known = await execa('dpkg-query', ['--list', ...wanted], { reject: false });
  const installed = new Set(known.stdout.split('\n').map((line) => line.match(/^.i\s+(\S+)/)?.[1]));
  return wanted.filter((name) => !installed.has(name));
}

if (import.meta.main) {
  await runAsCommand(async () => {
    const step = steps(1);
    await step('installing what the tests need', (report) => installHostPackages(forTheTests, report));
  });
}
