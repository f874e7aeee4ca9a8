// The lab as tests see it: what `make lab-info` says, and a shell inside.

import { execa } from 'execa';
import type { LabInfo } from '../../appliance/lab/info.ts';

export type { LabInfo };

/** Runs a command as root inside the lab and returns its standard output. Throws when it fails. */
export async function inBox(lab: Pick<LabInfo, 'shell'>, ...argv: string[]): Promise<string> {
  const { stdout } = await execa('sh', ['-c', `${lab.shell} "$@"`, 'sh', ...argv], { stdin: 'ignore' });
  return stdout;
}
