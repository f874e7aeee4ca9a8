// An appliance with announcements that have their audio: tones, which a test can tell apart.

import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import type { Test } from 'tap';
import type { Appliance } from '../../../src/appliance.ts';
import { publishPolicies } from '../../../src/publish.ts';
import { openSpool } from '../../../src/spool/spool.ts';
import { toneWav } from '../../support/tones.ts';
import { policyAppliance } from './policies.ts';

export const TEXT = 'Bonjour. Votre appel peut être enregistré. Pour refuser, tapez 2.';

/** Opens it. The rules of `lawful()` are in force. */
export async function announcing(t: Test) {
  const world = await policyAppliance(t);
  await mkdir(world.at('announcements'));
  await mkdir(world.at('spool'));
  for (const id of ['notice-v1', 'more-v1', 'notice-two-v1'])
    await writeFile(world.at(`announcements/${id}.wav`), toneWav([[700, 1]]));
  const withSpool = (appliance: Appliance): Appliance => ({
    ...appliance,
    config: { ...appliance.config, paths: { ...appliance.config.paths, spool: world.at('spool') } },
    spool: openSpool(world.at('spool')),
  });
  const appliance = withSpool(world.appliance);
  await publishPolicies(appliance);
  return {
    ...world,
    appliance,
    another: async () => withSpool(await world.another()),
    sha256: async (id: string) =>
      createHash('sha256')
        .update(await readFile(world.at(`announcements/${id}.wav`)))
        .digest('hex'),
    /** What was said in the audit log of replaced announcements, and by whom. */
    told: async () =>
      (await appliance.audit.entries())
        .filter(({ action }) => action === 'announcement-replaced')
        .map(({ actor, reason }) => `${actor}: ${reason}`),
  };
}

/** A file that somebody brings. */
export const uploaded = (hertz = 1000, seconds = 2) => ({
  audio: toneWav([[hertz, seconds]]),
  name: 'new.wav',
  how: 'uploaded',
});
