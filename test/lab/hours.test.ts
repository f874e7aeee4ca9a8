// When a line is open, on real calls: a closed one says so, rings nobody and records nothing.

import { readFile } from 'node:fs/promises';
import { test } from 'tap';
import { labInfo } from '../../appliance/lab/info.ts';
import type { Settings } from '../../src/policies/schema.ts';
import { inBox } from '../support/lab.ts';
import { fileInBox } from '../support/opened.ts';
import { oneOutcome } from '../support/outcome.ts';
import { change } from '../support/queues.ts';
import { talkFor } from '../support/talk.ts';
import { heardIn, readWav, type Samples } from '../support/tones.ts';

const name = process.env.GREFFIER_LAB ?? 'test';
const lab = await labInfo(name);
const CLOSED = '+33123456723';
const NUMBER = '+33612345678';

/** The line is open at any hour but on these days. */
const holidays =
  (...days: string[]) =>
  ({ lines }: Settings): void =>
    void Object.assign(lines.find(({ did }) => did === CLOSED)?.hours ?? {}, { windows: [], holidays: days });

test('a closed line says so once and ends the call; nothing is captured, and the record says closed', async (t) => {
  const message = readWav(await fileInBox(lab, '/var/lib/greffier/announcements/ferme-fr-v1.wav'));
  let heard: Samples = new Float64Array();
  const { record } = await oneOutcome(lab, async (s) => {
    const [alice, caller] = await Promise.all([s.inside('201'), s.outside(NUMBER)]);
    await caller.dial(s.sip(CLOSED));
    await caller.until('CALL_ESTABLISHED');
    await caller.press('2');
    t.equal(await inBox(lab, 'find', '/var/spool/greffier', '-name', '*.raw'), '');
    await caller.until('CALL_CLOSED', 20_000);
    heard = readWav(await readFile(await caller.heard())).channels[0] as Samples;
    await t.rejects(alice.until('CALL_ESTABLISHED', 500), 'nobody is rung');
  });
  const { share } = heardIn(message.channels[0] as Samples, heard, 8_000);
  t.ok(share > 0.98, `the caller heard ${Math.round(share * 100)} % of the message`);
  t.match(record, { recorded: false, reason: 'closed', disposition: 'rejected', draw: null, consent: null });
  t.match(record.announcements, [{ id: 'ferme-fr-v1', heardToTheEndAt: /^2/ }]);
});

test('on a holiday a line is closed whatever the hour, and the day after it is open', async (t) => {
  const today = (await inBox(lab, 'sh', '-c', 'TZ=Europe/Paris date +%F')).trim();
  await change(lab, name, t, holidays('2020-01-01', today));
  const call = () =>
    oneOutcome(lab, async (s) => {
      const [alice, caller] = await Promise.all([s.inside('201'), s.outside(NUMBER)]);
      await caller.dial(s.sip(CLOSED));
      await Promise.race([caller.until('CALL_CLOSED', 30_000), alice.until('CALL_ESTABLISHED', 30_000)]);
      await talkFor(1_500);
      await caller.hangUp();
    });
  t.equal((await call()).record.reason, 'closed');
  await change(lab, name, t, holidays('2020-01-01'));
  t.match((await call()).record, { recorded: true, extensions: [{ extension: '201' }] });
});
