// greffier announcements dictate: a new version of an announcement, spoken into any phone of the house.

import { type Command, InvalidArgumentError } from 'commander';
import { dictate, type Teller } from '../dictation.ts';
import { GreffierError } from '../shared/errors.ts';
import type { Action } from './greffier.ts';
import { printError } from './output.ts';
import { saysContradictions } from './policies.ts';
import { actor, printReplaced, wordingOf, wordingOptions } from './wording.ts';

const LONGEST_MINUTES = 60;
/** As a shell says of what Ctrl-C has ended. */
const CANCELLED = 130;
const PROGRESS = {
  spoken: 'somebody has begun to speak',
  kept: 'the recording was kept',
};

const teller: Teller = {
  code({ code, until }) {
    console.log(`dial *90${code} from any phone of the house`);
    console.error(`greffier: waiting until ${until.toISOString()}; Ctrl-C cancels`);
  },
  progress: (state) => console.error(`greffier: ${PROGRESS[state]}`),
};

/** Adds the command. */
export function dictateCommand(announcements: Command, withAppliance: Action): void {
  wordingOptions(
    announcements
      .command('dictate <id>')
      .description('put a new version in force, with its text, and its audio recorded over the phone'),
  )
    .option('--minutes <count>', 'how long the code holds', minutes, 10)
    .action((id, { minutes: count, ...options }) =>
      withAppliance((appliance) =>
        saysContradictions(() =>
          untilCancelled(async (signal) => {
            const wording = await wordingOf(id, options);
            printReplaced(await dictate(appliance, wording, count, actor(), teller, signal), false);
          }),
        ),
      ),
    );
}

/** Work that ends in good order when the terminal is closed or Ctrl-C pressed: no code outlives its command. */
async function untilCancelled(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of signals) process.once(name, stop);
  try {
    await work(stopping.signal);
  } catch (error) {
    if (!(error instanceof GreffierError) || error.code !== 'dictation-cancelled') throw error;
    printError(error);
    process.exitCode = CANCELLED;
  } finally {
    for (const name of signals) process.off(name, stop);
  }
}

function minutes(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > LONGEST_MINUTES)
    throw new InvalidArgumentError(`write a whole number of minutes, 1 to ${LONGEST_MINUTES}`);
  return count;
}
