/** One announcement: what it says, who hears it, its audio, and the versions before it. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { may } from '../access/session.ts';
import { codeOf } from '../shared/api-error.ts';
import { settingsApi as api } from '../shared/settings-api.ts';
import type { Announcement } from '../shared/settings-types.ts';
import { Failure } from '../shared/ui.tsx';
import { told } from './told.ts';
import { VersionForm } from './version-form.tsx';
import { settingsWords } from './words.ts';

interface RowProps {
  announcement: Announcement;
  /** Versions that it has replaced, or that are played in no line any more. */
  older: Announcement[];
  replaced(id: string): void;
}

export function AnnouncementRow({ announcement, older, replaced }: RowProps) {
  const open = useSignal(false);
  const words = settingsWords.value;
  const t = words.announcements;
  const { id, client, language, version, kind, lines } = announcement;
  return (
    <li data-testid={`announcement-${id}`}>
      <div class="person-head">
        <strong>{id}</strong>
        <span class="tag">{client}</span>
        <span class="muted small">
          {[t.kinds[kind] ?? kind, t.languages[language] ?? language, t.version(version)].join(' · ')}
        </span>
      </div>
      <blockquote class="wording" lang={language}>
        {announcement.text}
      </blockquote>
      <p class="small">
        {lines.length > 0 ? `${t.playedBy}${words.colon}${lines.map(told).join(', ')}` : t.playedByNone}
      </p>
      <Sound announcement={announcement} />
      {may('policies:decide') && (
        <div class="actions">
          <button
            type="button"
            class="button small"
            aria-expanded={open.value}
            aria-label={`${t.replace} ${id}`}
            data-testid={`replace-${id}`}
            onClick={() => {
              open.value = !open.value;
            }}
          >
            {t.replace}
          </button>
        </div>
      )}
      {open.value && (
        <VersionForm
          announcement={announcement}
          done={(fresh) => {
            open.value = false;
            replaced(fresh);
          }}
          cancel={() => {
            open.value = false;
          }}
        />
      )}
      {older.length > 0 && (
        <details class="older" data-testid={`older-${id}`}>
          <summary>{t.older(older.length)}</summary>
          <p class="hint">{t.olderHint}</p>
          {older.map((one) => (
            <div key={one.id} class="older-version">
              <strong>{one.id}</strong>
              <blockquote class="wording" lang={one.language}>
                {one.text}
              </blockquote>
              <Sound announcement={one} />
            </div>
          ))}
        </details>
      )}
    </li>
  );
}

/** Whether it can be played, and playing it here. */
function Sound({ announcement: { id, seconds, sha256, audio } }: { announcement: Announcement }) {
  const t = settingsWords.value.announcements;
  if (seconds === null)
    return (
      <div>
        <p>
          <span class="tag danger">{t.faulty}</span>
        </p>
        <p class="hint">{t.faultyHint}</p>
        <p class="hint" lang="en">
          {audio}
        </p>
      </div>
    );
  return (
    <div class="sound">
      <Player id={id} />
      <p class="hint">
        {seconds.toFixed(1)} s · {t.inOrder} · {t.hash}{' '}
        <code title={sha256 ?? ''}>{sha256?.slice(0, 12)}…</code>
      </p>
    </div>
  );
}

function Player({ id }: { id: string }) {
  const t = settingsWords.value.announcements;
  const address = useSignal<string | null>(null);
  const failed = useSignal<string | null>(null);
  useEffect(() => () => URL.revokeObjectURL(address.peek() ?? ''), [address]);
  async function fetchIt() {
    try {
      address.value = URL.createObjectURL(await api.announcementAudio(id));
      failed.value = null;
    } catch (error) {
      failed.value = codeOf(error);
    }
  }
  if (failed.value) return <Failure code={failed.value} testId="sound-error" retry={() => void fetchIt()} />;
  if (address.value)
    return (
      // biome-ignore lint/a11y/useMediaCaption: its words stand above it
      <audio controls autoPlay src={address.value} aria-label={id} data-testid={`audio-${id}`} />
    );
  return (
    <button
      type="button"
      class="button small"
      aria-label={`${t.listen} ${id}`}
      data-testid={`listen-${id}`}
      onClick={() => void fetchIt()}
    >
      {t.listen}
    </button>
  );
}
