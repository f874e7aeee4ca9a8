// What says who somebody is comes on standard input: arguments are seen by every user of the machine, and sudo writes them
// into the journal. One thing a line, with a word before it: name, contact, number.

import { GreffierError } from '../shared/errors.ts';
import { readSecret } from './secret.ts';

export interface Told {
  name: string;
  contact: string;
  numbers: string[];
}

/** Reads the lines of standard input. Throws `bad-line`, by the number of the line and without what is in it. */
export async function readTold(): Promise<Told> {
  if (process.stdin.isTTY)
    console.error('greffier: name: …, contact: …, number: …, one a line; end with Ctrl-D');
  return parseTold(await readSecret());
}

/** Takes the lines apart. Throws `bad-line`. */
export function parseTold(text: string): Told {
  const told: Told = { name: '', contact: '', numbers: [] };
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const [, word = '', value = ''] = /^\s*(\w+)\s*:\s*(.*?)\s*$/.exec(line) ?? [];
    if (word === 'number') told.numbers.push(value);
    else if (word === 'name' || word === 'contact') told[word] = value;
    else
      throw new GreffierError(
        'bad-line',
        `line ${index + 1} of standard input begins with none of the words`,
        {
          hint: 'write name: …, contact: …, number: …, one a line',
        },
      );
  }
  return told;
}
