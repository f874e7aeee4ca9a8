/** The link of an invitation, to be handed over. */
import { useSignal } from '@preact/signals';
import type { Link } from './people-page.tsx';
import { accessWords } from './words.ts';

export function InvitationLink({ link: { user, token } }: { link: Link }) {
  const copied = useSignal(false);
  const t = accessWords.value.people;
  const address = `${location.origin}/enrol#${token}`;
  return (
    <section class="card invitation" data-testid="invitation" aria-live="polite">
      <h2>{t.link(user)}</h2>
      <p class="hint">{t.linkHint}</p>
      <code class="invitation-address" data-testid="invitation-address">
        {address}
      </code>
      <button
        type="button"
        class="button small"
        onClick={async () => {
          await navigator.clipboard.writeText(address);
          copied.value = true;
        }}
      >
        {copied.value ? t.copied : t.copy}
      </button>
    </section>
  );
}
