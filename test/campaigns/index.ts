// All campaigns, in the order in which they are run: those that break something come last.

import { asteriskKilled } from './asterisk-killed.ts';
import { crowdedBoard } from './board.ts';
import type { Campaign } from './campaign.ts';
import { controlCut } from './control-cut.ts';
import { daemonKilled } from './daemon-killed.ts';
import { killedAnywhere } from './killed-anywhere.ts';
import { longCall } from './long-call.ts';
import { pickups } from './pickups.ts';
import { powerCut } from './power-cut.ts';
import { purgeMany } from './purge-many.ts';
import { sampling } from './sampling.ts';
import { shortCalls } from './short-calls.ts';
import { supervisions } from './supervisions.ts';
import { unanswered } from './unanswered.ts';

export const campaigns: Campaign[] = [
  sampling,
  shortCalls,
  unanswered,
  pickups,
  supervisions,
  purgeMany,
  longCall,
  controlCut,
  crowdedBoard,
  daemonKilled,
  asteriskKilled,
  killedAnywhere,
  powerCut,
];
