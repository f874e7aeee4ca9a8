// What the law asks of the call itself, article by article (requirements C05 to C19), on real calls.

import { writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { join } from 'node:path';
import { type Test, test } from 'tap';
import { labInfo } from '../../appliance/lab/info.ts';
import { openLab } from '../../appliance/lab/lab.ts';
import { inBox } from '../support/lab.ts';
import { heardMs, oneOutcome, voicesIn } from '../support/outcome.ts';
import type { Scene } from '../support/scene.ts';
import { talkFor } from '../support/talk.ts';
import { bothAgree } from '../support/two-people.ts';
import { until } from '../support/until.ts';

const name = process.env.GREFFIER_LAB ?? 'test';
const lab = await labInfo(name);
const OUTSIDE = '0655555555';
const NUMBER = '+33612345678';

/** A caller comes in and talks for a second and a half. */
async function comesIn(s: Scene, line: string, extension = '201', key?: string): Promise<void> {
  const [agent, caller] = await Promise.all([s.inside(extension), s.outside(NUMBER)]);
  await caller.dial(s.sip(line));
  await caller.until('CALL_ESTABLISHED');
  if (key) await caller.press(key);
  await agent.until('CALL_ESTABLISHED', 60_000);
  await talkFor(1_500);
  await caller.hangUp();
}

async function callsOut(
  s: Scene,
  dialled: string,
  during: (called: Awaited<ReturnType<Scene['outside']>>) => Promise<void>,
): Promise<void> {
  const called = await s.outside(OUTSIDE, { answers: 'auto', port: 5_080 });
  const alice = await s.inside('201');
  await alice.dial(s.sip(dialled));
  await called.until('CALL_ESTABLISHED');
  await during(called);
  await alice.hangUp();
}

test('C05: the same silent caller is recorded, not recorded and not recorded, as the purpose asks', async (t) => {
  const outcomes = [];
  for (const line of ['+33123456714', '+33123456704', '+33123456703'])
    outcomes.push(await oneOutcome(lab, (s) => comesIn(s, line)));
  t.same(
    outcomes.map(({ record }) => record.recorded),
    [true, false, false],
  );
  t.same(
    outcomes.map(({ record }) => record.reason),
    [null, 'no-consent', 'policy-never'],
  );
});

test('C06: key 9 gives the second-level information, and the announcement is heard whole after it', async (t) => {
  const { record } = await oneOutcome(lab, (s) => comesIn(s, '+33123456714', '201', '9'));
  t.match(record, {
    recorded: true,
    information: [{ id: 'informations-fr-v1' }],
    announcements: [{ id: 'court-fr-v1' }],
  });
  t.ok((record.information[0]?.heardToTheEndAt ?? '~') < (record.announcements[0]?.heardToTheEndAt ?? ''));
});

test('C07: the party called is told when it answers, and may object there and then', async (t) => {
  const { record, recording } = await oneOutcome(lab, (s) =>
    callsOut(s, OUTSIDE, async (called) => {
      await talkFor(2_500);
      await called.press('2');
      t.equal(await inBox(lab, 'find', '/var/spool/greffier', '-name', '*.raw'), '', 'nothing is captured');
      await talkFor(2_500);
    }),
  );
  t.equal(recording, null);
  t.match(record, {
    direction: 'outbound',
    recorded: false,
    reason: 'refused',
    disposition: 'answered',
    outside: { last4: '5555' },
  });
});

test('C08: what an employee answers who was not informed is not recorded', async (t) => {
  const { record } = await oneOutcome(lab, (s) => comesIn(s, '+33123456712', '204'));
  t.match(record, { recorded: false, reason: 'not-informed', disposition: 'answered' });
});

test('C08: outside the hours an employee was told of, nothing is recorded', async (t) => {
  await withHours(t, [{ days: 'mon-sun', from: '00:00', to: '00:01' }]);
  const { record } = await oneOutcome(lab, (s) => comesIn(s, '+33123456714'));
  t.match(record, { recorded: false, reason: 'outside-window', disposition: 'answered' });
});

test('C09: a private call is not recorded, and its number is written down nowhere', async (t) => {
  const { record } = await oneOutcome(lab, (s) => callsOut(s, `*8${OUTSIDE}`, () => talkFor(1_500)));
  t.match(record, { recorded: false, reason: 'private', disposition: 'answered' });
  t.same(record.outside, { last4: '', fingerprint: '' });
});

test('C10: the line of the staff representatives is never recorded, and announces nothing', async (t) => {
  const { record } = await oneOutcome(lab, (s) => comesIn(s, '+33123456713', '205'));
  t.match(record, { recorded: false, reason: 'policy-never', announcements: [], disposition: 'answered' });
});

test('C11: to record every call needs a written legal obligation and who approved it', async (t) => {
  const settings = await shown();
  delete settings.policies.find(({ id }: { id: string }) => id === 'accueil').legal_obligation;
  await writeFile(join(openLab(name).root, 'root/law.yaml'), JSON.stringify(settings));
  const said = await inBox(
    lab,
    'sh',
    '-c',
    'greffier policies apply /root/law.yaml 2>&1; echo "ended with $?"',
  );
  t.match(said, /C11[\s\S]*ended with 2/);
});

test('C12: nothing but a recording can be brought in: no route takes a file, a picture or a screen', async (t) => {
  for (const path of ['/api/recordings', '/api/upload', '/api/screens', '/api/recordings/x/attachments']) {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    request(
      new URL(path, lab.web),
      { method: 'POST', rejectUnauthorized: false, headers: { 'content-type': 'video/mp4' } },
      (answer) => resolve(answer.resume().statusCode ?? 0),
    )
      .on('error', reject)
      .end('x');
    const code = await promise;
    t.ok([403, 404, 405, 415].includes(code), `${path} answers ${code}`);
  }
});

test('C17: bank data captured by mistake are destroyed at once when two people say so, with a tombstone', async (t) => {
  const { record } = await oneOutcome(lab, (s) => comesIn(s, '+33123456714'));
  const words = [
    'recordings',
    'destroy',
    record.id,
    '--reason',
    'pci',
    '--note',
    'a card number was read out',
  ];
  t.match(await bothAgree(lab, ...words), /destroyed/);
  t.equal(await inBox(lab, 'find', '/var/lib/greffier/vault', '-path', `*/${record.id}/header.pgp`), '');
  const [tombstone = ''] = (
    await inBox(lab, 'find', '/var/lib/greffier/vault/tombstones', '-name', `${record.id}.json`)
  ).split('\n');
  t.match(await inBox(lab, 'cat', tombstone), /"reason":"pci"/);
});

test('C19: outside the sealed part no store holds a caller’s full number', async (t) => {
  const { recording } = await oneOutcome(lab, (s) => comesIn(s, '+33123456714'));
  t.ok(recording && heardMs(recording.outside, 'outside') > 1_000);
  t.same(recording && voicesIn(recording.inside), ['201']);
  // A queue keeps an account of its own of who waits.
  await oneOutcome(lab, (s) => comesIn(s, '+33123456707'));
  const found = await inBox(
    lab,
    'sh',
    '-c',
    'grep -rlaE "612345678|655555555" /var/lib/greffier /var/log/asterisk /var/lib/asterisk 2>/dev/null || true',
  );
  t.equal(found, '');
});

test('every call of these is explained, and no two accounts of it differ', async (t) => {
  let said = '';
  const agree = async () => {
    said = await inBox(lab, 'sh', '-c', 'greffier reconcile 2>&1 || true');
    return said.includes('no drift');
  };
  await until('reconcile finds no drift', agree, 60_000, () => said);
  t.pass();
});

// biome-ignore lint/suspicious/noExplicitAny: what the admin would edit by hand
async function shown(): Promise<any> {
  return JSON.parse(await inBox(lab, 'greffier', 'policies', 'show', '--json'));
}

/** Gives the first extension other hours, for one test. */
async function withHours(t: Test, windows: object[]): Promise<void> {
  const file = join(openLab(name).root, 'root/law.yaml');
  const before = await shown();
  const apply = async (settings: object) => {
    await writeFile(file, JSON.stringify(settings));
    await inBox(lab, 'greffier', 'policies', 'apply', '/root/law.yaml');
  };
  t.teardown(() => apply(before));
  const people = before.people.map((person: { id: string }) =>
    person.id === 'alice' ? { ...person, windows } : person,
  );
  await apply({ ...before, people });
}
