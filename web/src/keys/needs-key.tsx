/** Shows its content once the one right key is unlocked; until then, what is missing. */
import type { ComponentChildren } from 'preact';
import { words } from '../shared/i18n.ts';
import { Lock } from '../shared/icons.tsx';
import { Banner } from '../shared/ui.tsx';
import { opener } from './key-holder.ts';
import { UnlockForm } from './unlock-form.tsx';

export function holds(fingerprint: string): boolean {
  return opener.key.value?.fingerprints.includes(fingerprint.toLowerCase()) ?? false;
}

export function NeedsKey({ fingerprint, children }: { fingerprint: string; children: ComponentChildren }) {
  const key = opener.key.value;
  if (!key) return <UnlockForm />;
  return holds(fingerprint) ? children : <OtherKey owner={key.owner} />;
}

function OtherKey({ owner }: { owner: string }) {
  const t = words.value;
  return (
    <Banner tone="warning" testId="other-key">
      <p>{t.keyring.otherKey(owner)}</p>
      <LockButton />
    </Banner>
  );
}

export function LockButton() {
  return (
    <button type="button" class="button small" data-testid="lock-here" onClick={() => opener.lock()}>
      <Lock />
      {words.value.keyring.lockNow}
    </button>
  );
}
