/** How far fetching and decrypting has come. */
import { size } from '../shared/format.ts';
import { words } from '../shared/i18n.ts';
import type { Step } from './listening.ts';

export interface LoadingProps {
  step: Step;
  done: number;
  whole: number;
  onCancel: () => void;
}

export function Loading({ step, done, whole, onCancel }: LoadingProps) {
  const t = words.value.listen;
  const share = step === 'downloading' ? Math.min(done, whole) / Math.max(1, whole) : 1;
  return (
    <div class="loading" data-testid="playback-progress">
      <p role="status">{t.steps[step]}</p>
      {step === 'downloading' ? (
        <progress max={1} value={share} aria-label={t.steps[step]} />
      ) : (
        <progress aria-label={t.steps[step]} />
      )}
      <p class="loading-foot">
        <span class="muted figures">
          {step === 'downloading' ? `${size(done)} / ${size(whole)}` : size(whole)}
        </span>
        <button type="button" class="link-button" onClick={onCancel}>
          {t.cancel}
        </button>
      </p>
    </div>
  );
}
