// How the unit of the daemon runs it: what is measured by itself is measured as it runs on a box.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const UNIT = join(import.meta.dirname, '..', '..', 'appliance', 'systemd', 'greffier.service');

/** Options of Node and the environment, as the unit says them. Throws when it starts no Node. */
export async function asDaemon(): Promise<{ options: string[]; env: Record<string, string> }> {
  const unit = await readFile(UNIT, 'utf8');
  const start = /^ExecStart=\S*\/node (.*)$/m.exec(unit)?.[1];
  if (start === undefined) throw new Error(`${UNIT} starts no Node`);
  const said = unit.matchAll(/^Environment=(\w+)=(\S*)$/gm);
  return {
    options: start.split(' ').filter((word) => word.startsWith('--')),
    env: Object.fromEntries([...said].map(([, name, value]) => [name, value])),
  };
}
