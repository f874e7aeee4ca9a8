// The figures of `make bench` at a size that takes seconds, so that they do not rot. What they say is of no interest here:
// no time is judged in a test.

import { resolve } from 'node:path';
import { test } from 'tap';
import { gapsIn } from '../bench/call-step.ts';
import { alone, compared, type Figure } from '../bench/figure.ts';
import { figures } from '../bench/index.ts';
import { quantile, seeded } from '../bench/measure.ts';
import { speech } from '../bench/speech.ts';
import { short, tableOf } from '../bench/table.ts';

const SOURCES = { main: resolve('src/main.ts'), command: resolve('src/cli/greffier.ts') };
/** Those that need a lab, a browser, or a minute however small they are. */
const ELSEWHERE = ['calls-per-core', 'first-sound', 'live', 'start'];

async function rowsOf(figure: Figure) {
  const ends: (() => unknown)[] = [];
  try {
    return await figure.measure({
      size: figure.sizes.small,
      program: SOURCES,
      tell: () => {},
      teardown: (end) => void ends.unshift(end),
    });
  } finally {
    for (const end of ends) await end();
  }
}

for (const figure of figures.filter(({ id }) => !ELSEWHERE.includes(id)))
  test(`${figure.name} is measured against something`, { timeout: 120_000 }, async (t) => {
    const rows = await rowsOf(figure);
    t.ok(
      rows.some(({ against }) => against),
      'there is a peer, or a limit',
    );
    for (const { what, value, ratio } of rows)
      t.ok(Number.isFinite(value) && (ratio === undefined || ratio > 0), `${what}: ${value}, ${ratio}`);
  });

test('each figure has a name of its own', async (t) => {
  t.equal(new Set(figures.map(({ id }) => id)).size, figures.length);
  t.same(
    ELSEWHERE.filter((id) => !figures.some((figure) => figure.id === id)),
    [],
  );
});

test('a ratio is judged by its aim, whichever way it points, and so is a value that stands for itself', async (t) => {
  const said = { what: 'this', value: 30, unit: 'ms' };
  t.match(compared(said, 'that', 20, { atMost: 2 }), { ratio: 1.5, aim: '≤ 2 ×', met: true });
  t.match(compared(said, 'that', 60, { atLeast: 0.6 }), { ratio: 0.5, aim: '≥ 0.6 ×', met: false });
  t.match(alone(said, { atMost: 50 }), { aim: '≤ 50 ms', met: true });
  t.notOk('met' in compared(said, 'that', 20));
});

test('the table says what was measured, against what, and whether the aim is reached', async (t) => {
  const row = compared({ what: 'this', value: 30, unit: 'ms' }, 'that', 20, { atMost: 1 });
  const [head = '', line = ''] = tableOf([{ figure: 'one', size: '3 rows', ...row }]).split('\n');
  t.match(head, /^figure +size +what +measured +against +ratio +aim +met$/);
  t.match(line, /^one +3 rows +this +30 ms +that: 20 +1\.5 × +≤ 1 × +NO$/);
  t.same([0, 0.012345, 12.345, 1234.5].map(short), ['0', '0.0123', '12.3', '1235']);
});

test('what is measured is the same in every run, and quantiles are values that were measured', async (t) => {
  t.same(speech(1), speech(1));
  t.not(speech(1).equals(speech(1, 2)), true);
  const [one, other] = [seeded(7), seeded(7)];
  t.same(
    [one(), one(), one()],
    Array.from({ length: 3 }, () => other()),
  );
  t.same(
    [0, 0.5, 0.95, 1].map((share) => quantile([5, 1, 4, 2, 3], share)),
    [1, 3, 5, 5],
  );
});

test('a window without the tone is a gap, wherever it lies, and none is seen where there is none', async (t) => {
  const rate = 8_000;
  const tone = Float64Array.from(
    { length: 60 * rate },
    (_, at) => 0.5 * Math.sin((2 * Math.PI * 440 * at) / rate),
  );
  t.equal(gapsIn(tone, 440), 0);
  for (const window of [11, 300, 555]) tone.fill(0, (window * rate) / 10, ((window + 1) * rate) / 10);
  t.equal(gapsIn(tone, 440), 3);
  t.ok(gapsIn(tone, 620) > 500, 'another tone is not this one');
});
