// Queues as an answering service needs them: who may log in, where callers go then, when a line is open.

import { once } from 'node:events';
import { test } from 'tap';
import { logOutOthers } from '../../src/asterisk/queues.ts';
import { compilePolicies } from '../../src/policies/compile.ts';
import { mayServe } from '../../src/policies/compile-queues.ts';
import { playersOf, withVersion } from '../../src/policies/new-version.ts';
import { extensionsOf } from '../../src/policies/rules/people.ts';
import { checkSettings } from '../../src/policies/rules.ts';
import { peer, send } from './support/manager.ts';
import { changed, type Draft, set, WELL } from './support/policies.ts';
import { codeOf, messageOf } from './support/world.ts';

const night = { ...draftQueue(), id: 'night', number: '604', extensions: ['202'] };
const byPhone = { log_in: 'by-phone' };
const TO_NIGHT = { overflow: { after_seconds: 20, to: { queue: 'night' } } };
const HOURS = {
  closed: 'closed-v1',
  windows: [{ days: 'mon-fri', from: '08:00', to: '19:00' }],
  holidays: ['2026-12-25', '2027-01-01'],
};

function draftQueue() {
  const [queue] = changed(() => {}).queues;
  if (!queue) throw new Error('the settings for tests have no queue');
  return queue;
}

/** Settings with a queue for the night, an announcement for closed lines, and what the test changes. */
function service(...changes: ((draft: Draft) => void)[]): Draft {
  return changed((draft) => {
    draft.queues.push(structuredClone(night));
    const [notice] = draft.announcements;
    if (notice) draft.announcements.push({ ...notice, id: 'closed-v1', kind: 'closed' });
    for (const change of changes) change(draft);
  });
}

const compile = (...changes: ((draft: Draft) => void)[]) =>
  compilePolicies(checkSettings(service(...changes)), WELL);
const section = (text: string, name: string) => text.split(`[${name}]\n`)[1]?.split('\n\n')[0]?.trim() ?? '';
const refusal = (...changes: ((draft: Draft) => void)[]) =>
  messageOf(() => checkSettings(service(...changes)));

test('who logs in by phone is no member of the queue until then, and the phone knows of which queues it may', async (t) => {
  const { text, queues } = compile(set(0, 'queues', byPhone));
  t.notMatch(section(queues, 'desk'), /member=/);
  t.match(section(queues, 'night'), /^member=PJSIP\/202$/m, 'the other one is served at any time');
  t.match(section(text, 'extension-201'), /^queues=desk$/m);
  t.match(
    section(compile(set(0, 'queues', byPhone), set(1, 'queues', byPhone)).text, 'extension-202'),
    /^queues=desk&night$/m,
  );
  t.notMatch(section(text, 'extension-204'), /queues=/);
});

test('a queue says how long a caller waits, and where to then; a ring group becomes its phones', async (t) => {
  t.equal(section(compile().text, 'queue-desk'), 'timeout=300');
  t.equal(
    section(compile(set(0, 'queues', TO_NIGHT)).text, 'queue-desk'),
    'timeout=20\noverflow=queue\ntarget=night',
  );
  const office = { overflow: { after_seconds: 20, to: { ring_group: 'office' } } };
  t.match(
    section(compile(set(0, 'queues', office)).text, 'queue-desk'),
    /overflow=extensions\ntarget=201&202/,
  );
});

test('a caller who finds nobody there waits, or goes on when the queue says so', async (t) => {
  t.match(section(compile().queues, 'desk'), /joinempty=yes\nleavewhenempty=no/);
  const leaves = section(compile(set(0, 'queues', { ...TO_NIGHT, when_empty: 'overflow' })).queues, 'desk');
  t.match(leaves, /^joinempty=paused,unavailable,invalid,unknown$/m);
  t.match(leaves, /^leavewhenempty=paused,unavailable,invalid,unknown$/m, 'who speaks is there');
});

test('of two queues the heavier is served first, of two calls the one whose line has the higher priority', async (t) => {
  const { text, queues } = compile(
    set(0, 'queues', { weight: 7 }),
    set(0, 'lines', { destination: { queue: 'desk', priority: 9 } }),
  );
  t.match(section(queues, 'desk'), /^weight=7$/m);
  t.match(section(queues, 'night'), /^weight=0$/m);
  t.match(section(text, 'line-33123456701'), /kind=queue\ntarget=desk\nclient=one\npriority=9$/);
});

test('a line that has hours says when it is open by the clock of the site, and what is heard otherwise', async (t) => {
  const { text } = compile(set(0, 'lines', { hours: HOURS }));
  t.equal(
    section(text, 'hours-33123456701'),
    'closed=closed-v1\ntimezone=Europe/Paris\nholidays=2026-12-25&2027-01-01\nwindow=08:00-19:00,mon-fri,*,*,Europe/Paris',
  );
  t.notMatch(text, /hours-33123456702/, 'the other one is always open');
});

