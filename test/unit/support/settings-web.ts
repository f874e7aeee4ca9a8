// The web server over an appliance whose settings are a real file, whose rules are published and whose announcements have
// their audio: what the pages of policies and announcements need.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Test } from 'tap';
import { openObjections } from '../../../src/objections/list.ts';
import { checkSettings } from '../../../src/policies/rules.ts';
import type { Settings } from '../../../src/policies/schema.ts';
import { publishPolicies } from '../../../src/publish.ts';
import { openSettings } from '../../../src/shared/settings-file.ts';
import { toneWav } from '../../support/tones.ts';
import { type KeyWorld, openKeyWorld } from './keys.ts';
import { type Draft, lawful } from './policies.ts';
import { openWeb } from './web.ts';

/** Gives such an appliance settings of its own. */
export async function withSettings(world: KeyWorld, draft: Draft = lawful()) {
  const { at, appliance } = world;
  const settings = checkSettings(draft);
  for (const folder of ['policies', 'announcements']) await mkdir(at(folder));
  for (const { id } of settings.announcements)
    await writeFile(at('announcements', `${id}.wav`), toneWav([[700, 1]]));
  const open = () => openSettings<Settings>(at('settings.json'), checkSettings, async () => settings);
  Object.assign(appliance.config.state, { settings: at('settings.json'), draws: at('draws') });
  Object.assign(appliance.config, {
    asterisk: { ami: { host: '127.0.0.1', port: 1, controlUser: 'greffier-control' } },
    secrets: { hmac: '0123456789abcdef', amiControl: 'nobody asks for this one' },
  });
  const objections = await openObjections(
    { folder: at('objections'), published: at('policies', 'objections'), country: 'FR' },
    appliance.clock,
  );
  Object.assign(appliance, { settings: await open(), objections });
  await publishPolicies(appliance);
  return {
    /** Another process with the same files, as the command line is. */
    another: async () => ({ ...appliance, settings: await open() }),
    told: async (action: string) =>
      (await appliance.audit.entries()).filter((entry) => entry.action === action),
  };
}

/** Opens it, with a manager and an IT admin who have just given the second factor once more. */
export async function openSettingsWeb(t: Test, draft?: Draft) {
  const world = await openKeyWorld(t);
  const more = await withSettings(world, draft);
  const folder = join(world.root, 'web');
  await mkdir(folder);
  const web = await openWeb(t, world.appliance, folder, world.clock);
  const manager = await web.person('marie', ['manager'], { steppedUp: true });
  const admin = await web.person('ivan', ['it-admin'], { steppedUp: true });
  const base = async () => (await manager('GET', '/api/policies')).body.version as string;
  return { ...web, ...more, world, appliance: world.appliance, at: world.at, manager, admin, base };
}
