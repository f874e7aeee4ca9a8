// Builds what Ansible installs on the box: build/appliance.tgz. The packages of node_modules are seen to by the Makefile.
import { dirname } from 'node:path';
import { repository } from './lab.ts';
import { whileLocked } from './lock.ts';
import { runLeashed } from './run.ts';
import type { Report } from './steps.ts';

/** Builds the program and the web UI; two labs that come up at once take turns. */
export function buildAppliance(report: Report): Promise<undefined> {
  return whileLocked(
    `build of ${repository}`,
    (holder) => report.line(`waiting for process ${holder}, which builds it too`),
    () => build(report),
  );
}

async function build(report: Report): Promise<undefined> {
  // The Node that runs us is the one to build with, whichever one npm was started by.
  const path = `${dirname(process.execPath)}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`;
  await runLeashed(process.execPath, ['--run', 'build'], {
    cwd: repository,
    env: { PATH: path },
    shown: 'npm run build',
    onLine: (line) => line.trim() && report.now(line.trim()),
  });
}
