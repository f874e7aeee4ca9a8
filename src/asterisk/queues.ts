// Queues are the one part of the policies that Asterisk holds in memory: it has to be told when their file changed, and
// who is logged in to them is known to it alone.

import { type AmiOptions, withAmi } from './ami.ts';
import { listed } from './holds.ts';

/** Members of ours are phones. */
const PHONE = /^PJSIP\/(\d+)$/;

/**
 * Has Asterisk read the definitions and members of its queues again; whoever waits in one goes on waiting, and the
 * statistics stay. Throws like any AMI action.
 */
export async function reloadQueues(options: AmiOptions): Promise<void> {
  await withAmi(options, (ami) => ami.action({ action: 'QueueReload', members: 'yes', parameters: 'yes' }));
}

/**
 * Logs out whoever is logged in to a queue and may not serve it; a call that they are in goes on. Throws like any AMI
 * action.
 * @param may is asked of each who is logged in
 */
export async function logOutOthers(
  options: AmiOptions,
  may: (queue: string, extension: string) => boolean,
): Promise<void> {
  await withAmi(options, async (ami) => {
    for (const { queue = '', location = '', membership } of await listed(ami, 'QueueStatus', 'QueueMember')) {
      const extension = PHONE.exec(location)?.[1] ?? '';
      if (membership !== 'dynamic' || may(queue, extension)) continue;
      await ami.action({ action: 'QueueRemove', queue, interface: location });
    }
  });
}
