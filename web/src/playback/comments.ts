/** Comments on moments of a recording, opened and sealed with the recording's own key. They go when the key is locked. */
import { signal } from '@preact/signals';
import { api } from '../shared/api.ts';
import { codeOf } from '../shared/api-error.ts';
import type { SealedComment } from '../shared/comment-types.ts';
import type { Opener } from '../shared/opener.ts';

export interface Comment {
  id: string;
  by: string;
  at: string;
  /** Of the audio. */
  seconds: number;
  text: string;
}

/** What is sealed. It names its recording, so that none can be laid beside another. */
interface Said {
  recording: string;
  ms: number;
  text: string;
}

export type Comments = ReturnType<typeof createComments>;

export function createComments(recording: string, opener: Opener) {
  const list = signal<Comment[]>([]);
  /** How many could not be opened. */
  const unreadable = signal(0);
  const problem = signal<string | null>(null);

  /** Does something, and keeps why it failed. True when it did not. */
  async function attempt(work: () => Promise<void>): Promise<boolean> {
    problem.value = null;
    try {
      await work();
      return true;
    } catch (error) {
      problem.value = codeOf(error);
      return false;
    }
  }
  function opened({ id, by, at }: SealedComment, plain: string | null): Comment[] {
    const said = plain === null ? undefined : saidIn(plain);
    if (said?.recording !== recording) return [];
    return [{ id, by, at, seconds: said.ms / 1_000, text: said.text }];
  }
  const sorted = (all: Comment[]) => all.sort((one, next) => one.seconds - next.seconds);

  return {
    list,
    unreadable,
    problem,
    load: (ticket: string) =>
      attempt(async () => {
        const { comments } = await api.comments(recording, ticket);
        const plain = await opener.openNotes(comments.map(({ sealed }) => sealed));
        const found = comments.flatMap((one, at) => opened(one, plain[at] ?? null));
        list.value = sorted(found);
        unreadable.value = comments.length - found.length;
      }),
    add: (seconds: number, text: string) =>
      attempt(async () => {
        const said: Said = { recording, ms: Math.round(seconds * 1_000), text };
        const { id, by, at } = await api.comment(recording, await opener.sealNote(JSON.stringify(said)));
        list.value = sorted([...list.value, { id, by, at, seconds: said.ms / 1_000, text }]);
      }),
    remove: (id: string) =>
      attempt(async () => {
        await api.removeComment(recording, id);
        list.value = list.value.filter((one) => one.id !== id);
      }),
    forget() {
      [list.value, unreadable.value, problem.value] = [[], 0, null];
    },
  };
}

function saidIn(plain: string): Said | undefined {
  try {
    const { recording, ms, text } = JSON.parse(plain) as Partial<Said>;
    return typeof recording === 'string' && Number.isFinite(ms) && typeof text === 'string'
      ? { recording, ms: Number(ms), text }
      : undefined;
  } catch {
    return undefined;
  }
}
