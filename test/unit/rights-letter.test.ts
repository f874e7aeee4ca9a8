// The draft of an answer says what the register bears out and nothing else, in French and in English.

import { test } from 'tap';
import { rightsCommands } from '../../src/cli/rights.ts';
import { letterFor } from '../../src/rights/letter.ts';
import { openRegister } from '../../src/rights/register.ts';
import type { Outcome, Request } from '../../src/rights/request.ts';
import { answer, close, extend, writeNote } from '../../src/rights/steps.ts';
import { work } from '../../src/rights-desk.ts';
import { eraseForRequest } from '../../src/rights-erasure.ts';
import { searchForRequest } from '../../src/rights-search.ts';
import { run } from './support/cli.ts';
import { type Desk, keepOf, openDesk, requestOf } from './support/rights.ts';

const HOUSE = { site: 'Démonstration', contact: 'dpo@example.org', show: (at: string) => at.slice(0, 10) };
const both = (request: Request) =>
  [letterFor(request, 'fr', HOUSE), letterFor(request, 'en', HOUSE)] as [string, string];
const registered = ({ appliance }: Desk, id: string) => openRegister(appliance.config.state.rights).read(id);
const place = { startedAt: '2026-05-22T08:15:20.123Z', line: 'Accueil', purpose: 'quality' };

test('each letter names the request, the day it came, the right to complain and whom to write to', async (t) => {
  const desk = await openDesk(t);
  for (const kind of ['access', 'erasure', 'objection', 'rectification', 'restriction'] as const) {
    const request = await requestOf(desk, kind);
    const [fr, en] = both(request);
    for (const text of [fr, en]) {
      for (const words of [
        request.id,
        '2026-11-22',
        'CNIL',
        'dpo@example.org',
        'Zoë Martin',
        '1 rue de la Paix',
      ])
        t.match(text, words, `${kind}: ${words}`);
      t.notMatch(text, /undefined|null|NaN|5678/);
    }
    t.match(fr, '[à compléter : la demande n’est pas encore traitée]', 'what was not done is not claimed');
    t.match(en, '[to be completed: the request was not dealt with yet]');
  }
});

test('a letter of access lists what is handed out and what is not, and warns of the voices of others', async (t) => {
  const desk = await openDesk(t);
  const request = await requestOf(desk, 'access');
  const given = { ...place, id: 'a' };
  request.exports = [
    {
      at: request.openedAt,
      by: 'diane',
      recordings: [given],
      withheld: [{ ...given, id: 'b', reason: 'secret d’un tiers' }],
      calls: 3,
    },
  ];
  const [fr, en] = both(request);
  t.match(fr, '1 enregistrement et 3 relevés d’appel');
  t.match(fr, '- enregistrement du 2026-05-22, ligne « Accueil », finalité : qualité de service');
  t.match(fr, /Ne sont pas communiqués.*\n- .*: secret d’un tiers/);
  t.match(fr, /voix de la personne qui vous a répondu/);
  t.match(en, '1 recording and 3 call records');
  t.match(en, /voice of whoever answered you/);
});

test('a search that found nothing is an answer, and only once it was made', async (t) => {
  const desk = await openDesk(t);
  const { id } = await requestOf(desk, 'access');
  t.notMatch(both(await registered(desk, id))[0], /aucune donnée/);
  await searchForRequest(desk.appliance, id, 'diane');
  t.match(both(await registered(desk, id))[0], /aucune donnée liée aux numéros/);
  t.match(both(await registered(desk, id))[1], /We found nothing/);
});

test('a letter of erasure tells what was destroyed, and what is kept until when on which ground', async (t) => {
  const desk = await openDesk(t);
  await keepOf(desk);
  const { id } = await requestOf(desk, 'erasure');
  await eraseForRequest(desk.appliance, id, ['diane', 'marie']);
  const request = await registered(desk, id);
  const kept = (outcome: Outcome['outcome'], at: string | null) => ({ ...place, id: outcome, outcome, at });
  request.erasure?.recordings.push(
    kept('held', '2027-11-01T00:00:00.000Z'),
    kept('locked', '2031-05-22T00:00:00.000Z'),
    kept('failed', null),
  );
  const [fr, en] = both(request);
  t.match(fr, '1 enregistrement a été détruit');
  t.match(fr, /- enregistrement du 2026-05-22.*: détruit le 2026-11-22/);
  t.match(fr, /conservé jusqu’au 2027-11-01.*article 17, paragraphe 3, point e/);
  t.match(fr, /conservé jusqu’au 2031-05-22.*2014\/65\/UE/);
  t.match(fr, 'pas encore détruit');
  t.match(fr, 'retiré de 1 relevé d’appel');
  t.match(en, '1 recording was destroyed');
  t.match(en, /kept until 2027-11-01.*article 17\(3\)\(e\)/);
  t.match(en, /kept until 2031-05-22.*2014\/65\/EU/);
  t.notMatch(`${fr}${en}`, 'marie', 'nobody of the house is named');
});

test('refusals, prolongations, notes, objections and those who could not be identified are told as they are', async (t) => {
  const desk = await openDesk(t);
  const doing = { by: 'diane', now: desk.clock() };
  const of = async (kind: Request['kind'], change: (request: Request) => void) => {
    const request = await requestOf(desk, kind);
    change(request);
    return both(request);
  };
  const [refused] = await of('erasure', (request) =>
    answer(request, 'refused', 'demande manifestement excessive', doing),
  );
  t.match(refused, /article 12, paragraphe 4\) : demande manifestement excessive/);
  t.notMatch(refused, /détruit/);
  const [longer, prolonged] = await of('access', (request) =>
    extend(request, 'beaucoup d’appels', doing.now, doing),
  );
  t.match(longer, 'prolongé jusqu’au 2027-02-22');
  t.match(prolonged, 'prolonged until 2027-02-22');
  const [corrected] = await of('rectification', (request) => writeNote(request, 'mon nom est Zoé', doing));
  t.match(corrected, /« mon nom est Zoé ».*il n’est pas modifié/);
  const [never] = await of('objection', (request) => {
    request.objection = { at: request.openedAt, by: 'diane', numbers: 2 };
  });
  t.match(never, '2 numéros sont inscrits sur la liste');
  const [unknown, stranger] = await of('access', (request) => close(request, 'unidentified', doing));
  t.match(
    [unknown, stranger],
    [/n’avons pas pu vérifier votre identité/, /could not establish your identity/],
  );
});

test('the letter is printed from the register alone, in the time of the site, and forgets with it', async (t) => {
  const desk = await openDesk(t);
  const { id } = await requestOf(desk, 'access');
  const printed = (language: string) =>
    run(t, rightsCommands, desk.appliance, 'rights', 'letter', id, '--language', language);
  t.match((await printed('fr')).out, '22 novembre 2026 à 09:00');
  t.match((await printed('en')).out, '22 November 2026 at 09:00');
  await work(desk.appliance, id, 'diane', 'x', (request) => {
    request.person = null;
  });
  t.match((await printed('fr')).out, /^\[à compléter\]/);
});
