// All figures, in the order in which they are measured.

import { audit } from './audit.ts';
import { callsPerCore } from './calls-per-core.ts';
import { command } from './command.ts';
import type { Figure } from './figure.ts';
import { firstSound } from './first-sound.ts';
import { hangUp } from './hang-up.ts';
import { live } from './live.ts';
import { purge } from './purge.ts';
import { rebuild } from './rebuild.ts';
import { sealing } from './sealing.ts';
import { search } from './search.ts';
import { start } from './start.ts';

export const figures: Figure[] = [
  command,
  search,
  sealing,
  audit,
  purge,
  start,
  rebuild,
  hangUp,
  live,
  firstSound,
  callsPerCore,
];
