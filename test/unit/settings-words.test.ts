// What the server says of settings is told in French where the reader's language is French: each rule that can be broken has
// its sentence, and so has the cure.

import { test } from 'tap';
import { warningsOf } from '../../src/policies/rules/warnings.ts';
import { checkSettings, examineSettings } from '../../src/policies/rules.ts';
import { retentionOf, spokenOf } from '../../web/src/settings/retention.ts';
import { inFrench } from '../../web/src/settings/words-told.ts';
import { BROKEN } from './support/broken-settings.ts';
import { changed, set } from './support/policies.ts';

/** Words that only an English sentence has. */
const ENGLISH = /\b(the|is|of|not|no|its|has|records|keeps|write|and|belongs|with)\b/;

test('each broken rule is told in French: the object, what is wrong, and the cure', async (t) => {
  let told = 0;
  for (const [name, change] of BROKEN) {
    const { faults } = examineSettings(changed(change));
    t.ok(faults.length > 0, name);
    for (const { at, says, hint = '' } of faults) {
      const french = [at, says, hint].map(inFrench).join(' ');
      t.notMatch(french, ENGLISH, `${says} (${hint})`);
      told += 1;
    }
  }
  t.ok(told >= BROKEN.length);
});

test('so is each warning, and a value of the wrong form', async (t) => {
  for (const { at, says } of warningsOf(checkSettings(changed(set(0, 'policies', { share: 31 })))))
    t.notMatch(`${inFrench(at)} ${inFrench(says)}`, ENGLISH);
  const [form] = examineSettings(changed(set(0, 'policies', { share: 300 }))).faults;
  t.equal(inFrench(form?.says ?? ''), 'règle quality /share doit être <= 100 (trouvé : 300)');
  t.equal(inFrench('something that nobody has put into words'), 'something that nobody has put into words');
});

test('a retention is said as a number and a unit, and written back as it was', async (t) => {
  for (const [written, count, unit] of [
    ['P180D', '180', 'days'],
    ['P6M', '6', 'months'],
    ['PT90M', '90', 'minutes'],
    ['P5Y', '5', 'years'],
  ] as const) {
    t.same(spokenOf(written), { count, unit });
    t.equal(retentionOf(count, unit), written);
  }
  t.equal(spokenOf('P1Y6M'), null, 'what has several units stays as it is');
});
