// Bad input from the telephone side has a clear answer.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'tap';
import { labInfo } from '../../appliance/lab/info.ts';
import { inBox } from '../support/lab.ts';
import { startPhone } from '../support/phone.ts';
import { toneWav } from '../support/tones.ts';

const lab = await labInfo(process.env.GREFFIER_LAB ?? 'test');
const server = `${lab.trunk.host}:${lab.trunk.port}`;
const folder = await mkdtemp(join(tmpdir(), 'tones-'));
const speaks = join(folder, 'tone.wav');
await writeFile(speaks, toneWav([[1004, 20]]));
process.on('exit', () => void rm(folder, { recursive: true, force: true }));

test('a number that is no line of ours is answered with 404, whatever it is made of', async (t) => {
  const caller = await startPhone({ port: 5080, user: '+33612345678', server, speaks });
  for (const dialled of [
    '+33999999999',
    '201',
    '00441234567890',
    'touch',
    '%24(reboot)',
    '0123456701%3bid',
  ]) {
    await caller.dial(`sip:${dialled}@${server}`);
    t.match((await caller.until('CALL_CLOSED')).param, /404/, dialled);
  }
  await caller.stop();
  await caller.forget();
  t.match(await inBox(lab, 'systemctl', 'is-active', 'asterisk'), /^active/);
});

test('a phone with a wrong password is not registered', async (t) => {
  await t.rejects(
    startPhone({ port: 5090, user: '201', password: 'wrong-password', server, speaks }),
    /extension 201 was refused/,
  );
});
