// The files of test/lab, each in a process of its own. Real calls are mostly waiting: with a twin of the lab two files
// run at a time. A file that fails is run once more and shown as what it is: a machine that was too busy for real time,
// or a fault that comes and goes. Both times are printed.

import { basename } from 'node:path';
import { execa } from 'execa';
import { seconds } from '../appliance/lab/steps.ts';

export interface LabRun {
  /** Name of the lab, and the words before a command that is to see it. */
  lab: string;
  before: string[];
}

interface Result {
  file: string;
  /** At the first try, at the second one, or never. */
  passed: 'at once' | 'again' | 'never';
}

/** The longest first, so that the last one to end is a short one. The playbook needs the network, which a twin lacks. */
const FIRST = ['box', 'campaigns', 'codecs', 'law', 'supervision-refused', 'queues', 'call'];
const ALONE = 'box.test.ts';

/** Runs the files in these labs, the first of which is the one with the network. Throws when one failed twice. */
export async function runLabFiles(files: string[], labs: LabRun[]): Promise<void> {
  const rank = (file: string) => {
    const at = FIRST.indexOf(basename(file, '.test.ts'));
    return at < 0 ? FIRST.length : at;
  };
  const left = files.toSorted((one, next) => rank(one) - rank(next));
  const results: Result[] = [];
  const take = (index: number) => {
    const at = left.findIndex((file) => index === 0 || basename(file) !== ALONE);
    return at < 0 ? undefined : left.splice(at, 1)[0];
  };
  await Promise.all(
    labs.map(async (lab, index) => {
      for (let file = take(index); file; file = take(index)) {
        results.push(await runFile(file, lab));
        console.log(`— ${results.length} of ${files.length} files of test/lab`);
      }
    }),
  );
  tell(results);
}

async function runFile(file: string, lab: LabRun): Promise<Result> {
  if (await once(file, lab)) return { file, passed: 'at once' };
  return { file, passed: (await once(file, lab)) ? 'again' : 'never' };
}

async function once(file: string, { lab, before }: LabRun): Promise<boolean> {
  const began = performance.now();
  // The test gives way to what it tests: the box is on the same processors.
  const [command = '', ...words] = [...before, 'nice', '-n', '5', process.execPath];
  const tap = ['node_modules/tap/dist/esm/run.mjs', '--jobs=1', '--timeout=900', file];
  const { all, exitCode } = await execa(command, [...words, ...tap], {
    env: { GREFFIER_LAB: lab },
    all: true,
    reject: false,
    stdin: 'ignore',
  });
  console.log(`\n— ${file} in the lab "${lab}", ${seconds(began)}\n${all}`);
  return exitCode === 0;
}

function tell(results: Result[]): void {
  const named = (how: Result['passed']) => results.filter(({ passed }) => passed === how);
  const [again, never] = [named('again'), named('never')];
  for (const { file } of again) console.log(`passed at the second try only: ${file}`);
  for (const { file } of never) console.log(`failed twice: ${file}`);
  console.log(`\nfiles: ${results.length - never.length} passed, ${never.length} failed`);
  if (never.length > 0) throw new Error('tests failed');
}
