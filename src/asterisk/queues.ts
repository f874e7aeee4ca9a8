// Queues are the one part of the policies that Asterisk holds in memory: it has to be told when their file changed, and
// who is logged in to them is known to it alone.

import { GreffierError } from '../shared/errors.ts';
import { type Ami, type AmiFields, type AmiOptions, connectAmi } from './ami.ts';

const DEADLINE_MS = 5_000;
/** Members of ours are phones. */
const PHONE = /^PJSIP\/(\d+)$/;

/**
 * Has Asterisk read the definitions and members of its queues again; whoever waits in one goes on waiting, and the
 * statistics stay. Throws like any AMI action.
 */
export async function reloadQueues(options: AmiOptions): Promise<void> {
  await once(options, (ami) => ami.action({ action: 'QueueReload', members: 'yes', parameters: 'yes' }));
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
  await once(options, async (ami) => {
    for (const { queue = '', location = '', membership } of await membersOf(ami)) {
      const extension = PHONE.exec(location)?.[1] ?? '';
      if (membership !== 'dynamic' || may(queue, extension)) continue;
      await ami.action({ action: 'QueueRemove', queue, interface: location });
    }
  });
}

/** Everybody who serves a queue, as Asterisk lists them. */
async function membersOf(ami: Ami): Promise<AmiFields[]> {
  const members: AmiFields[] = [];
  const listed = Promise.withResolvers<AmiFields[]>();
  const fail = (why: string) => listed.reject(new GreffierError('ami-timeout', why));
  // Nobody waits for it when the action itself was refused.
  listed.promise.catch(() => {});
  const timer = setTimeout(() => fail(`no list of queues within ${DEADLINE_MS} ms`), DEADLINE_MS);
  void ami.closed.then(() => fail('the link to Asterisk is gone'));
  ami.onEvent((event) => {
    if (event.event === 'QueueMember') members.push(event);
    if (event.event === 'QueueStatusComplete') listed.resolve(members);
  });
  try {
    await ami.action({ action: 'QueueStatus' });
    return await listed.promise;
  } finally {
    clearTimeout(timer);
  }
}

async function once(options: AmiOptions, work: (ami: Ami) => Promise<unknown>): Promise<void> {
  const ami = await connectAmi(options);
  try {
    await work(ami);
  } finally {
    ami.close();
  }
}
