// The file that calls go by, as Asterisk reads it, and the draws.

import { createHash } from 'node:crypto';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { test } from 'tap';
import { type Circumstances, compilePolicies } from '../../src/policies/compile.ts';
import { drawOf, isChosen, monthOf, seedOf, thresholdOf } from '../../src/policies/draws.ts';
import { checkSettings } from '../../src/policies/rules.ts';
import { changed, type Draft, SEED, set, WELL } from './support/policies.ts';
import { codeOf, ownFolder } from './support/world.ts';

/** Reads it as Asterisk does: categories with their keys, a repeated one as a list. */
function read(text: string): Record<string, Record<string, string[]>> {
  const categories: Record<string, Record<string, string[]>> = {};
  let entries: Record<string, string[]> = {};
  for (const line of text.split('\n').filter(Boolean)) {
    const name = /^\[(.*)\]$/.exec(line)?.[1];
    if (name !== undefined) {
      if (name in categories) throw new Error(`[${name}] is there twice`);
      entries = {};
      categories[name] = entries;
      continue;
    }
    const [key = '', ...value] = line.split('=');
    entries[key] = [...(entries[key] ?? []), value.join('=')];
  }
  return categories;
}

const compile = (change: (draft: Draft) => void = () => {}, now: Partial<Circumstances> = {}) =>
  compilePolicies(checkSettings(changed(change)), { ...WELL, ...now });

test('a line says what is played, who rings, and whose it is', async (t) => {
  const file = read(compile().text);
  t.same(file['line-33123456701'], {
    policy: ['quality'],
    announcements: ['notice-v1'],
    information: ['more-v1'],
    kind: ['extensions'],
    target: ['201&204'],
    client: ['one'],
  });
  t.same(file['announcement-notice-v1'], { milliseconds: ['6100'], sha256: ['ab12'], language: ['fr'] });
  t.match(file['outbound-one'], { policy: ['quality'], announcements: ['notice-v1'], information: [''] });
  t.match(file['policy-quality'], { consent: ['opt-out'], start: ['automatic'], recipients: ['team'] });
});

test('each destination becomes what the dialplan can reach; a ring group becomes its phones', async (t) => {
  for (const [destination, kind, target] of [
    [{ ring_group: 'office' }, 'extensions', '201&202'],
    [{ queue: 'desk' }, 'queue', 'desk'],
    [{ conference: 'room' }, 'conference', 'room'],
  ] as const)
    t.match(read(compile(set(0, 'lines', { destination })).text)['line-33123456701'], {
      kind: [kind],
      target: [target],
    });
  const file = read(compile().text);
  t.same(file['number-601'], { kind: ['extensions'], target: ['201&202'] });
  t.same(file['number-600'], { kind: ['queue'], target: ['desk'] });
  t.same(file['number-602'], { kind: ['conference'], target: ['room'] });
  t.same([file['queue-desk'], file['conference-room']], [{ timeout: ['300'] }, { number: ['602'] }]);
});

test('who was not informed is not recorded, nor who represents the staff (C08, C10)', async (t) => {
  const record = (change?: (draft: Draft) => void, now?: Partial<Circumstances>) => {
    const besides = (draft: Draft) => {
      set(0, 'lines', { destination: { extensions: ['201', '202'] } })(draft);
      change?.(draft);
    };
    return read(compile(besides, now).text)['extension-201']?.record?.[0];
  };
  t.equal(record(), 'yes');
  t.equal(record(undefined, { today: '2026-01-15' }), 'yes', 'from that day on');
  t.equal(record(undefined, { today: '2026-01-14' }), 'not-informed', 'and not before');
  t.equal(record(set(0, 'people', { informed_on: undefined })), 'not-informed');
  t.equal(record(set(0, 'people', { cse_consulted_on: undefined })), 'not-informed');
  t.equal(record(set(0, 'people', { cse_consulted_on: '2026-12-01' })), 'not-informed');
  t.equal(record(set(0, 'people', { cse_consulted_on: 'no-cse' })), 'yes');
  const file = read(compile().text);
  t.same(file['extension-205']?.record, ['excluded']);
  t.same(file['extension-204']?.record, ['not-informed']);
  t.notOk('extension-209' in file, 'who is nobody is not there');
});

test('hours are compiled by the clock of the site, each window for itself (C08)', async (t) => {
  const windows = [
    { days: 'mon-fri', from: '08:00', to: '12:00' },
    { days: 'sat', from: '09:30', to: '12:00' },
  ];
  t.same(read(compile(set(0, 'people', { windows })).text)['extension-201']?.window, [
    '08:00-12:00,mon-fri,*,*,Europe/Paris',
    '09:30-12:00,sat,*,*,Europe/Paris',
  ]);
});

