// Each package verifies itself with one script, so that a stranger has one file to read. What two of the scripts do alike
// stands in both, and stays alike: a check that is made stricter in one of them is made stricter in the other.

import { readFile } from 'node:fs/promises';
import { test } from 'tap';

const evidence = await readFile('src/evidence/package/verify.sh', 'utf8');
const purge = await readFile('src/purge/package/verify.sh', 'utf8');
const rights = await readFile('src/rights/package/verify.sh', 'utf8');

/** The text of a function of a script. */
function textOf(script: string, name: string): string | undefined {
  return new RegExp(`^${name}\\(\\) \\{(?: .* \\}|\\n[^]*?^\\})$`, 'm').exec(script)?.[0];
}

test('the proof of a line of the log is reckoned the same way in every package', async (t) => {
  for (const name of ['sum', 'node', 'number_in', 'line_holds']) {
    t.ok(textOf(evidence, name), name);
    t.equal(textOf(purge, name), textOf(evidence, name), name);
  }
});

test('a signature is looked at the same way, and a check said the same way', async (t) => {
  for (const name of ['say', 'check', 'is_signed']) {
    t.ok(textOf(rights, name), name);
    t.equal(textOf(purge, name), textOf(rights, name), name);
  }
  t.equal(textOf(evidence, 'say'), textOf(rights, 'say'));
});
