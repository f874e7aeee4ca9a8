// What the site file gives for the first start, and what becomes of settings that know no people.

import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Test, test } from 'tap';
import type { Config } from '../../src/config/config.ts';
import { readSeed, retireOldSettings } from '../../src/first-settings.ts';
import { changed, lawful, set } from './support/policies.ts';
import { messageOf, ownFolder } from './support/world.ts';

const OLD = JSON.stringify({ announcements: [], lines: [{ did: '+33123456701', consent: 'opt-out' }] });

async function site(t: Test) {
  const folder = await ownFolder(t);
  const at = (name: string) => join(folder, name);
  const config = { paths: { seed: at('seed.json') }, state: { settings: at('settings.json') } };
  return { folder, at, config: config as unknown as Config };
}

test('a site file that breaks the law is refused while the admin is looking', async (t) => {
  const { at, config } = await site(t);
  await writeFile(at('seed.json'), JSON.stringify(lawful()));
  t.match(await readSeed(config), { policies: [{ id: 'quality', share: 25 }] });
  await writeFile(at('seed.json'), JSON.stringify(changed(set(0, 'policies', { share: 100 }))));
  t.match(await messageOf(() => readSeed(config)), /policy quality: .*\(C11\)/);
});

test('settings that know neither clients nor people are set aside, not guessed at, and not thrown away', async (t) => {
  const { folder, at, config } = await site(t);
  t.equal(await retireOldSettings(config), false, 'there are none');
  for (const name of ['settings.json', 'settings.json.bak']) await writeFile(at(name), OLD);
  t.equal(await retireOldSettings(config), true);
  t.same((await readdir(folder)).sort(), ['settings.json.0.1', 'settings.json.bak.0.1']);
  t.equal(await readFile(at('settings.json.0.1'), 'utf8'), OLD);
});

test('other settings stay where they are, damaged ones too', async (t) => {
  const { folder, at, config } = await site(t);
  for (const text of [JSON.stringify(lawful()), '{"lines": [', 'null', '{}']) {
    await writeFile(at('settings.json'), text);
    t.equal(await retireOldSettings(config), false, text.slice(0, 12));
    t.same(await readdir(folder), ['settings.json']);
  }
});
