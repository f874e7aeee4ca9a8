// How long what may be kept, by purpose, and on what ground (C18, C21, C22, C26).

import { test } from 'tap';
import { LOCKED_PURPOSES, SHEET_RETENTION } from '../../src/policies/rules/lawful.ts';
import { checkSettings } from '../../src/policies/rules.ts';
import { longestDays } from '../../src/shared/duration.ts';
import { en } from '../../web/src/shared/words-en.ts';
import { fr } from '../../web/src/shared/words-fr.ts';
import { changed, type Draft, set } from './support/policies.ts';
import { messageOf } from './support/world.ts';

const derogation = { text: 'Formation longue : accord du DPO du 3 mars 2026', approver: 'La direction' };
const legal_obligation = { text: 'Article 76 du règlement délégué 2017/565', approver: 'La direction' };
const MIFID = { purpose: 'mifid', consent: 'none', start: 'automatic', share: 100, legal_obligation };
const QUALITY = 0;
const CONTRACT = 1;

const refusal = (index: number, values: object) =>
  messageOf(() => checkSettings(changed(set(index, 'policies', values))));

test('six months for quality and training, a year with a written derogation, and not a day more (C21)', async (t) => {
  for (const purpose of ['quality', 'training']) {
    for (const retention of ['P6M', 'P184D'])
      t.ok(checkSettings(changed(set(QUALITY, 'policies', { purpose, retention }))), retention);
    t.match(
      await refusal(QUALITY, { purpose, retention: 'P185D' }),
      new RegExp(`six months.*${purpose} \\(C21\\)`),
    );
    const derogated = { purpose, derogation };
    for (const retention of ['P7M', 'P1Y', 'P366D'])
      t.ok(checkSettings(changed(set(QUALITY, 'policies', { ...derogated, retention }))), retention);
    t.match(await refusal(QUALITY, { ...derogated, retention: 'P367D' }), /one year.*\(C21\)/);
    t.match(await refusal(QUALITY, { ...derogated, retention: 'P2Y' }), /one year.*\(C21\)/);
  }
});

test('a derogation is written and signed for, or is none', async (t) => {
  for (const bad of [
    { ...derogation, text: 'parce que' },
    { ...derogation, text: ' '.repeat(40) },
    { ...derogation, approver: '  ' },
  ])
    t.match(
      await refusal(QUALITY, { retention: 'P9M', derogation: bad }),
      /policy quality: .*derogation needs a text/,
    );
  t.match(
    await refusal(CONTRACT, { derogation }),
    /policy contract: .*derogation is for quality and training only \(C21\)/,
  );
});

test('contracts five years; orders on financial instruments five at least and seven at most (C18, C26)', async (t) => {
  t.match(await refusal(CONTRACT, { retention: 'P5Y1D' }), /five years.*\(C18\)/);
  for (const retention of ['P5Y', 'P6Y', 'P7Y', 'P1826D'])
    t.ok(checkSettings(changed(set(QUALITY, 'policies', { ...MIFID, retention }))), retention);
  for (const retention of ['P4Y', 'P4Y11M', 'P1825D', 'P180D'])
    t.match(
      await refusal(QUALITY, { ...MIFID, retention }),
      /shorter than five years.*mifid \(C26\)/,
      retention,
    );
  for (const retention of ['P7Y1D', 'P10Y'])
    t.match(
      await refusal(QUALITY, { ...MIFID, retention }),
      /longer than seven years.*mifid \(C26\)/,
      retention,
    );
});

test('mifid is by law: without the law in writing it is refused, whatever else it says (C26)', async (t) => {
  for (const consent of ['opt-out', 'opt-in', 'none']) {
    const { legal_obligation: _, ...without } = { ...MIFID, consent, share: 20, retention: 'P5Y' };
    t.match(await refusal(QUALITY, without), /mifid needs the legal obligation in writing \(C26\)/, consent);
  }
  t.match(
    await refusal(QUALITY, {
      ...MIFID,
      retention: 'P5Y',
      legal_obligation: { ...legal_obligation, approver: '' },
    }),
    /an approver/,
  );
});

test('mifid is locked and nothing else is; analysis sheets go after a year, whatever their recording does (C22, C26)', async (t) => {
  t.same(LOCKED_PURPOSES, ['mifid']);
  t.ok(longestDays(SHEET_RETENTION) <= 366);
});

test('each purpose that may be written has its words in both languages', async (t) => {
  const purposes = ['quality', 'training', 'contract', 'mifid'];
  for (const words of [fr, en]) {
    const known = words.recordings.purposes as Record<string, string>;
    t.same(Object.keys(known).sort(), [...purposes].sort());
  }
  const draft: Draft = changed(set(QUALITY, 'policies', { purpose: 'fun' }));
  t.match(await messageOf(() => checkSettings(draft)), /purpose/);
});
