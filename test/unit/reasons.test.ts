// The words of a reason stay in the audit log, and the agent reads them: no caller's number stands there (C30, C31).

import { test } from 'tap';
import { insistImpersonal, insistOnReason } from '../../src/playback/reasons.ts';
import { codeOf } from './support/world.ts';

const said = (words: string) => codeOf(() => insistImpersonal(words));
const TAKEN = 'nothing was thrown';

test('a telephone number is refused however it is written', async (t) => {
  for (const words of [
    'rappeler le 06 12 34 56 78',
    '0612345678',
    'tél. +33 (0)6-12.34 56/78 ?',
    '06/12/34/56/78',
    '06,12,34,56,78',
    '06:12:34:56:78',
    '06:12:34 56 78',
    '06  12  34  56  78',
    '06–12–34–56–78',
    '06 -- 12 | 34 * 56 # 78',
    '06\u00a012\u202f34\u00a056\u00a078',
    '06\u200b1234\u200d5678',
    '０６１２３４５６７８',
    '٠٦١٢٣٤٥٦٧٨',
    '①②③④⑤⑥⑦',
    '06.12.3456.78',
    '06.12.1934.78',
    '06/12/1934/78',
    '32 12 34 56 78 le 2026-11-25',
  ])
    t.equal(await said(words), 'personal-reason', words);
});

test('an e-mail address is refused, in full width as well', async (t) => {
  for (const words of ['écrire à anne@exemple.fr', 'anne＠exemple．fr'])
    t.equal(await said(words), 'personal-reason', words);
  t.equal(await said('a call @ noon'), TAKEN);
});

test('a day, a time, an extension and the number of a file are nobody’s', async (t) => {
  for (const words of [
    'appel du 2026-11-25 à 14:32:05',
    'appels du 25/11/2026, et du 1.12.2026.',
    '2026-11-25T07:39:10.123Z',
    'entre 10:15:00 et 10:16:30',
    'dossier 12/345',
    'poste 201, 202 et 203',
    'postes 201,202',
    'appels 3, 4, 5, 6, 7, 8, 9',
    '14h32, 12 min 40 s',
  ])
    t.equal(await said(words), TAKEN, words);
});

test('what is said of the refusal does not repeat the number', async (t) => {
  t.throws(() => insistOnReason('complaint', 'rappeler le 06/12/34/56/78'), {
    code: 'personal-reason',
    message: /^\D*$/,
    hint: /^\D*$/,
  });
});
