/** Inviting somebody: a name and roles; the rest the person does alone. */
import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { api } from '../shared/api.ts';
import type { Link } from './people-page.tsx';
import { RoleChoice } from './role-choice.tsx';
import { accessWords } from './words.ts';

export function InviteForm({ act }: { act: (work: () => Promise<Link | null>) => Promise<void> }) {
  const open = useSignal(false);
  const user = useRef<HTMLInputElement>(null);
  const roles = useSignal<string[]>([]);
  const t = accessWords.value.people;
  async function submit(event: SubmitEvent) {
    event.preventDefault();
    const name = user.current?.value.trim() ?? '';
    await act(async () => {
      const { token } = await api.invite(name, roles.value);
      [open.value, roles.value] = [false, []];
      return { user: name, token };
    });
  }
  if (!open.value)
    return (
      <p>
        <button
          type="button"
          class="button primary"
          data-testid="invite-open"
          onClick={() => {
            open.value = true;
          }}
        >
          {t.invite}
        </button>
      </p>
    );
  return (
    <form class="card enrol-form" onSubmit={submit} data-testid="invite-form">
      <h2>{t.invite}</h2>
      <div class="field">
        <label for="invite-user">{t.user}</label>
        <input
          id="invite-user"
          ref={user}
          required
          pattern="[a-z](?:[a-z0-9]|\.|\x2d){1,31}"
          autocapitalize="off"
          autocomplete="off"
          spellcheck={false}
          aria-describedby="invite-hint"
          data-testid="invite-user"
        />
        <p class="hint" id="invite-hint">
          {t.userHint}
        </p>
      </div>
      <RoleChoice chosen={roles} id="invite" />
      <div class="actions">
        <button
          type="submit"
          class="button primary"
          disabled={roles.value.length === 0}
          data-testid="invite-submit"
        >
          {t.submit}
        </button>
        <button
          type="button"
          class="button"
          onClick={() => {
            open.value = false;
          }}
        >
          {t.cancel}
        </button>
      </div>
    </form>
  );
}
