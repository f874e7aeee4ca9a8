// What was measured on: figures without it say nothing.

import { readFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { execa } from 'execa';

export interface Machine {
  cpu: string;
  cores: number;
  memoryGb: number;
  kernel: string;
  node: string;
  /** Device and file system under the folder of temporary files, where everything is measured. */
  disk: string;
  /** How busy it was with something else when the run began (load of the last minute). */
  load: number;
}

/** Looks at this machine. */
export async function thisMachine(folder: string): Promise<Machine> {
  const { stdout } = await execa('findmnt', [
    '--noheadings',
    '--output',
    'SOURCE,FSTYPE',
    '--target',
    folder,
  ]);
  const [source = '', system = ''] = stdout.split('\n').at(-1)?.trim().split(/\s+/) ?? [];
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 1e9),
    kernel: `${type()} ${release()}`,
    node: process.version,
    disk: `${source} (${await kindOf(source)}), ${system}`,
    load: Number(readFileSync('/proc/loadavg', 'utf8').split(' ')[0]),
  };
}

async function kindOf(device: string): Promise<string> {
  const { stdout } = await execa(
    'lsblk',
    ['--noheadings', '--nodeps', '--output', 'MODEL,ROTA,SIZE', device],
    { reject: false },
  );
  return (
    stdout
      .trim()
      .replace(/\s+/g, ' ')
      .replace(/ ?\b1 (\S+)$/, ' rotating or virtual, $1')
      .replace(/ ?\b0 (\S+)$/, ' flash, $1')
      .trim() || 'in memory'
  );
}
