// greffier-offline witness: the other machine that remembers what the audit log was. It is started by sshd as a forced
// command and answers on standard output; it believes nothing that it has not verified.

import type { Readable } from 'node:stream';
import type { Command } from 'commander';
import { GreffierError, reasonOf } from '../shared/errors.ts';
import { type Answer, lineOf, lineReader, type Offer, PROTOCOL } from '../witness/lines.ts';
import { refusalText, whyRefused } from '../witness/log.ts';
import { beginStore, type Kept, openStore, type WitnessStore } from './witness-store.ts';

/** As long as an honest box takes a hundred times over. */
const PATIENCE_MS = 60_000;

/** Adds the verb. */
export function witnessVerb(program: Command): void {
  const witness = program
    .command('witness')
    .description('remembers checkpoints of the audit log of a box; answers it on standard input and output')
    .requiredOption('--store <folder>', 'where the checkpoints are kept')
    .action(({ store }) => answerOne(store));
  witness
    .command('init')
    .description('begins a store')
    .requiredOption('--key <file>', 'public signing key of the box; it is never replaced')
    .action(async (_, command: Command) => {
      const { store, key } = command.optsWithGlobals();
      console.log(await beginStore(store, key));
    });
  witness
    .command('status')
    .description('what it has accepted last; changes nothing')
    .option('--json', 'as JSON')
    .action(async (_, command: Command) => {
      const { store, json } = command.optsWithGlobals();
      const status = await statusOf(store);
      if (json) console.log(JSON.stringify(status, null, 2));
      else printStatus(status);
    });
}

async function answerOne(folder: string): Promise<void> {
  const timer = setTimeout(() => process.exit(1), PATIENCE_MS);
  try {
    await answer(folder, process.stdin, (line) => void process.stdout.write(line));
  } finally {
    clearTimeout(timer);
    // Whoever keeps the line open holds nobody up.
    process.stdin.destroy();
  }
}

/**
 * Answers one call: says what the store holds, and judges what is offered. Throws `no-store`, `damaged-store`, after it
 * has said so.
 */
export async function answer(folder: string, input: Readable, say: (line: string) => void): Promise<void> {
  const tellFailure = (error: unknown) => say(lineOf({ failed: reasonOf(error).slice(0, 400) }));
  try {
    const store = await openStore(folder);
    const newest = await store.newest();
    const held = newest ? { text: newest.text, signature: newest.signature } : null;
    say(lineOf({ protocol: PROTOCOL, held }));
    const offer = await lineReader(input).offer().catch(tellFailure);
    if (offer) say(lineOf(await judge(store, offer)));
  } catch (error) {
    tellFailure(error);
    throw error;
  }
}

/** Accepts or refuses; either is on disk before it is said. */
async function judge(store: WitnessStore, offer: Offer): Promise<Answer> {
  const at = new Date().toISOString();
  try {
    const { size, root } = await accept(store, offer);
    await store.note('contact', { at, size, root });
    return { accepted: { size, root } };
  } catch (error) {
    if (!(error instanceof GreffierError && error.status === 409))
      return { failed: reasonOf(error).slice(0, 400) };
    const { code, message } = error;
    await store.note('refusal', { at, refused: code, message });
    return { refused: code, message: message.slice(0, 400) };
  }
}

async function accept(store: WitnessStore, { text, signature, proof }: Offer) {
  const bad = await store.format.whyBad(text, signature);
  if (bad !== undefined) throw refusal('bad-signature', `not signed by the appliance of this store: ${bad}`);
  const now = readOffered(store, text);
  for (;;) {
    const newest: Kept | undefined = await store.newest();
    if (newest) {
      const refused = whyRefused(newest.checkpoint, now, proof ?? undefined, store.format.isConsistent);
      if (refused) throw refusal(refused, refusalText(refused, newest.checkpoint));
      if (newest.checkpoint.size === now.size) return now;
    }
    if (await store.keep(newest, { text, signature }, newest ? proof : null)) return now;
  }
}

function readOffered({ format }: WitnessStore, text: string) {
  try {
    return format.read(text);
  } catch (error) {
    throw refusal('bad-checkpoint', reasonOf(error));
  }
}

function refusal(code: string, message: string): GreffierError {
  return new GreffierError(code, message, { status: 409 });
}

/** What a store has accepted and refused last. */
export async function statusOf(folder: string) {
  const store = await openStore(folder);
  const { origin, size, root, time } = (await store.newest())?.checkpoint ?? {};
  return {
    fingerprint: store.fingerprint,
    kept: await store.count(),
    origin: origin ?? null,
    size: size ?? null,
    root: root ?? null,
    time: time ?? null,
    lastContact: (await store.noted('contact')) ?? null,
    lastRefusal: (await store.noted('refusal')) ?? null,
  };
}

function printStatus(status: object): void {
  for (const [name, value] of Object.entries(status))
    console.log(`${name.padEnd(14)} ${typeof value === 'string' ? value : JSON.stringify(value)}`);
}
