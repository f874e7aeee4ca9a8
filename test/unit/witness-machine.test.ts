// The witness on the other machine, which judges by itself: no box can talk it into another log.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'tap';
import { logOf } from '../../src/log-for-witnesses.ts';
import { beginStore } from '../../src/offline/witness-store.ts';
import { lineOf } from '../../src/witness/lines.ts';
import { heard, machineOf, offerOf } from './support/machine.ts';
import { type WitnessWorld, witnessWorld } from './support/witness.ts';
import { codeOf, ownFolder } from './support/world.ts';

/** What the box is made to offer, past its own checks, and the word the witness has for it. */
const OFFERS: [string, string, (w: WitnessWorld, back: () => Promise<void>) => Promise<unknown>][] = [
  ['a log whose tail was cut', 'smaller', (_, back) => back()],
  [
    'a log that was rewritten at the same size and signed with the own key',
    'other-root',
    (w) => w.rewrite(15),
  ],
  ['a log that was rewritten and is longer', 'inconsistent', (w) => w.rewrite(40)],
  [
    'a log that was cut and has grown beyond',
    'inconsistent',
    async (w, back) => {
      await back();
      await w.grow(40, 'nobody');
    },
  ],
];

test('a log that is not what it was is refused, with a word for each way', async (t) => {
  for (const [what, word, change] of OFFERS) {
    const m = await machineOf(t);
    const back = await m.snapshot();
    await m.grow(5);
    t.match(await m.say(await offerOf(m, 0)), { accepted: { size: 15 } });
    await change(m, back);
    const answer = await m.say(await offerOf(m, 15));
    t.match(answer, { refused: word, message: /^it holds a checkpoint of 15 lines/ }, what);
    t.match(await m.status(), { size: 15, kept: 1, lastRefusal: { refused: word } }, what);
  }
});

test('a log that grows is accepted, with a proof and not without one', async (t) => {
  const m = await machineOf(t);
  await m.say(await offerOf(m, 0));
  await m.grow(7);
  t.match(await m.say(await offerOf(m, 0)), { refused: 'inconsistent' });
  t.match(await m.say(await offerOf(m, 10)), { accepted: { size: 17 } });
  t.match(await m.say(await offerOf(m, 17)), { accepted: { size: 17 } }, 'nothing has grown');
  t.same(await m.kept(), ['00000001', '00000002']);
});

test('an older checkpoint that is replayed is refused as smaller', async (t) => {
  const m = await machineOf(t);
  const old = await logOf(m.appliance).checkpoint();
  await m.grow(5);
  await m.say(await offerOf(m, 0));
  t.match(await m.say(lineOf({ ...old, proof: null })), { refused: 'smaller' });
});

test('another appliance is refused by its signature', async (t) => {
  const m = await machineOf(t);
  const other = await witnessWorld(t, []);
  t.match(await m.say(await offerOf(other, 0)), { refused: 'bad-signature' });
  await m.say(await offerOf(m, 0));
  await other.grow(5);
  t.match(await m.say(await offerOf(other, 10)), { refused: 'bad-signature' });
  const [text, signature] = await Promise.all(
    [m, other].map(({ appliance }) => logOf(appliance).checkpoint()),
  );
  const mixed = { text: text?.text ?? '', signature: signature?.signature ?? '', proof: null };
  t.match(await m.say(lineOf(mixed)), { refused: 'bad-signature' });
});

test('two sessions at once do not put two logs side by side', async (t) => {
  const m = await machineOf(t);
  await m.say(await offerOf(m, 0));
  const back = await m.snapshot();
  await m.grow(2);
  const one = await offerOf(m, 10);
  await back();
  await m.grow(3, 'nobody');
  const two = await offerOf(m, 10);
  const answers = await Promise.all([one, two].map(m.say));
  t.equal(answers.filter(({ accepted }) => accepted).length, 1, JSON.stringify(answers));
  t.equal((await m.kept()).length, 2);
});

test('a store that is damaged accepts nothing', async (t) => {
  const m = await machineOf(t);
  await m.say(await offerOf(m, 0));
  const text = join(m.store, 'checkpoints', '00000001', 'checkpoint.txt');
  await writeFile(text, (await readFile(text, 'utf8')).replace('size: 10', 'size: 01'));
  await m.grow(1);
  const offer = await offerOf(m, 10);
  t.equal(await codeOf(() => heard(m.store, offer)), 'damaged-store');
  t.same(await m.kept(), ['00000001']);
});

test('the key of a store is pinned once, and is never a private one', async (t) => {
  const m = await machineOf(t);
  t.equal(await codeOf(() => beginStore(m.store, m.at('appliance.asc'))), 'not-written');
  const other = join(await ownFolder(t), 'other');
  t.equal(await codeOf(() => beginStore(other, m.at('keys', 'signing.key.asc'))), 'bad-key');
  t.equal(await codeOf(() => heard(other, '')), 'no-store');
});

test('nonsense on the line is answered as such and keeps nothing', async (t) => {
  const m = await machineOf(t);
  const empty = { text: '', signature: '', proof: null };
  for (const line of ['{}\n', 'hello\n', `${'x'.repeat(200_000)}\n`, lineOf(empty)]) {
    const answer = await m.say(line);
    t.ok(answer.failed || answer.refused === 'bad-signature', line.slice(0, 40));
  }
  t.same(await heard(m.store, ''), [{ protocol: 'greffier-witness-1', held: null }], 'only asked');
  t.same(await m.kept(), []);
});
