// `make bench [FIGURE=id] [SIZE=number]`: measures, says how far it is, and ends with a table; build/bench.json has the same.
//   FIGURE  one of them, or several with commas between; all when it is left out
//   SIZE    that many of what the figure counts, instead of the usual
// It is no test: a figure that misses its aim is marked, and the run ends with 0. With 1 it ends when one could not be measured.

import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { execa } from 'execa';
import { labInfo } from '../../appliance/lab/info.ts';
import { seconds } from '../../appliance/lab/steps.ts';
import type { Figure, Program, Row } from './figure.ts';
import { figures } from './index.ts';
import { thisMachine } from './machine.ts';
import { type Measured, machineLine, short, tableOf } from './table.ts';

const RESULT = 'build/bench.json';
const COMPILED: Program = { main: 'build/stage/dist/main.js', command: 'build/stage/dist/cli/greffier.js' };

const { FIGURE, SIZE } = process.env;
const chosen = FIGURE ? FIGURE.split(',').map(figureOf) : figures;
if (!existsSync(COMPILED.main)) throw new Error('the program is not built: make build');
process.env.GREFFIER_LAB ??= 'bench';
if (chosen.some(({ lab }) => lab)) await labIsUp();
const runs = chosen.flatMap((figure) =>
  (SIZE ? [Number(SIZE)] : figure.sizes.usual).map((size) => ({ figure, size })),
);
const machine = await thisMachine(tmpdir());
console.log(machineLine(machine));
const measured: Measured[] = [];
for (const [index, { figure, size }] of runs.entries()) {
  const { id, name, unit } = figure;
  const began = performance.now();
  console.log(`[${index + 1}/${runs.length}] ${name}: ${size} ${unit} …`);
  const say = (text: string) => console.log(`      ${text}, ${seconds(began)}`);
  try {
    for (const row of await measure(figure, size, say)) {
      measured.push({ figure: id, size: `${size} ${unit}`, ...row });
      say(lineOf(row));
    }
  } catch (error) {
    process.exitCode = 1;
    say(`NOT MEASURED: ${error instanceof Error ? error.stack : error}`);
  }
  await keep();
}
console.log(`\n${machineLine(machine)}\n${tableOf(measured)}\n\n${RESULT} has the same.`);

function figureOf(id: string): Figure {
  const found = figures.find((figure) => figure.id === id);
  if (!found) throw new Error(`no figure ${id}: ${figures.map(({ id }) => id).join(', ')}`);
  return found;
}

/** Makes the lab when it is not there; one that is there is used as it is. */
async function labIsUp(): Promise<void> {
  try {
    await labInfo();
  } catch {
    await execa(process.execPath, ['appliance/lab/up.ts'], { stdio: 'inherit' });
  }
}

async function measure(figure: Figure, size: number, tell: (text: string) => void): Promise<Row[]> {
  const ends: (() => unknown)[] = [];
  try {
    return await figure.measure({
      size,
      program: COMPILED,
      tell,
      teardown: (end) => void ends.unshift(end),
    });
  } finally {
    // What cannot be cleared away must not hide what was measured, nor why it was not.
    for (const end of ends)
      try {
        await end();
      } catch (error) {
        tell(`not cleared away: ${error instanceof Error ? error.message.split('\n')[0] : error}`);
      }
  }
}

function lineOf({ what, value, unit, against, ratio, note }: Row): string {
  const other = against && ratio !== undefined ? ` (${short(ratio)} × ${against.what})` : '';
  return `${what}: ${short(value)} ${unit}${other}${note ? `; ${note}` : ''}`;
}

/** After each figure: what was measured stays when the next one fails. Figures of other runs stay too. */
async function keep(): Promise<void> {
  await mkdir('build', { recursive: true });
  const before = await readFile(RESULT, 'utf8').then(
    (text) => JSON.parse(text) as { rows: (Measured & { at: string })[] },
    () => ({ rows: [] }),
  );
  const anew = new Set(measured.map(({ figure, size }) => `${figure} ${size}`));
  const rows = [
    ...before.rows.filter(({ figure, size }) => !anew.has(`${figure} ${size}`)),
    ...measured.map((row) => ({ ...row, at: new Date().toISOString(), machine: machineLine(machine) })),
  ];
  await writeFile(RESULT, `${JSON.stringify({ machine, rows }, null, 2)}\n`);
}
