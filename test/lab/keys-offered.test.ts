// A key that was offered in the browser is laid by root, by itself: the daemon may not write where recordings find their
// recipients (ADR 0030). On the real box, under its real systemd.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'tap';
import { labInfo } from '../../appliance/lab/info.ts';
import { openLab } from '../../appliance/lab/lab.ts';
import { inBox } from '../support/lab.ts';
import { until } from '../support/until.ts';
import { makeKey } from '../unit/support/world.ts';

const name = process.env.GREFFIER_LAB ?? 'test';
const lab = await labInfo(name);
const OFFERED = '/var/lib/greffier/keys/offered';
const PLACE = '/etc/greffier/recipients/essai';

const keysListed = () => inBox(lab, 'greffier', 'keys', 'list', '--json');

async function apply(settings: object): Promise<void> {
  await writeFile(join(openLab(name).root, 'root/keys-offered.yaml'), JSON.stringify(settings));
  await inBox(lab, 'greffier', 'policies', 'apply', '/root/keys-offered.yaml');
}

/** Lets a new key lie as the daemon does, as its user, whole or not at all; returns its fingerprint when it is dealt with. */
async function offered(group: string | null): Promise<string> {
  const key = await makeKey({ date: new Date(Date.now() - 600_000), userIDs: [{ name: 'Essai' }] });
  const fingerprint = key.privateKey.getFingerprint();
  const file = `${group === null ? 'recovery' : `group-${group}`}.${fingerprint}.json`;
  const text = { group, fingerprint, armored: key.armoredPublic, at: new Date().toISOString(), by: 'marie' };
  const lay = `mkdir -p ${OFFERED} && printf %s "$1" > ${OFFERED}/.new && mv ${OFFERED}/.new ${OFFERED}/${file}`;
  await inBox(lab, 'runuser', '-u', 'greffier', '--', 'sh', '-c', lay, 'sh', JSON.stringify(text));
  await until(
    'the offer is dealt with',
    async () => !(await inBox(lab, 'ls', OFFERED)).includes(fingerprint),
    60_000,
  );
  return fingerprint;
}

test('what the daemon lets lie, root lays after the same checks; beside a key in force nothing is laid', async (t) => {
  const before = JSON.parse(await inBox(lab, 'greffier', 'policies', 'show', '--json'));
  const group = { id: 'essai', client: before.clients[0].id, name: 'Essai' };
  t.teardown(async () => {
    await inBox(lab, 'rm', '-rf', PLACE);
    await apply(before);
    // A lab that is brought up again tells of services that failed.
    await inBox(lab, 'systemctl', 'reset-failed', 'greffier-keys.service');
  });
  await apply({ ...before, recipient_groups: [...before.recipient_groups, group] });

  const first = await offered('essai');
  t.match(await keysListed(), new RegExp(first, 'i'));
  t.match(await inBox(lab, 'stat', '--format=%U', PLACE), 'root', 'where it lies, the daemon does not write');
  t.match(await inBox(lab, 'greffier', 'audit', 'show', '--json'), new RegExp(first, 'i'));

  // A second one beside the first would let somebody read along from now on.
  for (const place of ['essai', null]) {
    const strange = await offered(place);
    t.notMatch(await keysListed(), new RegExp(strange, 'i'), `${place ?? 'recovery'}`);
  }
  t.equal((await inBox(lab, 'ls', PLACE)).trim().split('\n').length, 1);
  t.match(await inBox(lab, 'greffier', 'status', '--json'), /key\.refused/, 'and there is an alarm');
  const state = () => inBox(lab, 'systemctl', 'show', '--property=ActiveState', 'greffier-keys.service');
  await until('systemd tells of it, too', async () => (await state()).includes('failed'), 60_000);
});
