/** The recovery codes, shown once; one goes on when they are kept. */
import { useSignal } from '@preact/signals';
import { accessWords } from './words.ts';

export function RecoveryCodes({ codes, done, next }: { codes: string[]; done: () => void; next: string }) {
  const kept = useSignal(false);
  const t = accessWords.value.codes;
  const file = `data:text/plain;charset=utf-8,${encodeURIComponent(`Greffier\n${codes.join('\n')}\n`)}`;
  return (
    <section class="codes" data-testid="recovery-codes">
      <h2>{t.title}</h2>
      <p class="muted">{t.hint}</p>
      <ol class="code-list">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <a class="button" href={file} download="greffier-recovery-codes.txt" data-testid="save-codes">
        {t.download}
      </a>
      <label class="tick">
        <input
          type="checkbox"
          checked={kept.value}
          data-testid="codes-kept"
          onChange={(event) => {
            kept.value = event.currentTarget.checked;
          }}
        />
        <span>{t.kept}</span>
      </label>
      <button
        type="button"
        class="button primary"
        disabled={!kept.value}
        data-testid="codes-done"
        onClick={done}
      >
        {next}
      </button>
    </section>
  );
}