test('what is said outside the hours is replaced like any announcement', async (t) => {
  const settings = checkSettings(service(set(0, 'lines', { hours: HOURS })));
  t.same(playersOf(settings, 'closed-v1'), ['+33123456701']);
  const fresh = withVersion(settings, 'closed-v1', {
    id: 'closed-v2',
    version: 2,
    text: 'Nous sommes fermés ce soir.',
  });
  t.match(checkSettings(fresh).lines[0]?.hours, { ...HOURS, closed: 'closed-v2' });
});

test('whoever a queue overflows to counts among those whose phones ring', async (t) => {
  const settings = checkSettings(service(set(0, 'queues', { ...TO_NIGHT, extensions: ['201'] })));
  t.same(extensionsOf(settings, { queue: 'desk' }), ['201', '202']);
  t.equal(extensionsOf(settings, { conference: 'room' }), undefined);
});

test('what cannot be meant is refused, with the object and a way out', async (t) => {
  const line = (destination: object) => set(0, 'lines', { destination });
  const desk = (values: object) => set(0, 'queues', values);
  const to = (place: object, after_seconds = 20) => desk({ overflow: { after_seconds, to: place } });
  const hours = (values: object) => set(0, 'lines', { hours: { ...HOURS, ...values } });
  for (const [change, says] of [
    [line({ priority: 3 }), /line \+33123456701 \/destination: leads nowhere/],
    [line({ queue: 'desk', extensions: ['201'] }), /several places at once \(extensions, queue\)/],
    [line({ extensions: ['201'], priority: 3 }), /priority is for a queue/],
    [line({ queue: 'desk', priority: 21 }), /line \+33123456701 \/destination\/priority/],
    [desk({ when_empty: 'overflow' }), /queue desk: .*no overflow says where/],
    [to({ queue: 'x' }), /queue desk: queue x is not defined/],
    [to({ ring_group: 'x' }), /queue desk: ring group x is not defined/],
    [to({ conference: 'room' }), /unknown key queue desk \/overflow\/to\/conference/],
    [to({ extensions: ['206'] }), /queue desk: extension 206 is of client two.*\(C34\)/],
    [to({ extensions: ['209'] }), /queue desk: extension 209 belongs to nobody \(C08\)/],
    [to({ queue: 'night' }, 301), /overflow after 301 s comes later than its timeout of 300 s/],
    [to({ queue: 'desk' }), /queue desk: its overflow leads back to it \(desk → desk\)/],
    [hours({ closed: 'x' }), /line \+33123456701: announcement x is not defined/],
    [hours({ closed: 'notice-v1' }), /plays notice-v1, of the kind notice/],
    [hours({ closed: undefined }), /line \+33123456701 \/hours/],
    [hours({ holidays: ['2026-02-30'] }), /holiday 2026-02-30 is no day of the calendar/],
    [hours({ windows: [{ days: 'mon', from: '19:00', to: '08:00' }] }), /ends before it begins/],
    [set(0, 'lines', { information: 'closed-v1' }), /closed-v1 is a closed, not an information \(C06\)/],
  ] as const)
    t.match(await refusal(change), says);
  const circle = await refusal(
    to({ queue: 'night' }),
    set(1, 'queues', { overflow: { after_seconds: 20, to: { queue: 'desk' } } }),
  );
  t.match(circle, /queue desk: its overflow leads back to it \(desk → night → desk\)/);
});

test('who may not serve a queue any more is logged out of it, and nobody else', async (t) => {
  const members = [
    ['desk', 'PJSIP/201', 'dynamic'],
    ['desk', 'PJSIP/299', 'dynamic'],
    ['night', 'PJSIP/299', 'static'],
    ['gone', 'PJSIP/201', 'dynamic'],
  ];
  const { options, received } = await peer(t, ({ action, actionid: ActionID = '' }, socket) => {
    if (action === 'QueueStatus')
      setImmediate(() => {
        for (const [Queue = '', Location = '', Membership = ''] of members)
          send(socket, { Event: 'QueueMember', ActionID, Queue, Location, Membership });
        send(socket, { Event: 'QueueStatusComplete', ActionID });
      });
    return { Response: 'Success' };
  });
  const { queues } = checkSettings(service(set(0, 'queues', byPhone)));
  await logOutOthers(options, (queue, extension) => mayServe(queues, queue, extension));
  t.same(
    received
      .filter(({ action }) => action === 'QueueRemove')
      .map(({ queue, interface: phone }) => [queue, phone]),
    [
      ['desk', 'PJSIP/299'],
      ['gone', 'PJSIP/201'],
    ],
  );
});

test('an Asterisk that goes away while it lists its queues is an error, not a wait', async (t) => {
  const { options, sockets } = await peer(t, ({ action }, socket) => {
    if (action === 'QueueStatus') setImmediate(() => socket.destroy());
    return { Response: 'Success' };
  });
  t.match(await codeOf(() => logOutOthers(options, () => true)), /^ami-(closed|timeout)$/);
  for (const socket of sockets) if (!socket.destroyed) await once(socket, 'close');
});
