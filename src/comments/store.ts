// What those who listened wrote down about moments of a recording. The words and the moment are one encrypted packet, locked
// with the key of the recording itself: the same header opens it, a rotation carries it along, and it is unreadable from the
// moment that the header is destroyed (ADR 0034). The box knows who wrote, and when.

import { randomUUID } from 'node:crypto';
import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import Type, { type Static } from 'typebox';
import type { Clock } from '../shared/clock.ts';
import { GreffierError, isMissing } from '../shared/errors.ts';
import { makeFolder, readIfThere, syncFolder, writeDurably } from '../shared/files.ts';
import { createQueue } from '../shared/in-order.ts';
import { fromBase64, packetAt } from '../shared/packets.ts';
import { checker } from '../shared/validate.ts';

const text = Type.String();
const commentSchema = Type.Object(
  {
    id: text,
    by: text,
    at: text,
    /** One packet of encrypted data, in base64. */
    sealed: text,
  },
  { additionalProperties: false },
);
export type Comment = Static<typeof commentSchema>;

const check = checker(Type.Array(commentSchema), 'bad-comments', 'comments');
const ID = /^[0-9a-f-]{36}$/;
/** Of one recording: more is no comment any more, it is a transcript. */
const MOST = 100;
/** Symmetrically encrypted, integrity protected data (RFC 4880, section 5.13). */
const SEIPD = 18;

export interface Comments {
  /** Oldest first. */
  of(recording: string): Promise<Comment[]>;
  /** Throws `bad-comment` for what is not one packet, and `too-many-comments`. */
  add(recording: string, by: string, sealed: string): Promise<Comment>;
  /** Throws `no-such-comment`: there is none, or it is somebody else’s. */
  own(recording: string, id: string, user: string): Promise<Comment>;
  remove(recording: string, id: string): Promise<void>;
  /** With its recording, a comment goes. */
  forgetOf(recording: string): Promise<void>;
}

/** Opens the comments in a folder, one file for each recording that has any. */
export async function openComments(folder: string, clock: Clock): Promise<Comments> {
  await makeFolder(folder);
  const inOrder = createQueue();
  const path = (recording: string) => join(folder, `${recording}.json`);
  // Most recordings have no comments, and most purges nothing to flush.
  let unflushed = false;

  async function of(recording: string): Promise<Comment[]> {
    const found = ID.test(recording) ? await readIfThere(path(recording)) : undefined;
    return found === undefined ? [] : check(JSON.parse(found));
  }
  async function keep(recording: string, comments: Comment[]): Promise<void> {
    if (comments.length > 0) return writeDurably(path(recording), `${JSON.stringify(comments)}\n`);
    await forgetOf(recording);
  }
  async function forgetOf(recording: string): Promise<void> {
    if (!ID.test(recording)) return;
    const found = await unlink(path(recording)).then(
      () => true,
      (error) => {
        if (isMissing(error)) return false;
        throw error;
      },
    );
    unflushed ||= found;
    if (!unflushed) return;
    await syncFolder(folder);
    unflushed = false;
  }

  return {
    of,
    forgetOf: (recording) => inOrder(() => forgetOf(recording)),
    add: (recording, by, sealed) =>
      inOrder(async () => {
        insistSealed(sealed);
        const before = await of(recording);
        if (before.length >= MOST)
          throw new GreffierError('too-many-comments', `recording ${recording} has ${MOST} comments`, {
            hint: 'remove one first',
            status: 409,
          });
        const made = { id: randomUUID(), by, at: clock().toISOString(), sealed };
        await keep(recording, [...before, made]);
        return made;
      }),
    async own(recording, id, user) {
      const found = (await of(recording)).find((one) => one.id === id && one.by === user);
      if (found) return found;
      throw new GreffierError('no-such-comment', `no comment ${id.slice(0, 36)} of ${user}`, { status: 404 });
    },
    remove: (recording, id) =>
      inOrder(async () =>
        keep(
          recording,
          (await of(recording)).filter((one) => one.id !== id),
        ),
      ),
  };
}

/** Whatever is not encrypted must not come to lie here, by mistake either (promise 3). */
function insistSealed(sealed: string): void {
  if (!isSealed(fromBase64(sealed)))
    throw new GreffierError('bad-comment', 'a comment is one packet of encrypted data, version 1', {
      hint: 'encrypt it in the browser, with the session key of the recording',
      status: 400,
    });
}

function isSealed(bytes: Uint8Array): boolean {
  try {
    const { tag, start, end } = packetAt(bytes, 0);
    return tag === SEIPD && end === bytes.length && bytes[start] === 1;
  } catch {
    return false;
  }
}
