// How long the command line takes before it does anything. Against Node, which has to be started in any case.

import { execa } from 'execa';
import { compared, type Figure } from './figure.ts';
import { median, timesOf } from './measure.ts';

export const command: Figure = {
  id: 'command',
  name: 'start of the command line',
  unit: 'starts',
  sizes: { small: 1, usual: [20] },
  async measure({ size, program }) {
    const [ours, bare]: [number[], number[]] = [[], []];
    // In turn, so that whatever else the machine does falls on both.
    for (let turn = 0; turn < size; turn += 1) {
      ours.push(...(await timesOf(1, () => execa(process.execPath, [program.command, '--version']))));
      bare.push(...(await timesOf(1, () => execa(process.execPath, ['--eval', '0']))));
    }
    return [
      compared(
        { what: 'greffier --version, median', value: median(ours), unit: 'ms' },
        'node --eval 0',
        median(bare),
      ),
    ];
  },
};
