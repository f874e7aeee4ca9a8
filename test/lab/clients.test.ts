// An answering service works for many clients: what is one's is closed to the others, by rule and by key (C34).

import { test } from 'tap';
import { demoKeyPaths } from '../../appliance/lab/demo-keys.ts';
import { labInfo } from '../../appliance/lab/info.ts';
import { openLab } from '../../appliance/lab/lab.ts';
import { inBox } from '../support/lab.ts';
import { fileInBox, folderOf, opened } from '../support/opened.ts';
import { oneOutcome, voicesIn } from '../support/outcome.ts';
import { talkFor } from '../support/talk.ts';

const name = process.env.GREFFIER_LAB ?? 'test';
const lab = await labInfo(name);
const OF_THE_SECOND = '+33123456710';

test('the recording of one client opens with its own group key and with no other client’s', async (t) => {
  const { record, recording } = await oneOutcome(lab, async (s) => {
    const [fatou, caller] = await Promise.all([s.inside('206'), s.outside('+33612345678')]);
    await caller.dial(s.sip(OF_THE_SECOND));
    await fatou.until('CALL_ESTABLISHED', 40_000);
    await talkFor(2_000);
    await caller.hangUp();
  });
  t.equal(record.client, 'second');
  t.same(recording && voicesIn(recording.inside), ['206']);
  const folder = await folderOf(lab, record.id);
  const [header, body] = await Promise.all(
    ['header.pgp', 'body.pgp'].map((part) => fileInBox(lab, `${folder}/${part}`)),
  );
  const message = Buffer.concat([header as Buffer, body as Buffer]);
  const keyOf = (holder: string) => demoKeyPaths(openLab(name), holder).privateKey;
  t.ok((await opened(lab, message, keyOf('second-direction'))).length > 1_000, 'its own group opens it');
  await t.rejects(opened(lab, message, keyOf('qualite')), 'the other client’s group does not');
});

test('a rule that lets one client’s calls into another client’s hands is refused (C34)', async (t) => {
  const settings = JSON.parse(await inBox(lab, 'greffier', 'policies', 'show', '--json'));
  const line = settings.lines.find(({ did }: { did: string }) => did === OF_THE_SECOND);
  line.destination = { extensions: ['201'] };
  const yaml = Buffer.from(JSON.stringify(settings)).toString('base64');
  const plan = `echo ${yaml} | base64 -d > /root/clients.yaml; greffier policies plan /root/clients.yaml 2>&1; echo "ended with $?"`;
  const said = await inBox(lab, 'sh', '-c', plan);
  t.match(said, /C34/);
  t.match(said, /ended with 2/);
});
