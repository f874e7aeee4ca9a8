/** The player: waveform, play, skip, speed, times. The sound comes from a blob of this page. */
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Manifest } from '../shared/api-types.ts';
import { clock, count } from '../shared/format.ts';
import { words } from '../shared/i18n.ts';
import { Pause, Play, Skip } from '../shared/icons.tsx';
import { narrow } from '../shared/width.ts';
import type { Stretch } from './activity.ts';
import { ActivityLine } from './activity-line.tsx';
import { CommentList } from './comment-list.tsx';
import { commentWords } from './comment-words.ts';
import type { Comments } from './comments.ts';
import { marksOf } from './mark.ts';
import { Marks } from './marks.tsx';
import { NO_PEAKS, type Peaks } from './peaks.ts';
import { SPEEDS, type Transport, useTransport } from './transport.ts';
import { Waveform } from './waveform.tsx';

interface PlayerProps {
  audio: string;
  seconds: number;
  /** Null as long as they are measured. */
  peaks: Peaks | null;
  manifest: Manifest | undefined;
  /** Left out where none can be kept. */
  comments?: Comments;
  user?: string;
}

const NO_PINS: { seconds: number }[] = [];
const NO_SILENCES: Stretch[] = [];

export function Player({ audio, seconds, peaks, manifest, comments, user = '' }: PlayerProps) {
  const element = useRef<HTMLAudioElement>(null);
  const transport = useTransport(element, seconds, peaks?.activity.silences ?? NO_SILENCES);
  const marks = useMemo(() => (manifest ? marksOf(manifest, seconds) : []), [manifest, seconds]);
  const t = words.value.player;
  useEffect(() => () => empty(element.current), []);
  return (
    <section class="player" aria-label={t.title} data-testid="player">
      {/* biome-ignore lint/a11y/useMediaCaption: a telephone recording has no captions; none may be made of it */}
      <audio ref={element} src={audio} preload="auto" data-testid="audio" />
      <Waveform
        peaks={peaks ?? NO_PEAKS}
        transport={transport}
        marks={marks}
        pins={comments?.list.value ?? NO_PINS}
      />
      <div class="controls">
        <Buttons transport={transport} />
        <p class="times figures">
          <span data-testid="position">{clock(transport.here.value)}</span>
          <span class="muted"> / {clock(transport.whole)}</span>
        </p>
        <Speed transport={transport} />
      </div>
      {peaks ? (
        <ActivityLine activity={peaks.activity} transport={transport} />
      ) : (
        <p class="hint" role="status">
          {words.value.listen.steps.drawing}
        </p>
      )}
      <Marks marks={marks} transport={transport} />
      {comments && <CommentList comments={comments} transport={transport} user={user} />}
      {!narrow.value && (
        <p class="hint shortcuts">
          {t.shortcuts}
          {comments && ` · ${commentWords.value.shortcut}`}
        </p>
      )}
    </section>
  );
}

/** Lets go of the sound at once; a revoked address alone would still play what was buffered. */
function empty(element: HTMLAudioElement | null): void {
  element?.pause();
  element?.removeAttribute('src');
  element?.load();
}

function Buttons({ transport }: { transport: Transport }) {
  const t = words.value.player;
  const playName = transport.playing.value ? t.pause : t.play;
  const play = useRef<HTMLButtonElement>(null);
  useEffect(() => play.current?.focus({ preventScroll: true }), []);
  return (
    <div class="buttons">
      <button
        type="button"
        class="icon-button"
        aria-label={t.back}
        title={t.back}
        onClick={() => transport.skip(-5)}
      >
        <Skip turn={-1} />
      </button>
      <button
        type="button"
        class="play"
        ref={play}
        aria-label={playName}
        title={playName}
        data-testid="play-button"
        onClick={transport.toggle}
      >
        {transport.playing.value ? <Pause /> : <Play />}
      </button>
      <button
        type="button"
        class="icon-button"
        aria-label={t.forward}
        title={t.forward}
        onClick={() => transport.skip(5)}
      >
        <Skip turn={1} />
      </button>
    </div>
  );
}

function Speed({ transport }: { transport: Transport }) {
  return (
    <label class="speed">
      <span class="for-ears">{words.value.player.speed}</span>
      <select
        class="small"
        data-testid="speed"
        value={String(transport.speed.value)}
        onChange={(event) => transport.setSpeed(Number(event.currentTarget.value))}
      >
        {SPEEDS.map((speed) => (
          <option value={String(speed)} key={speed}>
            {count(speed)} ×
          </option>
        ))}
      </select>
    </label>
  );
}
