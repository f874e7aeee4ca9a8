// Who did what, when and why. The entry is on disk before the effect takes place; when it cannot be written, the effect
// does not take place (C30). It names recordings by id and people by their login, never a caller.

import type { Clock } from '../shared/clock.ts';
import { GreffierError } from '../shared/errors.ts';
import { makeFolder } from '../shared/files.ts';
import { createQueue } from '../shared/in-order.ts';
import { checkpointText } from './checkpoint.ts';
import { checkpointStore, type SignedCheckpoint } from './checkpoints.ts';
import { consistencyText } from './consistency.ts';
import {
  type AuditEntry,
  type AuditLine,
  encodeLine,
  entryOf,
  isErased,
  leafOf,
  type NewEntry,
  TORN,
} from './entry.ts';
import { type Freezing, freezingOf } from './freezing.ts';
import { createHead } from './head.ts';
import { beginningOf, blankPayload, readLines, walkLines } from './log-file.ts';
import { type Asked, lineAt, lookBack, type Page } from './looking.ts';
import { leafHash, treeOf } from './merkle.ts';
import { olderThan, prunedLeaves, pruneLines } from './pruning.ts';
import { createWriter } from './writer.ts';

export type { AuditEntry, NewEntry } from './entry.ts';

export interface AuditJournal extends Freezing {
  /** Returns once the entry is on disk. Throws `audit-unavailable`. */
  write(entry: NewEntry): Promise<void>;
  /** Several entries, all on disk by one flush. Throws `audit-unavailable`: then none of their effects may take place. */
  writeAll(entries: NewEntry[]): Promise<void>;
  /** All that can be read, oldest first. */
  entries(): Promise<AuditEntry[]>;
  /** A page of what fits, newest first, of a log of any length. */
  page(asked: Asked): Promise<Page>;
  /** One line by its place; undefined where there is none. */
  line(index: number): Promise<AuditLine | undefined>;
  /** All that can be read, oldest first, with turns for others in between. */
  walk(): AsyncGenerator<AuditEntry>;
  /** Lines as they are on disk, from that place in the log on. */
  lines(from?: number): Promise<AuditLine[]>;
  /** Hashes of all leaves, those of pruned lines too. */
  leaves(): Promise<Buffer[]>;
  /** The signed root of the log as it is now; it is kept beside the log. Throws `no-authority` without a key to sign with. */
  checkpoint(): Promise<SignedCheckpoint>;
  checkpoints(): Promise<SignedCheckpoint[]>;
  /** Text of the proof that the log of the first size grew into that of the second. Throws `no-such-size`. */
  consistency(from: number, to: number): Promise<string>;
  /** Erases what one entry tells of people. Throws `no-such-entry`, `audit-frozen`. */
  erase(index: number, by: { actor: string; reason: string }): Promise<void>;
  /** Destroys what is older than that moment; returns how many entries. Throws `audit-frozen`. */
  prune(before: Date): Promise<number>;
  /** How many entries it ever had. */
  size(): Promise<number>;
  /** When the newest entry was written; undefined when there is none. */
  latest(): Promise<Date | undefined>;
  /** Where the log begins: what was before was pruned. */
  beginning(): Promise<number>;
}

/** Whose log it is, and the key that says so. */
export interface Authority {
  origin: string;
  sign(content: Uint8Array): Promise<string>;
}

