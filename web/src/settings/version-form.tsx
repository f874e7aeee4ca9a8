/** A new version of an announcement: its text and its audio, looked at by the server first, then put in force. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { ApiError, codeOf } from '../shared/api-error.ts';
import { sentenceOf } from '../shared/i18n.ts';
import { File as FileIcon } from '../shared/icons.tsx';
import { settingsApi as api } from '../shared/settings-api.ts';
import type { Announcement, NewVersion, NewWording, SettingsPlan } from '../shared/settings-types.ts';
import { Banner } from '../shared/ui.tsx';
import { TextField } from './fields.tsx';
import { Changes, Faults } from './plan-lists.tsx';
import { told } from './told.ts';
import { settingsWords } from './words.ts';

const LARGEST = 24 * 1024 * 1024;

interface FormProps {
  announcement: Announcement;
  done(id: string): void;
  cancel(): void;
}

export function VersionForm({ announcement: { id, text: before, lines }, done, cancel }: FormProps) {
  const words = settingsWords.value;
  const t = words.announcements;
  const text = useSignal(before);
  const file = useSignal<File | null>(null);
  const preview = useSignal<string | null>(null);
  const planned = useSignal<(NewVersion & { plan: SettingsPlan }) | null>(null);
  const problem = useSignal<ApiError | null>(null);
  const busy = useSignal(false);
  useEffect(() => () => URL.revokeObjectURL(preview.peek() ?? ''), [preview]);
  function choose(chosen: File | undefined) {
    URL.revokeObjectURL(preview.value ?? '');
    [planned.value, problem.value] = [null, null];
    file.value = chosen ?? null;
    preview.value = chosen ? URL.createObjectURL(chosen) : null;
  }
  const wish = async (): Promise<NewWording> => ({
    text: text.value.trim(),
    name: (file.value?.name ?? '').slice(0, 120),
    audio: await base64Of(file.value as File),
  });
  async function work(step: () => Promise<void>) {
    [busy.value, problem.value] = [true, null];
    try {
      await step();
    } catch (error) {
      problem.value = error instanceof ApiError ? error : new ApiError(codeOf(error), String(error));
      planned.value = null;
    }
    busy.value = false;
  }
  const look = () =>
    work(async () => {
      planned.value = await api.planAnnouncement(id, await wish());
    });
  const put = (base: string) =>
    work(async () => done((await api.replaceAnnouncement(id, { ...(await wish()), base })).id));
  const tooLarge = (file.value?.size ?? 0) > LARGEST;
  const plan = planned.value?.plan;
  return (
    <form
      class="edit-form"
      aria-label={`${t.replace} ${id}`}
      data-testid="version-form"
      onSubmit={(event) => {
        event.preventDefault();
        void look();
      }}
    >
      <TextField
        name={t.text}
        hint={t.textHint}
        testId="version-text"
        rows={4}
        required
        value={text.value}
        set={(next) => {
          [text.value, planned.value] = [next, null];
        }}
      />
      <div class="field">
        <label for={`file-${id}`}>{t.file}</label>
        <div class="file-field">
          <input
            id={`file-${id}`}
            type="file"
            accept="audio/*,.wav"
            aria-describedby={`file-${id}-hint`}
            data-testid="version-file"
            // A file that was mended may be chosen again under the same name.
            onClick={({ currentTarget }) => {
              currentTarget.value = '';
            }}
            onChange={({ currentTarget }) => choose(currentTarget.files?.[0])}
          />
          <span class="file-face" aria-hidden="true">
            <FileIcon />
            <span class={file.value ? '' : 'muted'}>{file.value?.name ?? t.choose}</span>
          </span>
        </div>
        <p class="hint" id={`file-${id}-hint`}>
          {t.fileHint}
        </p>
      </div>
      {preview.value && (
        // biome-ignore lint/a11y/useMediaCaption: its words are what is typed above it
        <audio controls src={preview.value} aria-label={t.given} />
      )}
      {(problem.value || tooLarge) && (
        <Banner tone="error" testId="version-error">
          <p>{tooLarge ? t.tooLarge : sentenceOf(problem.value?.code ?? '')}</p>
          {problem.value?.code === 'announcement-unsuitable' && (
            <p class="small">
              {told(problem.value.message)}. {told(problem.value.hint)}.
            </p>
          )}
        </Banner>
      )}
      {planned.value && plan && (
        <div class="plan" data-testid="version-plan" role="status">
          {plan.faults.length > 0 ? (
            <Faults faults={plan.faults} testId="version-faults" tone="bad" />
          ) : (
            <>
              <p>{t.becomes(planned.value.id, planned.value.seconds.toFixed(1))}</p>
              {lines.length === 0 && <p class="hint">{t.nobodyPlays}</p>}
              <Changes changes={plan.changes.filter(({ section }) => section !== 'announcements')} />
            </>
          )}
        </div>
      )}
      <div class="actions">
        {plan && plan.faults.length === 0 ? (
          <button
            type="button"
            class="button primary small"
            data-testid="version-apply"
            disabled={busy.value}
            onClick={() => void put(plan.base)}
          >
            {words.apply}
          </button>
        ) : (
          <button
            type="submit"
            class="button primary small"
            data-testid="version-plan-it"
            disabled={busy.value || tooLarge || !file.value}
          >
            {t.makePlan}
          </button>
        )}
        <button type="button" class="button small" onClick={cancel}>
          {words.cancel}
        </button>
      </div>
      {plan && plan.faults.length === 0 && <p class="hint">{words.applyHint}</p>}
    </form>
  );
}

/** What a file holds, as JSON can carry it. */
function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onerror = () => reject(new ApiError('announcement-unsuitable', `${file.name} cannot be read`));
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''));
    reader.readAsDataURL(file);
  });
}
