// No change of the log goes unnoticed by whoever has what a witness remembers: not a bit, and not a log that was written
// anew and signed with the appliance's own key.

import { createHash } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { test } from 'tap';
import { openAudit } from '../../src/audit/journal.ts';
import { seeded } from '../support/chance.ts';
import { copyOf, fill, findingsIn, linesOf, openLog, putLines } from '../unit/support/log.ts';
import { ROOT } from '../unit/support/world.ts';

const random = seeded(7);
const pick = (below: number) => Math.floor(random() * below);
const SCRIPT = join(ROOT, 'src/audit/package/verify-log.sh');

/** A leaf that names the payload it is given: as somebody would write who wants to be believed. */
function forged(line: string, change: (payload: string) => string): string {
  const [leaf = '', payload = ''] = line.split('\t');
  const text = change(payload);
  const hash = createHash('sha256')
    .update(Buffer.from(`${text}\n`, 'latin1'))
    .digest('hex');
  return `${leaf.replace(/"payload":"\w+"/, `"payload":"${hash}"`)}\t${text}`;
}

function flipped(line: string, at: number): string {
  const code = line.charCodeAt(at) ^ (1 << pick(7));
  return `${line.slice(0, at)}${String.fromCharCode(code === 10 || code === 9 ? code ^ 32 : code)}${line.slice(at + 1)}`;
}

/** Each makes other lines of the lines. */
const MUTATIONS: Record<string, (lines: string[], at: number, other: number) => string[]> = {
  'a bit flipped': (lines, at) => lines.with(at, flipped(lines[at] ?? '', pick(lines[at]?.length ?? 1))),
  'a line dropped': (lines, at) => lines.toSpliced(at, 1),
  'two lines swapped': (lines, at, other) => lines.with(at, lines[other] ?? '').with(other, lines[at] ?? ''),
  'a line twice': (lines, at) => lines.toSpliced(at, 0, lines[at] ?? ''),
  'the end cut off': (lines, at) => lines.slice(0, at),
  'an old line put in': (lines, at, other) =>
    lines.toSpliced(
      at,
      0,
      forged(lines[other] ?? '', (text) => text),
    ),
  'another actor': (lines, at) =>
    lines.with(
      at,
      forged(lines[at] ?? '', (text) => text.replace('marie', 'paul!')),
    ),
  'another actor, hash left': (lines, at) => lines.with(at, (lines[at] ?? '').replace('marie', 'paul!')),
  'a payload blanked': (lines, at) =>
    lines.with(
      at,
      (lines[at] ?? '').replace(/\t.*$/, (text) => `\t${' '.repeat(text.length - 1)}`),
    ),
  'a payload cut short': (lines, at) => lines.with(at, (lines[at] ?? '').slice(0, -9)),
  'another time': (lines, at) => lines.with(at, (lines[at] ?? '').replace(/"at":"2026/, '"at":"2027')),
  'all from the beginning again': (lines, at) => [...lines.slice(at), ...lines.slice(0, at)],
};

test('two hundred and more changes, each found by what the witness remembers', async (t) => {
  const log = await openLog(t);
  await fill(log);
  const witnessed = [{ name: 'witness', ...(await log.audit.checkpoint()) }];
  t.same(await findingsIn(log.folder, log, witnessed), [], 'the log itself is whole');
  const lines = await linesOf(log.folder);
  const folder = await copyOf(t, log);
  let mutants = 0;
  for (const [name, mutation] of Object.entries(MUTATIONS)) {
    for (let round = 0; round < 20; round += 1) {
      const at = 1 + pick(lines.length - 2);
      const changed = mutation(lines, at, (at + 7) % lines.length);
      if (changed.join('\n') === lines.join('\n')) continue;
      await putLines(folder, changed);
      const findings = await findingsIn(folder, log, witnessed);
      mutants += 1;
      t.ok(findings.length > 0, `${name}, line ${at}: ${findings[0]?.code}`);
    }
  }
  t.ok(mutants >= 200, `${mutants} changes`);
});

test('a log that was written anew, and every checkpoint of it signed again, is found by the witness alone', async (t) => {
  const log = await openLog(t);
  await fill(log);
  const witnessed = [{ name: 'witness', ...(await log.audit.checkpoint()) }];
  for (const name of [
    'a line dropped',
    'another actor',
    'the end cut off',
    'two lines swapped',
    'another time',
  ] as const)
    for (let round = 0; round < 5; round += 1) {
      const folder = await copyOf(t, log);
      const lines = (await linesOf(log.folder)).filter(
        (line) => line.includes('"play"') || line.includes('"log-in"'),
      );
      await putLines(folder, MUTATIONS[name]?.(lines, 2 + pick(lines.length - 4), 1) ?? []);
      await rm(join(folder, 'checkpoints'), { recursive: true });
      const again = await openAudit(folder, log.clock, { origin: 'Démonstration', sign: log.signer.sign });
      await again.checkpoint();
      const alone = await findingsIn(folder, log, []);
      t.notOk(
        alone.some(({ code }) => code.startsWith('checkpoint')),
        'by itself the signature convinces',
      );
      const found = (await findingsIn(folder, log, witnessed)).map(({ code }) => code);
      t.ok(found.includes('checkpoint-mismatch') || found.includes('log-cut'), `${name}: ${found}`);
    }
});

test('checkpoints that are not ours, or of another log, are refused', async (t) => {
  const [log, other] = [await openLog(t), await openLog(t)];
  await fill(log, 5);
  await fill(other, 5);
  const codes = async (checkpoint: { text: string; signature: string }) =>
    (await findingsIn(log.folder, log, [{ name: 'w', ...checkpoint }])).map(({ code }) => code);
  const { text, signature } = await log.audit.checkpoint();
  t.same(await codes(await other.audit.checkpoint()), ['checkpoint-signature']);
  t.same(await codes({ text: text.replace('size: ', 'size: 1'), signature }), ['checkpoint-signature']);
  t.same(await codes({ text: 'nothing', signature }), ['checkpoint-form']);
  t.same(await codes({ text, signature: '' }), ['checkpoint-signature']);
});

test('a shell with coreutils and gpg says the same as the program', async (t) => {
  const log = await openLog(t);
  await fill(log, 25);
  const { text, signature } = await log.audit.checkpoint();
  const witness = join(log.root, 'witness.txt');
  await writeFile(witness, text);
  await writeFile(`${witness}.asc`, signature);
  const verify = async (folder: string) => {
    await writeFile(join(folder, 'appliance.asc'), log.signer.publicKey);
    await execa('cp', [SCRIPT, folder]);
    const { exitCode, stdout } = await execa('sh', [join(folder, 'verify-log.sh'), '--checkpoint', witness], {
      reject: false,
    });
    return { good: exitCode === 0, stdout };
  };
  const whole = await verify(await copyOf(t, log));
  t.ok(whole.good, whole.stdout);
  const lines = await linesOf(log.folder);
  for (const [name, mutation] of Object.entries(MUTATIONS)) {
    const folder = await copyOf(t, log);
    await putLines(folder, mutation(lines, 8, 20));
    const { good, stdout } = await verify(folder);
    const program = await findingsIn(folder, log, [{ name: 'w', text, signature }]);
    t.equal(
      good,
      program.length === 0,
      `${name}: ${stdout.split('\n').find((line) => line.startsWith('FAILED'))}`,
    );
    t.notOk(good, name);
  }
});
