// Whom a call's recording is sealed to: recovery, and the groups of the policy that the call was under (C34).

import type { Appliance } from '../appliance.ts';
import { recipientsOf } from '../keys/recipients.ts';
import type { RecipientsFor } from './sealing.ts';

/** Looks the recipients up in the settings in force. A policy that was taken away is sealed to recovery alone. */
export function recipientsFrom({ config, settings, clock }: Appliance): RecipientsFor {
  return async (policy) => {
    const found = settings.data.policies.find(({ id }) => id === policy);
    const { keys } = await recipientsOf(config.paths, found, clock());
    return keys.map(({ armored }) => armored);
  };
}
