// Everything that the house has of a person, found by their number however they write it, and nothing of anybody else.

import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { test } from 'tap';
import { outsideParty } from '../../src/arrival/outside-party.ts';
import type { AuditEntry } from '../../src/audit/journal.ts';
import { attachTo, partyOf } from '../../src/rights-desk.ts';
import { findCalls, searchForRequest } from '../../src/rights-search.ts';
import { callOf, keepOf, NUMBER, openDesk, PARTY, requestOf } from './support/rights.ts';
import { codeOf, messageOf } from './support/world.ts';

const SITE = { config: { site: { country: 'FR' }, secrets: { hmac: '0123456789abcdef' } } } as never;
const OTHER = { last4: '1111', fingerprint: 'beef' };
const SPELLINGS = [
  '0612345678',
  '06 12 34 56 78',
  '06.12.34.56.78',
  '06-12-34-56-78',
  '06/12/34/56/78',
  '+33612345678',
  '+33 6 12 34 56 78',
  '+33 (0)6 12 34 56 78',
  '+33(0)612345678',
  '0033612345678',
  '00 33 6 12 34 56 78',
  '33612345678',
  '\u202f06\u00a012\u202f34\u200956\u201078 ',
  '＋３３６１２３４５６７８',
];

test('a number is found in every spelling', async (t) => {
  for (const spelling of SPELLINGS) {
    const { number, shown } = partyOf(SITE, spelling);
    t.same([number, shown], [NUMBER, PARTY], spelling);
  }
});

test('whatever stands between the digits of a number, it is the one that the trunk gave', async (t) => {
  const nationals = fc.constantFrom('612345678', '123456701', '987654321', '800123456');
  const between = fc.array(fc.constantFrom('', ' ', '.', '-', '\u00a0', '\u202f', '\u2011'), {
    minLength: 9,
    maxLength: 9,
  });
  const prefix = fc.constantFrom('0', '+33', '0033', '+33 (0)', '00 33 ');
  // What the dialplan lets through: digits and plus signs.
  const trunk = fc.constantFrom('0', '+33', '0033', '33');
  const property = fc.property(nationals, between, prefix, trunk, (national, gaps, before, from) => {
    const written = before + [...national].map((digit, index) => digit + gaps[index]).join('');
    const came = outsideParty(from + national, 'FR', '0123456789abcdef');
    return came.valid && partyOf(SITE, written).shown.fingerprint === came.shown.fingerprint;
  });
  t.equal(fc.check(property, { numRuns: 500 }).failed, false);
});

test('numbers of other countries are told apart from ours', async (t) => {
  t.equal(partyOf(SITE, '+44 20 7946 0958').number, '+442079460958');
  t.equal(partyOf(SITE, '+32 470 12 34 56').number, '+32470123456');
  t.not(
    partyOf(SITE, '04 70 12 34 56').shown.fingerprint,
    partyOf(SITE, '+32 470 12 34 56').shown.fingerprint,
  );
});

test('what is no number is refused clearly, and is not repeated in the refusal', async (t) => {
  const wrong = [
    '',
    '12',
    '06 12 34 56',
    '06 12 34 56 78 90',
    '06 12 34 56 7x',
    'tel 0612345678',
    '+33',
    '++33612345678',
    '٠٦١٢٣٤٥٦٧٨',
  ];
  for (const spelling of wrong) {
    t.equal(await codeOf(() => partyOf(SITE, spelling)), 'bad-number', spelling);
    const message = await messageOf(() => partyOf(SITE, spelling));
    t.match(message, /^this is no telephone number: /);
    t.notOk(spelling && message.includes(spelling), 'messages are kept');
  }
});

test('a search finds recordings, calls, what was heard and chosen, and until when it is kept; of this person only', async (t) => {
  const desk = await openDesk(t);
  const [mine, theirs, refused] = [await keepOf(desk), await keepOf(desk, OTHER), randomUUID()];
  await callOf(desk, refused);
  desk.catalogue.hold(mine, '2027-11-01T00:00:00.000Z');
  const { id } = await requestOf(desk, 'access', ['+33 (0)6 12 34 56 78']);
  const found = await searchForRequest(desk.appliance, id, 'diane');
  t.match(found.recordings, [
    { id: mine, due_at: '2027-05-22T08:15:00.123Z', held_until: '2027-11-01T00:00:00.000Z' },
  ]);
  t.same(found.calls.map(({ row }) => row.id).sort(), [mine, refused].sort());
  for (const { record } of found.calls)
    t.match(record, {
      consent: 'not-refused',
      announcements: [{ id: 'accueil-fr-v1', heardToTheEndAt: /^2026/ }],
    });
  t.notOk(JSON.stringify(found).includes(theirs));
});

test('the search is in the audit log by the number of the request alone, before anything is shown', async (t) => {
  const desk = await openDesk(t);
  await keepOf(desk);
  const { id } = await requestOf(desk, 'access');
  await searchForRequest(desk.appliance, id, 'diane');
  const text = await readFile(join(desk.root, 'audit', 'log'), 'utf8');
  const { at, index, ...last } = (await desk.audit.entries()).at(-1) as AuditEntry;
  t.same(last, { actor: 'diane', action: 'rights-search', subject: id });
  t.notOk(text.includes('345678') || text.includes(PARTY.fingerprint));
  desk.audit.write = () => Promise.reject(new Error('no room'));
  await t.rejects(searchForRequest(desk.appliance, id, 'diane'), 'no trace, no search');
});

test('somebody whose number was withheld is found by day, line and extension, and only what is attached is theirs', async (t) => {
  const desk = await openDesk(t);
  const none = { last4: '', fingerprint: '' };
  const [mine, theirs] = [await keepOf(desk, none), await keepOf(desk, none)];
  const { id } = await requestOf(desk, 'access', []);
  t.same((await searchForRequest(desk.appliance, id, 'diane')).recordings, [], 'no number matches no number');
  const day = { since: '2026-11-22T00:00:00.000Z', until: '2026-11-23T00:00:00.000Z' };
  const find = (filter: object) => findCalls(desk.appliance, id, 'diane', { ...day, ...filter });
  t.same(
    (await find({ did: '+33123456701', extension: '201' })).map((row) => row.id).sort(),
    [mine, theirs].sort(),
  );
  t.same(await find({ extension: '299' }), []);
  t.same(await find({ did: '+33123456799' }), []);
  t.equal(
    await codeOf(() => attachTo(desk.appliance, id, 'diane', { calls: [randomUUID()] })),
    'call-not-found',
  );
  t.equal(await codeOf(() => attachTo(desk.appliance, id, 'diane', { calls: ['../x'] })), 'call-not-found');
  await attachTo(desk.appliance, id, 'diane', { calls: [mine] });
  const found = await searchForRequest(desk.appliance, id, 'diane');
  t.same([found.recordings.map((row) => row.id), found.calls.map(({ row }) => row.id)], [[mine], [mine]]);
});
