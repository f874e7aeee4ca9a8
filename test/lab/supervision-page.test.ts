// What a supervisor does on the page: the phone rings, the mode is changed, the session ends; and what happens to those who
// dial while the daemon is down (C30).

import { test } from 'tap';
import { labInfo } from '../../appliance/lab/info.ts';
import type { AuditEntry } from '../../src/audit/entry.ts';
import { inBox } from '../support/lab.ts';
import { outcome } from '../support/outcome.ts';
import { begun, talking, toldOf } from '../support/supervised.ts';
import { until } from '../support/until.ts';
import { logInAs } from '../support/web-login.ts';

const lab = await labInfo(process.env.GREFFIER_LAB ?? 'test');
const carla = await logInAs(lab, 'carla', 'supervisor');
const bruno = await logInAs(lab, 'bruno', 'agent');
const SESSIONS = '/api/supervision/sessions';

test('from the page the phone rings, and the mode is changed while the session runs', async (t) => {
  const asked = { extension: '201', mode: 'listen', code: 'quality', reason: 'new here' };
  await outcome(
    lab,
    async (s) => {
      const { caller, alice, carla: phone } = await talking(s);
      const { status, body } = await carla.ask('POST', SESSIONS, asked);
      t.match({ status, body }, { status: 201, body: { extension: '201', phone: '203', mode: 'listen' } });
      await phone.until('CALL_ESTABLISHED');
      await begun(lab, 'listen');
      const session = `${SESSIONS}/${body.id}`;
      const changed = await carla.ask('PATCH', session, { mode: 'whisper' });
      t.match(changed, { status: 200, body: { mode: 'whisper', state: 'running' } });
      t.equal((await bruno.ask('PATCH', session, { mode: 'barge' })).status, 403, 'it is hers alone');
      t.match((await carla.ask('GET', SESSIONS)).body, { sessions: [{ id: body.id, extension: '201' }] });
      t.match(await carla.ask('PATCH', session, { mode: 'take-over' }), { status: 200 });
      await alice.until('CALL_CLOSED', 5_000);
      t.equal((await carla.ask('DELETE', session)).status, 204);
      await phone.until('CALL_CLOSED', 5_000);
      const told = () => toldOf(lab, body.id);
      const ended = async () => (await told()).some(({ action }) => action === 'supervision-end');
      await until('the end is told', ended, 10_000);
      const entries = await told();
      t.same(
        entries.map(({ action }) => action),
        ['supervision-begin', 'supervision-mode', 'supervision-mode', 'supervision-end'],
      );
      t.equal(entries[0]?.reason, 'listen: new here');
      t.match(entries.at(-1)?.reason, /^listen, whisper, take-over: \d+ s$/);
      await caller.until('CALL_CLOSED', 5_000);
    },
    2,
  );
});

test('without the daemon nobody is let in, the call goes on, and the log says so when it is back', async (t) => {
  const refusals = await unlogged();
  const [first] = await outcome(
    lab,
    async (s) => {
      const { caller, carla: phone } = await talking(s);
      await inBox(lab, 'systemctl', 'stop', 'greffier');
      t.teardown(() => inBox(lab, 'systemctl', 'start', 'greffier'));
      await phone.dial(s.sip('*91201'));
      await phone.until('CALL_ESTABLISHED');
      await phone.press('1');
      await phone.until('CALL_CLOSED', 30_000);
      await caller.hangUp();
      await inBox(lab, 'systemctl', 'start', 'greffier');
    },
    2,
  );
  t.ok(first?.recording, 'the call is recorded, and sealed when the daemon is back');
  t.equal((await unlogged()) - refusals, 1);
});

/** Refusals because the log could not be written to. */
async function unlogged(): Promise<number> {
  const words = ['audit', 'show', '--action', 'supervision-refused', '--json', '--limit', '9999'];
  const entries = JSON.parse(await inBox(lab, 'greffier', ...words)) as AuditEntry[];
  return entries.filter(({ reason }) => reason === 'not-logged').length;
}