/** Opens the log in the given folder. Without an authority it is written and read, and no checkpoint is taken. */
export async function openAudit(folder: string, clock: Clock, authority?: Authority): Promise<AuditJournal> {
  await makeFolder(folder);
  const store = checkpointStore(folder);
  const freezing = freezingOf(folder, clock);
  const write = createWriter(folder, () => encodeLine({ actor: 'system', action: TORN }, clock()));
  const inOrder = createQueue();
  const head = createHead(folder);

  const insistOnAuthority = (): Authority => {
    if (authority) return authority;
    throw new GreffierError('no-authority', 'there is no key to sign a checkpoint with');
  };

  async function writeAll(entries: NewEntry[]): Promise<void> {
    const at = clock();
    try {
      if (entries.length) await write(entries.map((entry) => encodeLine(entry, at)));
    } catch (cause) {
      throw new GreffierError('audit-unavailable', 'the audit log cannot be written, so nothing is played', {
        hint: 'free space on the disk of the audit log',
        status: 503,
        cause,
      });
    }
  }

  const lines = (from = 0) =>
    readLines(folder).then((all) => (from === 0 ? all : all.filter(({ index }) => index >= from)));

  async function leaves(): Promise<Buffer[]> {
    const { index } = await beginningOf(folder);
    const known = (await prunedLeaves(folder)).slice(0, index);
    return [...known, ...(await lines()).map(({ leaf }) => leafHash(leaf))];
  }

  // One at a time: two that hash the same new lines would count them twice.
  const checkpoint = () => inOrder(takeCheckpoint);

  async function takeCheckpoint(): Promise<SignedCheckpoint> {
    const { origin, sign } = insistOnAuthority();
    const { size, root } = await head.reckon();
    const newest = await store.newest();
    // The box does not sign away what it has signed: a log that was cut or rewritten shows by what lies beside it.
    if (newest && (newest.size > size || (newest.size === size && newest.root !== root)))
      throw new GreffierError(
        'audit-cut',
        `the audit log is not what it was: it had ${newest.size} entries, now ${size}`,
        {
          hint: 'greffier audit verify says more; bring the log back from a backup',
          status: 409,
        },
      );
    return store.keep(size, root, async () => {
      const taken = { origin, size, root, time: clock().toISOString() };
      const text = checkpointText(taken);
      return { ...taken, text, signature: await sign(Buffer.from(text)) };
    });
  }

  return {
    write: (entry) => writeAll([entry]),
    writeAll,
    lines,
    leaves,
    checkpoint,
    checkpoints: store.all,
    entries: async () => (await lines()).flatMap((line) => entryOf(line) ?? []),
    size: async () => (await inOrder(head.reckon)).size,
    async page(asked) {
      const { blocks } = await inOrder(head.reckon);
      return lookBack(folder, blocks, await beginningOf(folder), asked);
    },
    async line(index) {
      const { blocks } = await inOrder(head.reckon);
      return lineAt(folder, blocks, await beginningOf(folder), index);
    },
    async *walk() {
      for await (const found of walkLines(folder)) yield* found.flatMap((line) => entryOf(line) ?? []);
    },
    async latest() {
      const at = (await lines()).flatMap(({ leaf }) => leafOf(leaf)?.at ?? []).at(-1);
      return at === undefined ? undefined : new Date(at);
    },
    beginning: async () => (await beginningOf(folder)).index,
    async consistency(from, to) {
      const all = await leaves();
      if (from > to || to > all.length)
        throw new GreffierError(
          'no-such-size',
          `the log of ${all.length} entries did not grow from ${from} to ${to}`,
        );
      const path = treeOf(all.slice(0, to)).consistency(from);
      return consistencyText({ from, to, path: path.map((hash) => hash.toString('hex')) });
    },
    async erase(index, { actor, reason }) {
      await freezing.insistNotFrozen();
      const line = (await lines(index))[0];
      // What the log tells of itself stays: without it the log would not verify.
      const ofItself = line && entryOf(line)?.action.startsWith('audit-');
      if (line?.index !== index || !entryOf(line) || isErased(line.payload) || ofItself)
        throw new GreffierError('no-such-entry', `there is no entry ${index} with anything to erase`, {
          hint: 'greffier audit show numbers them',
          status: 404,
        });
      await writeAll([{ actor, action: 'audit-erased', subject: String(index), reason }]);
      await blankPayload(folder, line);
    },
    async prune(before) {
      await freezing.insistNotFrozen();
      const { sign } = insistOnAuthority();
      const all = await lines();
      // The last entry stays, so that there is a log to go on with.
      const count = Math.min(olderThan(all, before), all.length - 1);
      if (count <= 0) return 0;
      await writeAll([
        { actor: 'system', action: 'audit-pruned', subject: String((all[0]?.index ?? 0) + count) },
      ]);
      await checkpoint();
      await pruneLines(folder, all, count, clock(), sign);
      return count;
    },
    ...freezing,
  };
}
