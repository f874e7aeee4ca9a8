/** The recovery key made with gpg elsewhere: the commands, and the way for its public part. */
import { useSignal } from '@preact/signals';
import { codeOf } from '../shared/api-error.ts';
import { Failure } from '../shared/ui.tsx';
import { Choose } from './key-field.tsx';
import { keyWords } from './words.ts';

const COMMANDS = `gpg --quick-generate-key 'Recovery <recovery@example.org>' default default 5y
gpg --armor --export recovery@example.org > recovery.asc
gpg --armor --export-secret-keys recovery@example.org > recovery-private.asc`;

export function OfflineKey({ offer, back }: { offer(armored: string): Promise<void>; back(): void }) {
  const picked = useSignal('');
  const busy = useSignal(false);
  const problem = useSignal<string | null>(null);
  const t = keyWords.value.setup;
  async function submit(event: SubmitEvent) {
    event.preventDefault();
    // A private key that was picked by mistake does not leave this browser.
    const isPrivate = /PRIVATE KEY/.test(picked.value);
    problem.value = isPrivate ? 'key-is-private' : picked.value.trim() ? null : 'public-key-missing';
    if (busy.value || problem.value) return;
    busy.value = true;
    try {
      await offer(picked.value);
    } catch (error) {
      problem.value = codeOf(error);
    }
    busy.value = false;
  }
  return (
    <form class="enrol-form" onSubmit={submit} aria-busy={busy.value} data-testid="offline-form">
      <p>{t.commands}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to get there */}
      <pre class="commands" tabIndex={0}>
        {COMMANDS}
      </pre>
      <p class="hint">{t.commandsHint}</p>
      {problem.value && <Failure code={problem.value} testId="offline-error" />}
      <div class="field">
        <Choose armored={picked} id="recovery" label={t.upload} />
      </div>
      <button type="submit" class="button primary" disabled={busy.value} data-testid="offline-submit">
        {busy.value ? t.sending : t.uploadSubmit}
      </button>
      <button type="button" class="link-button" data-testid="offline-back" onClick={back}>
        {t.back}
      </button>
    </form>
  );
}
