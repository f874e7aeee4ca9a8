// The services as systemd sees them, for `greffier status`, which also has to answer when the daemon does not.

import { execa } from 'execa';
import type { ServiceState } from '../health.ts';

const UNITS = ['asterisk', 'greffier', 'var-spool-greffier.mount', 'nftables'];

/** State of each unit of the appliance. */
export function unitStates(): Promise<ServiceState[]> {
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
