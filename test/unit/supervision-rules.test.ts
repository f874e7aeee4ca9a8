// Who may listen to whom, and when: the rules of C13 and C14, before a phone rings.

import { test } from 'tap';
import { checkSettings } from '../../src/policies/rules.ts';
import { minutesAt, within } from '../../src/supervision/hours.ts';
import { type Mode, maySupervise, type Supervised, type TeamRules } from '../../src/supervision/rules.ts';
import { changed, type Draft, lawful } from './support/policies.ts';
import { messageOf } from './support/world.ts';

const team: TeamRules = {
  id: 'front',
  members: ['alice'],
  supervisors: ['carla'],
  modes: ['listen', 'whisper'],
};
const alice: Supervised = { extensions: ['201'], record: 'yes' };
/** A Monday, 10:30 in Paris. */
const MONDAY = new Date('2026-11-23T09:30:00Z');

interface Case {
  teams?: TeamRules[];
  agent?: Supervised | undefined;
  supervisor?: string;
  who?: string | undefined;
  mode?: Mode;
}

function verdict({ teams = [team], supervisor = 'carla', mode = 'listen', ...rest }: Case = {}): string {
  const agent = 'agent' in rest ? rest.agent : alice;
  const who = 'who' in rest ? rest.who : 'alice';
  const found = maySupervise(teams, agent, { supervisor, agent: who, mode }, MONDAY, 'Europe/Paris');
  return 'team' in found ? `team ${found.team}` : found.why;
}

test('a supervisor joins the own team, in the modes that the team permits', async (t) => {
  t.equal(verdict(), 'team front');
  t.equal(verdict({ mode: 'whisper' }), 'team front');
  t.equal(verdict({ mode: 'barge' }), 'mode-not-permitted');
  t.equal(verdict({ supervisor: 'bruno' }), 'not-a-supervisor');
  t.equal(verdict({ who: 'denis' }), 'other-team');
  t.equal(verdict({ agent: undefined, who: undefined }), 'other-team');
});

test('of two teams the one counts that permits it', async (t) => {
  const back = { ...team, id: 'back', modes: ['barge'] as Mode[] };
  t.equal(verdict({ teams: [team, back], mode: 'barge' }), 'team back');
  t.equal(
    verdict({ teams: [{ ...back, supervisors: ['bruno'] }, team], mode: 'barge' }),
    'mode-not-permitted',
  );
});

test('staff representatives are never listened to, nor whoever was not informed (C08, C10)', async (t) => {
  t.equal(verdict({ agent: { ...alice, record: 'excluded' } }), 'excluded');
  t.equal(verdict({ agent: { ...alice, record: 'not-informed' } }), 'not-informed');
});

test('the hours of the team and of the agent both hold (C13)', async (t) => {
  const morning = [{ days: 'mon-fri', from: '08:00', to: '12:00' }];
  const night = [{ days: 'mon-fri', from: '20:00', to: '23:00' }];
  t.equal(verdict({ teams: [{ ...team, windows: morning }] }), 'team front');
  t.equal(verdict({ teams: [{ ...team, windows: night }] }), 'outside-window');
  t.equal(verdict({ agent: { ...alice, windows: night } }), 'outside-window');
});

test('hours are those of the site’s clock, on the nights when it changes too', async (t) => {
  const paris = (utc: string) => minutesAt(new Date(utc), 'Europe/Paris');
  t.same(paris('2026-11-23T09:30:00Z'), { day: 0, time: '10:30' });
  t.same(paris('2026-10-25T00:30:00Z'), { day: 6, time: '02:30' }, 'summer time still');
  t.same(paris('2026-10-25T01:30:00Z'), { day: 6, time: '02:30' }, 'and once more');
  t.same(paris('2026-11-22T23:30:00Z'), { day: 0, time: '00:30' }, 'the next day there');
});

test('a week’s end is crossed by fri-mon, and a window takes both its ends', async (t) => {
  const at = (day: number, time: string) =>
    within([{ days: 'fri-mon', from: '08:00', to: '12:00' }], { day, time });
  t.same(
    [4, 5, 6, 0].map((day) => at(day, '09:00')),
    [true, true, true, true],
  );
  t.same(
    [1, 2, 3].map((day) => at(day, '09:00')),
    [false, false, false],
  );
  t.ok(at(4, '08:00') && at(4, '12:00') && !at(4, '12:01') && !at(4, '07:59'));
  t.ok(within([], { day: 0, time: '00:00' }), 'no window: always');
});

const TEAM = { id: 'front', client: 'one', name: 'Accueil', modes: ['listen'], notice: 'none' };

function withTeam(over: object, role = 'supervisor'): (draft: Draft) => void {
  return (draft) => {
    const people = draft.people as { id: string; role: string }[];
    const [first, second] = people.filter((one) => (one as unknown as { client: string }).client === 'one');
    if (second) second.role = role;
    Object.assign(draft, {
      teams: [{ ...TEAM, members: [first?.id], supervisors: [second?.id], ...over }],
    });
  };
}

test('the settings say which teams there are, and refuse those that cannot be', async (t) => {
  const refusal = (change: (draft: Draft) => void) => messageOf(() => checkSettings(changed(change)));
  t.equal(checkSettings(changed(withTeam({}))).teams.length, 1);
  t.same(checkSettings(lawful()).teams, [], 'settings from before there were teams');
  t.match(await refusal(withTeam({}, 'agent')), /team front: person .* cannot supervise \(C14\)/);
  t.match(await refusal(withTeam({ members: ['nobody'] })), /person nobody is not defined \(C14\)/);
  t.match(await refusal(withTeam({ client: 'two' })), /is of client one, not of two \(C34\)/);
  t.match(
    await refusal(withTeam({ windows: [{ days: 'mon', from: '10:00', to: '09:00' }] })),
    /ends before it begins \(C13\)/,
  );
});

test('nobody is listened to who was not told so: the notice must say it (C13)', async (t) => {
  const listening = (draft: Draft) => Object.assign(draft.policies[0] as object, { live_listening: true });
  t.match(await messageOf(() => checkSettings(changed(listening))), /no notice says so \(C13\)/);
  const told = (draft: Draft) => {
    listening(draft);
    for (const one of draft.announcements as { text: string }[])
      one.text = 'Votre appel peut être enregistré et écouté. Pour refuser, tapez 2.';
  };
  t.equal(checkSettings(changed(told)).policies[0]?.live_listening, true);
});
