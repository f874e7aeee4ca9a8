// greffier calls record|pause|destroy: the agent's keys, pressed from the command line.

import type { Command } from 'commander';
import type { Key } from '../asterisk/control.ts';
import { createSteering } from '../steering.ts';
import type { Action } from './greffier.ts';

const WHAT: Record<Key, string> = {
  record: 'start or stop the recording of a call whose policy leaves that to the agent',
  pause: 'pause the recording of a call, or resume it',
  destroy: 'stop recording a call and destroy what was recorded of it',
};

/** Adds the verbs on a call that runs. */
export function steerCommands(calls: Command, withAppliance: Action): void {
  for (const key of ['record', 'pause', 'destroy'] as const) {
    calls
      .command(`${key} <id>`)
      .description(WHAT[key])
      .action((id) =>
        withAppliance(async (appliance) => {
          const by = process.env.SUDO_USER ?? 'root';
          const result = await createSteering(appliance).press(id, key, by);
          console.log(result);
          // What the call's rules refuse is no success for a script.
          if (result === 'refused') process.exitCode = 1;
        }),
      );
  }
}
