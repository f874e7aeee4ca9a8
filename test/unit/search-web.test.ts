// What the page makes of what is typed, and of an address; every word of it in both languages.

import { test } from 'tap';
import { searchFields } from '../../src/catalogue/search-query.ts';
import {
  asked,
  changed,
  dayFromNow,
  FIELDS,
  preset,
  readFilter,
  SORTS,
  writeFilter,
} from '../../web/src/recordings/filter.ts';
import { digitsIn, interpret } from '../../web/src/recordings/interpret.ts';
import { en } from '../../web/src/recordings/words-en.ts';
import { fr } from '../../web/src/recordings/words-fr.ts';

const TERMS = {
  clients: [{ id: 'demo', name: 'Démonstration' }],
  lines: [{ did: '+33123456701', name: 'Accueil', client: 'demo' }],
  queues: [{ id: 'accueil', name: 'File d’accueil', client: 'demo' }],
  people: [
    { id: 'zoe', name: 'Zoë Martin', extensions: ['201'], client: 'demo' },
    { id: 'martine', name: 'Martine Petit', extensions: ['202', '2011'], client: 'demo' },
  ],
};
const NAMED = { purposes: { quality: 'Qualité' }, presets: fr.presets, held: fr.heldYes };
const meant = (text: string) => interpret(text, TERMS, NAMED).map(({ kind, text }) => `${kind} ${text}`);

test('digits are a number in any spelling, its end, an extension or a line', async (t) => {
  for (const spelling of [
    '06 12 34 56 78',
    '06.12.34.56.78',
    '+33 6 12-34-56-78',
    '0033 (6) 12345678',
    '０６１２３４５６７８',
  ])
    t.match(meant(spelling), [/^number /, 'lastDigits 5678'], spelling);
  t.same(meant('5678'), ['lastDigits 5678', ...meant('5678').slice(1)]);
  t.match(meant('4567'), ['lastDigits 4567', 'line Accueil']);
  t.same(meant('201'), ['person Zoë Martin', 'extension 201']);
  t.same(meant('20'), ['extension 20'], 'a part of one can still become one');
  t.same(meant('01 23 45 67 01').at(-1), 'line Accueil');
  t.same(meant('9'), []);
  t.equal(digitsIn('appel 5678'), undefined);
});

test('words are a person, a line, a queue, a client, a purpose or days: without accents and by any part', async (t) => {
  t.same(meant('zoe'), ['person Zoë Martin']);
  t.same(meant('MART'), ['person Martine Petit', 'person Zoë Martin'], 'what begins so comes first');
  t.same(meant('accueil'), ['line Accueil', 'queue File d’accueil']);
  t.match(meant('demo'), ['client Démonstration']);
  t.match(meant('qual'), ['purpose Qualité']);
  t.match(meant('hier'), ['days Hier']);
  t.match(meant('bloq'), [`state ${fr.heldYes}`]);
  t.same([meant('xyzzy'), meant('  ')], [[], []]);
  t.same(interpret('zoe', undefined, NAMED), [], 'names that have not come yet are not guessed at');
  t.match(interpret('0612345678', undefined, NAMED), [
    { kind: 'number' },
    { change: { lastDigits: '5678' } },
  ]);
});

test('an address holds the whole filter, and nothing else that stands in it', async (t) => {
  const filter = { party: 'a'.repeat(64), from: '2026-11-01', held: 'true', sort: 'longest' } as const;
  t.same(readFilter(`?${writeFilter(filter)}`), filter);
  t.same(readFilter('?person=nadia&number=0612345678&sort=random&__proto__=x&queue='), { person: 'nadia' });
  t.equal(writeFilter({ sort: 'newest' }), '');
  t.same(asked({ to: 'x', person: 'y', sort: 'due' }), ['person', 'to']);
  t.same(changed({ person: 'nadia', queue: 'q' }, { queue: '', line: '+33' }), {
    person: 'nadia',
    line: '+33',
  });
  t.same(
    changed({}, { dueWithinDays: '7' }),
    { dueWithinDays: '7', sort: 'due' },
    'what goes first is shown first',
  );
  t.same(changed({ dueWithinDays: '7', sort: 'due' }, { dueWithinDays: '' }), {});
  t.same(
    [...FIELDS, 'sort'].sort(),
    Object.keys(searchFields).sort(),
    'the page asks for all that the server answers',
  );
});

test('a range of days is one of the site’s calendar', async (t) => {
  const now = Date.parse('2026-11-22T23:30:00Z');
  t.same(preset('today', 'Europe/Paris', now), { from: '2026-11-23', to: '2026-11-23' });
  t.same(preset('yesterday', 'Europe/Paris', now), { from: '2026-11-22', to: '2026-11-22' });
  t.same(preset('week', 'UTC', now), { from: '2026-11-16', to: '2026-11-22' });
  t.equal(dayFromNow(1, 'UTC', now), '2026-11-23');
});

test('every order, every state and every key is told in both languages', async (t) => {
  for (const words of [fr, en]) {
    for (const sort of SORTS) t.match(words.sorts[sort], /\p{L}{3}/u);
    for (const state of ['sealed', 'interrupted', 'truncated', 'destroyed']) t.ok(words.states[state], state);
    for (const consent of ['not-refused', 'given', 'legal-obligation'])
      t.ok(words.consents[consent], consent);
    t.equal(words.keys.length, fr.keys.length);
    t.match(words.found('1,000', true, true), /1,000/);
  }
});
