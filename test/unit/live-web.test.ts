// What the live page decides before it draws, and that every refusal is told in both languages.

import { test } from 'tap';
import { AGENT_STATES } from '../../src/board/agents.ts';
import { withAddress } from '../../web/src/supervision/candidates.ts';
import { hoursDrawn } from '../../web/src/supervision/hours.ts';
import { en } from '../../web/src/supervision/words-en.ts';
import { fr } from '../../web/src/supervision/words-fr.ts';

const hours = (...busy: number[]) =>
  Array.from({ length: 24 }, (_, hour) => ({
    calls: busy.includes(hour) ? 1 : 0,
    answered: 0,
    waitingSeconds: null,
    handlingSeconds: null,
  }));

test('an office day is drawn, and the hours around it in which somebody called', async (t) => {
  const drawn = (...busy: number[]) => hoursDrawn(hours(...busy)).map(({ hour }) => hour);
  t.same([drawn().at(0), drawn().at(-1)], [8, 19]);
  t.same([drawn(3, 22).at(0), drawn(3, 22).at(-1)], [3, 22]);
  t.equal(hoursDrawn(hours(9)).find(({ calls }) => calls === 1)?.hour, 9);
});

test('every state and every refusal is told in both languages', async (t) => {
  for (const words of [fr, en]) {
    for (const state of AGENT_STATES) t.match(words.agents.states[state], /\p{L}{2}/u, state);
    for (const text of Object.values(words.refusals)) t.match(text, /\p{L}+ \p{L}+.*\.$/u, text);
  }
  t.same(Object.keys(fr.refusals), Object.keys(en.refusals));
});

test('one is one, and none is none', async (t) => {
  t.equal(fr.live(0), 'Aucun appel en cours');
  t.equal(fr.live(1), '1 appel en cours');
  t.equal(en.live(2), '2 calls in progress');
  t.equal(fr.queues.there(1, 0), '1 agent dans la file, 0 disponible');
});

test('an address that a browser hides from its page is the one that the box sees; other ways are left out', async (t) => {
  const candidate = (where: string, how = 'udp') =>
    `a=candidate:1 1 ${how} 2113937151 ${where} 54400 typ host`;
  const sdp = [
    'v=0',
    candidate('6f2b.local'),
    candidate('fd00::2'),
    candidate('192.0.2.9', 'tcp'),
    'a=mid:0',
    '',
  ];
  const said = withAddress([...sdp, candidate('192.0.2.8')].join('\r\n'), '192.0.2.7').split('\r\n');
  t.same(said, ['v=0', candidate('192.0.2.7'), 'a=mid:0', '', candidate('192.0.2.8')]);
});
