// The services as systemd sees them, for `greffier status`, which also has to answer when the daemon does not. Asterisk
// is asked as well: it may run and not answer.

import { execa } from 'execa';
import { asteriskAnswers } from '../asterisk/answers.ts';
import type { Config } from '../config/config.ts';
import type { ServiceState } from '../health.ts';

const UNITS = ['asterisk', 'greffier', 'var-spool-greffier.mount', 'nftables'];

/** State of each unit of the appliance. Asterisk is down when its manager interface does not greet. */
export async function serviceStates(config: Config): Promise<ServiceState[]> {
  const [units, answers] = await Promise.all([unitStates(), asteriskAnswers(config.asterisk.ami)]);
  return units.map((unit) =>
    unit.name === 'asterisk' && unit.state === 'up' && !answers
      ? { ...unit, state: 'down', since: new Date().toISOString() }
      : unit,
  );
}

function unitStates(): Promise<ServiceState[]> {
  return Promise.all(
    UNITS.map(async (name) => {
      const { stdout } = await execa(
        'systemctl',
        ['show', '--property=ActiveState,ActiveEnterTimestamp', '--timestamp=utc', name],
        {
          reject: false,
        },
      );
      const state = stdout.includes('ActiveState=active') ? 'up' : 'down';
      return { name, state, since: /ActiveEnterTimestamp=(.*)/.exec(stdout)?.[1] ?? '' };
    }),
  );
}
