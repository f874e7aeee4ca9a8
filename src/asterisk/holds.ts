// What Asterisk holds at this moment: the state of each phone, who serves which queue, which channels live. Asked for by
// three lists of the manager interface, all of them for reading (class reporting, or none).

import { GreffierError } from '../shared/errors.ts';
import type { Ami, AmiFields } from './ami.ts';

const DEADLINE_MS = 5_000;

export interface Held {
  devices: AmiFields[];
  members: AmiFields[];
  /** Unique ids of the channels. */
  channels: Set<string>;
}

/** Asks for all three. Throws like any AMI action, and `ami-timeout` when a list has no end. */
export async function whatAsteriskHolds(ami: Ami): Promise<Held> {
  const channels = await listed(ami, 'CoreShowChannels', 'CoreShowChannel');
  return {
    devices: await listed(ami, 'DeviceStateList', 'DeviceStateChange'),
    members: await listed(ami, 'QueueStatus', 'QueueMember'),
    channels: new Set(channels.map(({ uniqueid = '' }) => uniqueid)),
  };
}

/**
 * The items of a list: events that carry the id of the action, up to the one that says it is complete. Throws like any
 * AMI action, and `ami-timeout` when the list has no end.
 */
export async function listed(ami: Ami, action: string, item: string): Promise<AmiFields[]> {
  const items: AmiFields[] = [];
  const complete = Promise.withResolvers<string>();
  // They may come in the same packet as the answer does: the ear is there before the question.
  const off = ami.onEvent((event) => {
    if (event.event === item && event.actionid) items.push(event);
    if (event.event === `${action}Complete`) complete.resolve(event.actionid ?? '');
  });
  const timer = setTimeout(() => complete.resolve(''), DEADLINE_MS);
  void ami.closed.then(() => complete.resolve(''));
  try {
    const { actionid } = await ami.action({ action });
    if (!actionid || (await complete.promise) !== actionid)
      throw new GreffierError('ami-timeout', `the list of ${action} does not end within ${DEADLINE_MS} ms`);
    return items.filter((one) => one.actionid === actionid);
  } finally {
    clearTimeout(timer);
    off();
  }
}
