// What the settings may say: one broken rule each, with the article that forbids it.

import { test } from 'tap';
import { checkSettings } from '../../src/policies/rules.ts';
import { BROKEN, LAW, obligation } from './support/broken-settings.ts';
import { changed, type Draft, lawful, set } from './support/policies.ts';
import { messageOf } from './support/world.ts';

for (const [says, change, refusal] of BROKEN)
  test(`the settings are refused: ${says}`, async (t) => {
    t.match(await messageOf(() => checkSettings(changed(change))), refusal);
  });

test('lawful settings are accepted, and what may be left out is filled in', async (t) => {
  const { policies } = checkSettings(lawful());
  t.match(policies[0], { share: 25, recipients: ['team'] }, 'a quarter of the calls (C11)');
  t.match(
    policies[1],
    { share: 100, recipients: [] },
    'an agent who starts the recording has chosen the call',
  );
});

test('emergency numbers, parking places and the way out are nobody’s', async (t) => {
  for (const number of [
    '15',
    '17',
    '18',
    '112',
    '114',
    '115',
    '119',
    '196',
    '116117',
    '700',
    '711',
    '720',
    '0201',
  ])
    t.match(
      await messageOf(() => checkSettings(changed(set(0, 'conferences', { number })))),
      /conference room: number/,
      number,
    );
  for (const number of ['20', '699', '721', '7001', '1234'])
    t.ok(checkSettings(changed(set(0, 'conferences', { number }))), number);
});

test('what the law allows is not refused: every call by law, contracts for five years, an unrecorded line', async (t) => {
  for (const change of [
    set(0, 'policies', { share: 100, ...obligation(LAW) }),
    set(0, 'policies', { consent: 'none', ...obligation(LAW) }),
    set(0, 'policies', { retention: 'P6M' }),
    set(0, 'lines', { policy: 'never', announcements: [], destination: { extensions: ['205'] } }),
    set(0, 'people', { cse_consulted_on: 'no-cse' }),
    (draft: Draft) => {
      draft.internal = { policy: 'quality', announcements: ['notice-v1'] };
    },
  ])
    t.ok(checkSettings(changed(change)));
});
