// Queues are the one part of the policies that Asterisk holds in memory: it has to be told when their file changed.

import { type AmiOptions, connectAmi } from './ami.ts';

/**
 * Has Asterisk read the definitions and members of its queues again; whoever waits in one goes on waiting, and the
 * statistics stay. Throws like any AMI action.
 */
export async function reloadQueues(options: AmiOptions): Promise<void> {
  const ami = await connectAmi(options);
  try {
    await ami.action({ action: 'QueueReload', members: 'yes', parameters: 'yes' });
  } finally {
    ami.close();
  }
}
