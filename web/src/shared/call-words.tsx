/** The values of a recording in human words, the same on every page. */
import type { Recording } from './api-types.ts';
import { clock, day, daysFromNow, exactMoment, nearDay, spokenDuration, time } from './format.ts';
import { words } from './i18n.ts';
import { Inbound } from './icons.tsx';

/** When it started: "today 14:32"; the exact moment on hover. */
export function Started({ iso }: { iso: string }) {
  return (
    <time dateTime={iso} title={exactMoment(iso)} class="started">
      <span class="day">{nearDay(iso)}</span> <span class="time">{time(iso)}</span>
    </time>
  );
}

export function Duration({ seconds }: { seconds: number }) {
  return (
    <span class="figures">
      <span aria-hidden="true">{clock(seconds)}</span>
      <span class="for-ears">{spokenDuration(seconds)}</span>
    </span>
  );
}

/** The outside party's number, all but the last four digits hidden. */
export function Masked({ last4 }: { last4: string }) {
  const t = words.value.recordings;
  if (!last4) return <span class="muted">{t.noNumber}</span>;
  return (
    <span class="figures">
      <span aria-hidden="true">
        <span class="dots">••••</span> {last4}
      </span>
      <span class="for-ears">{t.masked(last4)}</span>
    </span>
  );
}

/** A value that a destroyed recording no longer has. */
export function Nothing() {
  return (
    <span class="muted">
      <span aria-hidden="true">–</span>
      <span class="for-ears">{words.value.recordings.gone}</span>
    </span>
  );
}

export function Direction() {
  return (
    <span class="direction" title={words.value.recordings.inbound}>
      <Inbound />
      <span class="for-ears">{words.value.recordings.inbound}</span>
    </span>
  );
}

export function Purpose({ purpose }: { purpose: string }) {
  return <span class="tag">{words.value.recordings.purposes[purpose] ?? purpose}</span>;
}

/** The day on which it will be destroyed, or was. */
export function Due({ recording }: { recording: Recording }) {
  const t = words.value.recordings;
  if (recording.state === 'destroyed') {
    const at = recording.tombstone?.destroyedAt ?? recording.dueAt;
    return (
      <time dateTime={at} title={exactMoment(at)}>
        {t.destroyedOn(day(at))}
      </time>
    );
  }
  return (
    <time dateTime={recording.dueAt} title={daysFromNow(recording.dueAt)}>
      {day(recording.dueAt)}
      {Date.parse(recording.dueAt) < Date.now() && <span class="tag danger">{t.dueNow}</span>}
    </time>
  );
}

/** The same in a whole sentence, for those who cannot point at the tag. */
export function EndedEarly({ recording }: { recording: Recording }) {
  const ended = words.value.recordings.endedEarly[recording.state];
  return ended ? <p class="hint">{ended.hint}</p> : null;
}

/** That it ended before the call did, and why. */
export function StateTag({ recording }: { recording: Recording }) {
  const ended = words.value.recordings.endedEarly[recording.state];
  if (!ended) return null;
  return (
    <span class="tag warning" title={ended.hint}>
      {ended.tag}
    </span>
  );
}