test('without a fit key nothing compiled allows a recording; without its audio an announcement is left out', async (t) => {
  const closed = read(compile(() => {}, { recordUntil: null, announcements: {} }).text);
  t.same(closed.recording, { seed: [SEED.seed], commitment: [SEED.commitment] });
  t.notOk('announcement-notice-v1' in closed);
  t.same(closed['line-33123456701']?.target, ['201&204'], 'and the call goes on');
  t.same(read(compile().text).recording?.until, ['1800000000']);
});

test('the same rules have the same name, other rules another: the name is the hash of the content', async (t) => {
  const one = compile();
  t.equal(one.generation, createHash('sha256').update(one.text).digest('hex').slice(0, 12));
  t.equal(compile().generation, one.generation);
  t.not(compile(set(0, 'policies', { share: 24 })).generation, one.generation);
});

test('a queue is what app_queue reads: nobody who is on the phone is rung, and who waits stays', async (t) => {
  const { desk } = read(compile().queues);
  t.match(desk, {
    strategy: ['rrmemory'],
    ringinuse: ['no'],
    wrapuptime: ['10'],
    'announce-position': ['yes'],
    musicclass: ['default'],
    joinempty: ['yes'],
    leavewhenempty: ['no'],
    reportholdtime: ['no'],
    member: ['PJSIP/201', 'PJSIP/202'],
  });
  for (const key of ['timeout', 'retry', 'announce-frequency']) t.match(desk?.[key]?.[0], /^[1-9]\d*$/, key);
  const silent = read(compile(set(0, 'queues', { announce_position: false })).queues).desk;
  t.match(silent, { 'announce-position': ['no'], 'announce-frequency': ['0'] });
});

test('whatever people write, every compiled value is made of plain characters', async (t) => {
  const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(name, name, fc.integer({ min: 0, max: 99 }), (one, other, share) => {
      const odd = (draft: Draft) => {
        set(0, 'lines', { name: one })(draft);
        set(0, 'people', { name: other })(draft);
        set(0, 'queues', { name: one })(draft);
        set(0, 'clients', { name: other })(draft);
        set(0, 'policies', { share })(draft);
      };
      const { text, queues } = compile(odd);
      for (const line of `${text}\n${queues}`.split('\n'))
        if (!/^(\[[a-z0-9-]+\]|[a-z0-9-]+=[A-Za-z0-9&/:,*+_.-]*|)$/.test(line)) throw new Error(line);
    }),
  );
  t.throws(() =>
    compile(set(0, 'people', { windows: [{ days: 'mon', from: '08:00', to: '09:00' }] }), {
      timezone: 'a;b',
    }),
  );
});

test('the share that is drawn is the share that was asked for (C11)', async (t) => {
  t.equal(thresholdOf(25), '40000000');
  t.equal(thresholdOf(0), '00000000');
  t.equal(thresholdOf(99), 'fd70a3d7');
  t.ok(isChosen('ffffffff', thresholdOf(100)), 'every call is every call');
  t.notOk(isChosen('00000000', thresholdOf(0)), 'and none is none');
  t.equal(drawOf('aa', 'call'), createHash('sha1').update('aa:call').digest('hex').slice(0, 8));
  const calls = Array.from({ length: 4_000 }, (_, call) => drawOf(SEED.seed, `call-${call}`));
  const chosen = calls.filter((draw) => isChosen(draw, thresholdOf(25))).length;
  t.ok(Math.abs(chosen / 4_000 - 0.25) < 0.03, `${chosen} of 4000`);
});

test('each month has a seed, made by chance and committed to before it is used', async (t) => {
  const folder = join(await ownFolder(t), 'draws');
  const committed: string[] = [];
  const seed = (month: string) =>
    seedOf(folder, month, async (commitment) => void committed.push(commitment));
  t.equal(monthOf(new Date('2026-11-30T23:59:59.999Z')), '2026-11');
  const november = await seed('2026-11');
  t.equal(november.commitment, createHash('sha256').update(november.seed).digest('hex'));
  t.same(await seed('2026-11'), november, 'made once');
  t.not((await seed('2026-12')).seed, november.seed);
  t.equal(committed.length, 2);
  t.equal(committed[0], november.commitment);
  t.same((await readdir(folder)).sort(), ['2026-11.json', '2026-12.json']);
  await t.rejects(seedOf(folder, '2027-01', () => Promise.reject(new Error('the audit log is full'))));
  t.same((await readdir(folder)).sort(), ['2026-11.json', '2026-12.json'], 'no seed without its commitment');
  await writeFile(join(folder, '2026-11.json'), JSON.stringify({ ...november, seed: 'f'.repeat(64) }));
  t.equal(await codeOf(() => seed('2026-11')), 'bad-seed');
});
