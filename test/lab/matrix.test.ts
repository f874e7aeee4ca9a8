// Every way in which a call reaches people, under every rule of recording: what each cell must give (failures.md: "expected
// result for each cell"). The rules are applied by the command line while the box runs, as an admin would.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Test, test } from 'tap';
import { stringify } from 'yaml';
import { labInfo } from '../../appliance/lab/info.ts';
import { openLab } from '../../appliance/lab/lab.ts';
import { inBox } from '../support/lab.ts';
import { type Outcome, outcome, voicesIn } from '../support/outcome.ts';
import type { Scene } from '../support/scene.ts';
import { talkFor } from '../support/talk.ts';

const name = process.env.GREFFIER_LAB ?? 'test';
const lab = await labInfo(name);
const OUTSIDE = '0655555555';
const ANNOUNCED = 'court-fr-v1';
const DESTINATIONS = ['did', 'queue', 'ring group', 'extension', 'outbound', 'conference'] as const;
type Destination = (typeof DESTINATIONS)[number];
type Rule = 'opt-out' | 'opt-in' | 'never' | 'on demand' | 'sampled';

interface Settings {
  [list: string]: Record<string, unknown>[];
}

const before = await inBox(lab, 'greffier', 'policies', 'show', '--json');

/** Applies rules as a file, the way an admin does. */
async function apply(settings: object): Promise<void> {
  await writeFile(join(openLab(name).root, 'root/matrix.yaml'), stringify(settings));
  await inBox(lab, 'greffier', 'policies', 'apply', '/root/matrix.yaml');
}

/** The list, and before it one of the same kind that only one extension belongs to. */
function withOwn(list: Record<string, unknown>[] = [], number: string, extension: string): object[] {
  return [{ ...list[0], id: 'matrice', number, extensions: [extension] }, ...list];
}

/** The lab's own rules, with a line to each destination under one rule, and the same for calls out and inside. */
function under(rule: Rule): object {
  const settings = JSON.parse(before) as Settings;
  const plain = settings.policies?.find(({ id }) => id === 'accueil') ?? {};
  const policy = {
    ...plain,
    id: 'matrix',
    consent: rule === 'opt-in' || rule === 'never' ? rule : 'opt-out',
    start: rule === 'on demand' ? 'on-demand' : 'automatic',
    share: rule === 'sampled' ? 50 : 100,
  };
  const rules = { policy: 'matrix', announcements: [ANNOUNCED] };
  const line = (end: number, destination: object) => ({
    did: `+331234567${end}`,
    client: 'demo',
    name: `Matrice ${end}`,
    ...rules,
    destination,
  });
  return {
    ...settings,
    policies: [...(settings.policies ?? []), policy],
    lines: [
      ...(settings.lines ?? []),
      line(50, { extensions: ['201'] }),
      line(51, { queue: 'matrice' }),
      line(52, { ring_group: 'matrice' }),
      line(53, { conference: 'reunion' }),
    ],
    queues: withOwn(settings.queues, '650', '203'),
    ring_groups: withOwn(settings.ring_groups, '651', '202'),
    outbound: [{ client: 'demo', ...rules }],
    internal: rules,
  };
}

/** Who takes part: each destination has an agent of its own, so that three calls are made at a time. */
const CELLS: Record<Destination, { number: string; agent: '201' | '202' | '203' }> = {
  did: { number: '+33123456750', agent: '201' },
  queue: { number: '+33123456751', agent: '203' },
  'ring group': { number: '+33123456752', agent: '202' },
  outbound: { number: OUTSIDE, agent: '201' },
  extension: { number: '202', agent: '202' },
  conference: { number: '+33123456753', agent: '203' },
};

/** One call to a destination; who is told and asked is the other party. */
async function call(s: Scene, destination: Destination, rule: Rule): Promise<void> {
  const { number, agent: extension } = CELLS[destination];
  const agent = await s.inside(extension);
  const outbound = destination === 'outbound';
  const party =
    destination === 'extension'
      ? await s.inside('206')
      : await s.outside(
          outbound ? OUTSIDE : '+33612345678',
          outbound ? { answers: 'auto', port: 5_080 } : {},
        );
  if (destination === 'conference') {
    await agent.dial(s.sip('602'));
    await agent.until('CALL_ESTABLISHED');
  }
  await (outbound ? agent.dial(s.sip(number)) : party.dial(s.sip(number)));
  await party.until('CALL_ESTABLISHED');
  await talkFor(outbound ? 2_500 : 500);
  if (rule === 'opt-in') await party.press('1');
  if (outbound || destination === 'conference') await talkFor(rule === 'never' ? 500 : 7_500);
  else await agent.until('CALL_ESTABLISHED');
  await talkFor(500);
  if (rule === 'on demand') await agent.keys('*6');
  await talkFor(2_000);
  await party.hangUp();
}

const WHY_NOT: Record<Rule, string> = {
  'opt-out': '',
  'opt-in': '',
  'on demand': '',
  never: 'policy-never',
  sampled: 'not-drawn',
};

for (const rule of ['opt-out', 'opt-in', 'never', 'on demand', 'sampled'] as const) {
  test(`under the rule "${rule}" each way to reach somebody is treated alike`, async (t) => {
    await apply(under(rule));
    for (const wave of [DESTINATIONS.slice(0, 3), DESTINATIONS.slice(3)]) {
      const all = await outcome(
        lab,
        (s) => Promise.all(wave.map((destination) => call(s, destination, rule))).then(() => {}),
        wave.includes('conference') ? 4 : 3,
      );
      for (const destination of wave) check(t, rule, destination, all);
    }
  });
}

function check(t: Test, rule: Rule, destination: Destination, all: Outcome[]): void {
  const { number, agent } = CELLS[destination];
  const cell = all.find(({ record: { line, direction, dialled } }) =>
    destination === 'outbound'
      ? direction === 'outbound'
      : number === (direction === 'internal' ? dialled : line.did),
  );
  if (!cell) return void t.fail(`${destination}: no record`);
  const { record, recording } = cell;
  const expected = rule === 'sampled' ? record.draw?.chosen === true : rule !== 'never';
  t.equal(record.recorded, expected, `${destination}: recorded ${record.recorded} ${record.reason ?? ''}`);
  t.equal(record.disposition, 'answered', `${destination}: answered`);
  if (!expected) t.equal(record.reason, WHY_NOT[rule], `${destination}: says why not`);
  if (!recording) return;
  t.same(
    voicesIn(recording.outside),
    [destination === 'extension' ? '206' : 'outside'],
    `${destination}: left is who was told`,
  );
  t.same(voicesIn(recording.inside), [agent], `${destination}: right is the agent`);
}

test('the rules are as they were', async (t) => {
  await apply(JSON.parse(before));
  t.equal(await inBox(lab, 'greffier', 'policies', 'show', '--json'), before);
});
