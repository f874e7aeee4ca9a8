// How the appliance is: one report for the health page, for `greffier status` and for monitoring.

import type { Appliance } from './appliance.ts';
import { stateOf } from './approvals/approval.ts';
import { backupInBrief } from './backing-up-daily.ts';
import { heldUntil } from './holds/hold.ts';
import { keysInBrief } from './keyring/key-alarms.ts';
import { forecastDisk } from './upkeep/disk-forecast.ts';
import { checkFiles } from './vault/check-files.ts';
import { webhooksInBrief } from './webhooks-of-site.ts';
import { witnessesInBrief } from './witness-of.ts';

export interface ServiceState {
  name: string;
  state: 'up' | 'down';
  since: string;
}

/** Services as the daemon sees them; each remembers since when. */
export class Services {
  readonly #states = new Map<string, ServiceState>();

  set(name: string, state: 'up' | 'down', at: Date): void {
    if (this.#states.get(name)?.state === state) return;
    this.#states.set(name, { name, state, since: at.toISOString() });
  }

  list(): ServiceState[] {
    return [...this.#states.values()];
  }
}

/** Everything that an operator looks at first. */
export async function healthReport(
  appliance: Appliance,
  services: ServiceState[],
  lastSweepAt: string | null,
) {
  const { alarms, spool, vault, catalogue, clock } = appliance;
  const present = await vault.present();
  // A disk that is full keeps the time from being remembered: the rest is to be seen all the same.
  const time = await appliance.time.now().catch(() => null);
  const { recordings, destroyed, due } = catalogue.count((time?.at ?? clock()).toISOString());
  return {
    services,
    alarms: await alarms.latest(50),
    spool: await spool.usage(),
    vault: { present, freeBytes: present ? await vault.freeBytes() : 0, recordings: recordings - destroyed },
    disk: present ? await forecastDisk(appliance) : null,
    captures: { empty: catalogue.emptyCaptures() },
    keys: await keysInBrief(appliance),
    vaultCheck: await lastCheckOf(appliance),
    purge: { due, lastSweepAt },
    time,
    holds: {
      active: (await appliance.holds.all()).filter((hold) => heldUntil(hold, clock()) !== null).length,
    },
    approvals: { pending: await pendingApprovals(appliance) },
    ...(await witnessesInBrief(appliance)),
    backup: await backupInBrief(appliance),
    webhooks: await webhooksInBrief(appliance),
  };
}

/** How many requests wait for a second person. */
async function pendingApprovals({ approvals, clock }: Appliance): Promise<number> {
  return (await approvals.all()).filter((approval) => stateOf(approval, clock()) === 'pending').length;
}

/** When the vault was last looked at as a whole, and what was found. */
export async function lastCheckOf({ config }: Pick<Appliance, 'config'>) {
  const last = await checkFiles(config.state.checks).last();
  return last ? { at: last.endedAt, checked: last.checked, bad: last.findings } : null;
}
