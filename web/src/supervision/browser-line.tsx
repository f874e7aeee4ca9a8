/** What the phone in this page is doing: connecting, how loud it is, and whether the microphone is open. */
import { Mic, MicOff } from '../shared/icons.tsx';
import type { BrowserPhone } from './browser-phone.ts';
import { liveWords } from './words.ts';

/** Beside a session that runs in this page. */
export function BrowserLine({ phone: { state, microphone, level } }: { phone: BrowserPhone }) {
  const t = liveWords.value.browser;
  if (state.value !== 'hearing')
    return (
      <p class="small muted" data-testid="browser-state" data-state={state.value}>
        {t.states[state.value]}
      </p>
    );
  const open = microphone.value;
  return (
    <div class="browser-line" data-testid="browser-state" data-state="hearing">
      <meter
        class="live-level"
        aria-label={t.level}
        min={0}
        max={100}
        value={Math.round(level.value * 100)}
        data-testid="browser-level"
      />
      <span class={open ? 'tag bad' : 'tag quiet'} data-testid="browser-microphone" data-open={open}>
        {open ? <Mic /> : <MicOff />}
        {open ? t.open : t.closed}
      </span>
    </div>
  );
}

/** While it is not there yet; empty before, and once it is. */
export function BrowserComing({ phone: { state } }: { phone: BrowserPhone }) {
  const text = liveWords.value.browser.states[state.value];
  return (
    <p class="small" role="status" data-testid="browser-coming" data-state={state.value}>
      {text}
    </p>
  );
}
