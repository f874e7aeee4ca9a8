// A process that backs up or restores and kills itself at a step, as the kernel or the power would.
//   backup-child.ts FOLDER TARGET STEP

import { backUp } from '../../../src/backing-up.ts';
import { restore } from '../../../src/restoring.ts';
import { DAY_MS, givePlaces } from './backup.ts';
import { openParts } from './keys.ts';

const [folder = '', target = '', step = ''] = process.argv.slice(2);
const parts = await openParts(folder);
givePlaces(parts);
const die = () => process.kill(process.pid, 'SIGKILL');

if (step === 'restore') await restore(parts.appliance, target, { by: 'root', step: die });
else {
  parts.clock.move(7 * DAY_MS);
  await backUp(parts.appliance, target, { reached: (reached) => reached === step && die() });
}
