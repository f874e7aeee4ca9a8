/** What was written about moments of the recording, and a field for more. `C` goes to the field. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { clock, exactMoment } from '../shared/format.ts';
import { Cross } from '../shared/icons.tsx';
import { plainKey } from '../shared/keyboard.ts';
import { Failure } from '../shared/ui.tsx';
import { commentWords } from './comment-words.ts';
import type { Comment, Comments } from './comments.ts';
import type { Transport } from './transport.ts';

const LONGEST = 1_000;

interface CommentListProps {
  comments: Comments;
  transport: Transport;
  user: string;
}

export function CommentList({ comments, transport, user }: CommentListProps) {
  const t = commentWords.value;
  const { list, unreadable, problem } = comments;
  return (
    <section class="comments" aria-labelledby="comments-title" data-testid="comments">
      <h3 id="comments-title">{t.title}</h3>
      {list.value.length > 0 && (
        <ol>
          {list.value.map((comment) => (
            <Line
              key={comment.id}
              comment={comment}
              seek={() => transport.seek(comment.seconds)}
              remove={comment.by === user ? () => void comments.remove(comment.id) : undefined}
            />
          ))}
        </ol>
      )}
      {unreadable.value > 0 && <p class="muted small">{t.unreadable(unreadable.value)}</p>}
      {problem.value && <Failure code={problem.value} testId="comments-error" />}
      <Field comments={comments} transport={transport} />
    </section>
  );
}

interface LineProps {
  comment: Comment;
  seek(): void;
  remove: (() => void) | undefined;
}

function Line({ comment: { seconds, text, by, at }, seek, remove }: LineProps) {
  const t = commentWords.value;
  return (
    <li class="comment" data-testid="comment">
      <button type="button" class="button small figures" data-testid="comment-moment" onClick={seek}>
        <span class="for-ears">{t.goTo} </span>
        {clock(seconds)}
      </button>
      <div>
        <p class="comment-text">{text}</p>
        <p class="muted small">
          {by} · <time dateTime={at}>{exactMoment(at)}</time>
        </p>
      </div>
      {remove && (
        <button
          type="button"
          class="icon-button"
          aria-label={t.remove}
          title={t.remove}
          data-testid="comment-remove"
          onClick={remove}
        >
          <Cross />
        </button>
      )}
    </li>
  );
}

/** The moment is where the sound was when the writing began: who writes lets it play on. */
function Field({ comments, transport }: Pick<CommentListProps, 'comments' | 'transport'>) {
  const field = useRef<HTMLTextAreaElement>(null);
  const moment = useSignal<number | null>(null);
  const busy = useSignal(false);
  const t = commentWords.value;
  useEffect(() => {
    function pressed(event: KeyboardEvent) {
      if (plainKey(event) !== 'c') return;
      event.preventDefault();
      field.current?.focus();
    }
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, []);
  const seconds = moment.value ?? transport.here.value;
  async function submit(event: SubmitEvent) {
    event.preventDefault();
    const text = field.current?.value.trim() ?? '';
    if (!text || busy.value) return;
    busy.value = true;
    if ((await comments.add(seconds, text)) && field.current) {
      field.current.value = '';
      moment.value = null;
    }
    busy.value = false;
  }
  return (
    <form class="comment-form" onSubmit={submit} aria-busy={busy.value}>
      <label for="comment-text">{t.at(clock(seconds))}</label>
      <textarea
        id="comment-text"
        ref={field}
        rows={2}
        maxLength={LONGEST}
        aria-describedby="comment-hint"
        aria-keyshortcuts="c"
        data-testid="comment-text"
        onInput={({ currentTarget }) => {
          moment.value = currentTarget.value ? (moment.value ?? transport.here.peek()) : null;
        }}
      />
      <p class="hint" id="comment-hint">
        {t.hint}
      </p>
      <button type="submit" class="button small" disabled={busy.value} data-testid="comment-submit">
        {t.submit}
      </button>
    </form>
  );
}
