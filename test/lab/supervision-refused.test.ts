// Whoever may not listen is refused by the dialplan and by the API alike, and the audit log says so (C13, C14).

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Test, test } from 'tap';
import { labInfo } from '../../appliance/lab/info.ts';
import { openLab } from '../../appliance/lab/lab.ts';
import { inBox } from '../support/lab.ts';
import { outcome } from '../support/outcome.ts';
import type { Scene } from '../support/scene.ts';
import { LINE, toldOf } from '../support/supervised.ts';
import { talkFor } from '../support/talk.ts';
import { type Asker, logInAs } from '../support/web-login.ts';

const name = process.env.GREFFIER_LAB ?? 'test';
const lab = await labInfo(name);
const carla: Asker = await logInAs(lab, 'carla', 'supervisor');
const bruno: Asker = await logInAs(lab, 'bruno', 'agent');
const OTHERS = '+33123456718';
const QUIET = '+33123456714';
const wish = (extension: string, mode = 'listen') => ({ extension, mode, code: 'quality' });
const SESSIONS = '/api/supervision/sessions';

/** A caller talks with that extension; meanwhile somebody tries to listen by phone and on the page. */
async function attempt(line: string, agent: string, by: string, { reason = '1', onPage = true } = {}) {
  let api = { status: 0, code: '' };
  const all = await outcome(
    lab,
    async (s: Scene) => {
      const [one, other, caller] = await Promise.all([
        s.inside(agent),
        s.inside(by),
        s.outside('+33612345678'),
      ]);
      await caller.dial(s.sip(line));
      await one.until('CALL_ESTABLISHED', 40_000);
      const asker = by === '203' ? carla : bruno;
      if (onPage) {
        const { status, body } = await asker.ask('POST', SESSIONS, wish(agent));
        api = { status, code: body?.error?.code };
      }
      await other.dial(s.sip(`*91${agent}`));
      await other.until('CALL_ESTABLISHED');
      if (reason) await other.press(reason);
      // Whoever presses no key is asked twice.
      await other.until('CALL_CLOSED', 45_000);
      await talkFor(500);
      await caller.hangUp();
    },
    2,
  );
  const session = all.find(({ record }) => record.direction === 'internal');
  return { api, dialplan: (await toldOf(lab, session?.record.id ?? '')).at(-1) };
}

const REFUSED = { action: 'supervision-refused' };

test('an agent of another team is not listened to', async (t) => {
  const { api, dialplan } = await attempt(OTHERS, '202', '203');
  t.same(api, { status: 403, code: 'supervision-other-team' });
  t.match(dialplan, { ...REFUSED, actor: 'carla', extensions: '202', reason: 'other-team' });
});

test('a staff representative is never listened to, on a line where others are (C10)', async (t) => {
  const { api, dialplan } = await attempt(OTHERS, '205', '203');
  t.same(api, { status: 403, code: 'supervision-excluded' });
  t.match(dialplan, { ...REFUSED, extensions: '205', reason: 'excluded' });
});

test('who supervises nobody listens to nobody', async (t) => {
  const { api, dialplan } = await attempt(LINE, '201', '202');
  t.same(api, { status: 403, code: 'forbidden' });
  t.match(dialplan, { ...REFUSED, actor: 'bruno', reason: 'not-a-supervisor' });
});

test('a call whose party was not told that others may listen is listened to by nobody', async (t) => {
  const { api, dialplan } = await attempt(QUIET, '201', '203');
  t.same(api, { status: 409, code: 'supervision-not-listenable' });
  t.match(dialplan, { ...REFUSED, reason: 'not-listenable' });
});

test('without a reason nobody listens', async (t) => {
  const { dialplan } = await attempt(LINE, '201', '203', { reason: '', onPage: false });
  t.match(dialplan, { ...REFUSED, reason: 'no-reason' });
  const { status, body } = await carla.ask('POST', SESSIONS, { extension: '201', mode: 'listen' });
  t.equal(`${status} ${body.error.code}`, '400 bad-request');
});

test('outside the hours of the team nobody listens', async (t) => {
  await withTeam(t, { windows: [{ days: 'mon-sun', from: '00:00', to: '00:01' }] });
  const { api, dialplan } = await attempt(LINE, '201', '203');
  t.same(api, { status: 403, code: 'supervision-outside-window' });
  t.match(dialplan, { ...REFUSED, reason: 'outside-window' });
});

test('a mode that the team does not permit is refused', async (t) => {
  await withTeam(t, { modes: ['barge'] });
  const { api, dialplan } = await attempt(LINE, '201', '203');
  t.same(api, { status: 403, code: 'supervision-mode-not-permitted' });
  t.match(dialplan, { ...REFUSED, reason: 'mode-not-permitted' });
});

test('a caller who objects is not listened to', async (t) => {
  const all = await outcome(
    lab,
    async (s) => {
      const [alice, phone, caller] = await Promise.all([
        s.inside('201'),
        s.inside('203'),
        s.outside('+33612345678'),
      ]);
      await caller.dial(s.sip(LINE));
      await caller.until('CALL_ESTABLISHED');
      await caller.press('2');
      await alice.until('CALL_ESTABLISHED', 40_000);
      const { body } = await carla.ask('POST', SESSIONS, wish('201'));
      t.equal(body.error.code, 'supervision-not-listenable');
      await phone.dial(s.sip('*91201'));
      await phone.until('CALL_ESTABLISHED');
      await phone.press('1');
      await phone.until('CALL_CLOSED', 25_000);
      await caller.hangUp();
    },
    2,
  );
  t.equal(all.find(({ record }) => record.direction === 'inbound')?.record.reason, 'refused');
});

/** Gives the team other rules, for one test. */
async function withTeam(t: Test, rules: object): Promise<void> {
  const file = join(openLab(name).root, 'root/team.yaml');
  const before = JSON.parse(await inBox(lab, 'greffier', 'policies', 'show', '--json'));
  const apply = async (settings: object) => {
    await writeFile(file, JSON.stringify(settings));
    await inBox(lab, 'greffier', 'policies', 'apply', '/root/team.yaml');
  };
  t.teardown(() => apply(before));
  await apply({ ...before, teams: [{ ...before.teams[0], ...rules }] });
}
