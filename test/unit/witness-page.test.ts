// The witness that is paper: what a printer would print, read back by a program that knows nothing of ours.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { type Test, test } from 'tap';
import type { Appliance } from '../../src/appliance.ts';
import { witnessCommands } from '../../src/cli/witness.ts';
import { formatOf, logOf } from '../../src/log-for-witnesses.ts';
import { run } from './support/cli.ts';
import { witnessWorld } from './support/witness.ts';
import { codeOf, ownFolder } from './support/world.ts';

const SITE = 'Étude Ça & <Là>';

async function printed(t: Test, name: string) {
  const w = await witnessWorld(t, [], SITE);
  const path = join(await ownFolder(t), name);
  const appliance = w.appliance as unknown as Appliance;
  const told = await run(t, witnessCommands, appliance, 'witness', 'print', '--to', path, '--json');
  return { ...w, path, appliance, text: await readFile(path, 'utf8'), told: JSON.parse(told.out) };
}

/** What a reader of codes sees in a picture. */
async function decoded(picture: string): Promise<string> {
  const { stdout } = await execa('zbarimg', ['--quiet', '--raw', '-Sdisable', '-Sqrcode.enable', picture]);
  return `${stdout.trim()}\n`;
}

test('the code on the A4 page holds the checkpoint of the log', async (t) => {
  const w = await printed(t, 'page.svg');
  const picture = `${w.path}.png`;
  const options = ['--headless', '--no-sandbox', '--hide-scrollbars', '--window-size=794,1123'];
  await execa('chromium', [
    ...options,
    `--user-data-dir=${await ownFolder(t)}`,
    `--screenshot=${picture}`,
    w.path,
  ]);
  const seen = await decoded(picture);
  t.equal(seen, (await logOf(w.appliance).checkpoint()).text);
  const format = await formatOf(w.appliance.signer.publicKey);
  t.match(format.read(seen), { origin: SITE, size: 10, root: w.told.root });
  t.match(w.text, /width="210mm" height="297mm"/);
  t.match(w.text, 'Étude Ça &amp; &lt;Là&gt;');
  t.match(w.text, 'Empreinte de la clé de signature');
});

test('the code on the page of text is the same', async (t) => {
  const w = await printed(t, 'page.txt');
  const rows = w.text.split('\n').filter((line) => /[▀▄█]/.test(line));
  const width = rows[0]?.length ?? 0;
  // A letter is two modules, one above the other; a bitmap (PBM) of eight dots a module, with a light border.
  const modules = rows.flatMap((row) =>
    ['▀█', '▄█'].map((dark) => [...row].map((letter) => dark.includes(letter))),
  );
  const bits = modules.map((row) =>
    row
      .map((dark) => (dark ? '1 ' : '0 ').repeat(8))
      .join('')
      .concat('\n')
      .repeat(8),
  );
  const picture = `${w.path}.pbm`;
  const border = '0 '
    .repeat(width * 8)
    .concat('\n')
    .repeat(32);
  await writeFile(picture, `P1\n${width * 8} ${modules.length * 8 + 64}\n${border}${bits.join('')}${border}`);
  t.match(await decoded(picture), /^greffier-checkpoint-1\norigin: Étude Ça & <Là>\nsize: 10\n/);
});

test('a page is printed in a form that is known, and nowhere else', async (t) => {
  const { appliance } = await printed(t, 'page.txt');
  const to = join(await ownFolder(t), 'page.pdf');
  t.equal(await codeOf(() => run(t, witnessCommands, appliance, 'witness', 'print', '--to', to)), 'bad-name');
});
