/** The recording that was handed out, its key and its passphrase; then the player. Nothing leaves this page. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { KeyField } from '../keys/key-field.tsx';
import { Player } from '../playback/player.tsx';
import { ApiError, codeOf } from '../shared/api-error.ts';
import { exactMoment, fingerprint, phoneNumber } from '../shared/format.ts';
import { sentenceOf, words } from '../shared/i18n.ts';
import { Check, Warn } from '../shared/icons.tsx';
import { Preferences } from '../shared/preferences.tsx';
import { SecretField } from '../shared/secret-field.tsx';
import { Banner, Fact, PageTitle } from '../shared/ui.tsx';
import { type Handed, sortFiles } from './files.ts';
import { type OpenedRecording, openHanded } from './opened.ts';
import { viewerWords } from './words.ts';

export function Viewer() {
  const opened = useSignal<OpenedRecording | null>(null);
  const t = viewerWords.value;
  function close(): void {
    if (opened.value) URL.revokeObjectURL(opened.value.audio);
    opened.value = null;
  }
  // A page kept for the back button would keep clear audio too.
  useEffect(() => {
    addEventListener('pagehide', close);
    return () => removeEventListener('pagehide', close);
  });
  return (
    <>
      <header class="top">
        <span class="brand">
          <span>Greffier</span>
        </span>
        <div class="top-end">
          <Preferences />
        </div>
      </header>
      <main class="page viewer" id="content">
        <PageTitle text={t.title}>
          <p class="muted">{t.hint}</p>
        </PageTitle>
        {opened.value ? (
          <Opened recording={opened.value} close={close} />
        ) : (
          <OpenForm
            done={(recording) => {
              opened.value = recording;
            }}
          />
        )}
      </main>
    </>
  );
}

function OpenForm({ done }: { done(recording: OpenedRecording): void }) {
  const handed = useSignal<Handed | null>(null);
  const armored = useSignal('');
  const passphrase = useRef<HTMLInputElement>(null);
  const problem = useSignal<string | null>(null);
  const busy = useSignal(false);
  const t = viewerWords.value;
  const k = words.value.keys;
  const own: Record<string, string> = t.errors;

  async function take(files: Iterable<File>) {
    const found = await sortFiles(files);
    if (found.handed) handed.value = found.handed;
    if (found.privateKey) armored.value = found.privateKey;
    problem.value = found.handed || found.privateKey || handed.value ? null : 'no-recording';
  }
  async function submit(event: SubmitEvent) {
    event.preventDefault();
    if (busy.value) return;
    [busy.value, problem.value] = [true, null];
    try {
      if (!handed.value) throw new ApiError('no-recording', 'no file is chosen');
      if (!armored.value) throw new ApiError('no-key', 'no key is chosen');
      done(await openHanded(handed.value, armored.value, passphrase.current?.value ?? ''));
    } catch (error) {
      problem.value = codeOf(error);
    }
    busy.value = false;
  }
  return (
    <form
      class="card unlock"
      onSubmit={submit}
      aria-busy={busy.value}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        void take(event.dataTransfer?.files ?? []);
      }}
    >
      <div class="field">
        <label for="viewer-files">{t.files}</label>
        <input
          id="viewer-files"
          type="file"
          multiple
          aria-describedby="viewer-files-hint"
          data-testid="viewer-files"
          onChange={({ currentTarget }) => void take(currentTarget.files ?? [])}
        />
        <p class="hint" id="viewer-files-hint">
          {t.filesHint}
        </p>
      </div>
      {handed.value && <Parts handed={handed.value} />}
      <KeyField armored={armored} />
      <SecretField
        id="viewer-passphrase"
        label={k.passphrase}
        show={k.showPassphrase}
        hide={k.hidePassphrase}
        autocomplete="off"
        testId="viewer-passphrase"
        field={passphrase}
      />
      {problem.value && (
        <Banner tone="error" testId="viewer-error">
          {own[problem.value] ?? sentenceOf(problem.value)}
        </Banner>
      )}
      <button type="submit" class="button primary" disabled={busy.value} data-testid="viewer-open">
        {busy.value ? t.opening : t.open}
      </button>
    </form>
  );
}

/** What was found among the files: what is missing is not proven. */
function Parts({ handed }: { handed: Handed }) {
  const t = viewerWords.value;
  const proof = handed.manifest && handed.signature && handed.certificate;
  return (
    <p class={proof ? 'verdict good' : 'verdict'} role="status" data-testid="viewer-parts">
      {proof ? <Check /> : <Warn />} {proof ? t.withProof : t.withoutProof}
    </p>
  );
}

function Opened({ recording, close }: { recording: OpenedRecording; close(): void }) {
  const { manifest, details, signedBy } = recording;
  const t = viewerWords.value;
  return (
    <section class="card listen">
      <dl class="viewer-facts">
        {manifest && (
          <Fact name={t.call}>
            {exactMoment(manifest.arrivedAt)} · {manifest.line.name}{' '}
            <span class="figures">{phoneNumber(manifest.line.did)}</span>
          </Fact>
        )}
        {details?.outsideNumber && (
          <Fact name={t.outside}>
            {phoneNumber(details.outsideNumber)} {details.outsideName}
          </Fact>
        )}
        <Fact name={t.origin}>
          <span class={signedBy ? 'verdict good' : 'verdict'} data-testid="viewer-origin">
            {signedBy ? <Check /> : <Warn />} {signedBy ? t.signed : t.unsigned}
          </span>
          {signedBy && (
            <>
              <code>{fingerprint(signedBy)}</code>
              <span class="quiet">{t.compare}</span>
            </>
          )}
        </Fact>
      </dl>
      <Player
        audio={recording.audio}
        seconds={recording.peaks.seconds}
        peaks={recording.peaks}
        manifest={manifest}
      />
      <button type="button" class="button" data-testid="viewer-close" onClick={close}>
        {t.close}
      </button>
    </section>
  );
}
