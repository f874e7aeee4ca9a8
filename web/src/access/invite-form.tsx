/** Inviting somebody: a name and roles; the rest the person does alone. */
import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { PeopleList } from '../shared/access-types.ts';
import { api } from '../shared/api.ts';
import { ClientChoice } from './client-choice.tsx';
import type { Link } from './people-page.tsx';
import { RoleChoice } from './role-choice.tsx';
import { accessWords } from './words.ts';

interface InviteFormProps {
  clients: PeopleList['clients'];
  act(work: () => Promise<Link | null>): Promise<void>;
}

export function InviteForm({ clients, act }: InviteFormProps) {
  const open = useSignal(false);
  const user = useRef<HTMLInputElement>(null);
  const roles = useSignal<string[]>([]);
  const limit = useSignal<string[] | null>(null);
  const t = accessWords.value.people;
  async function submit(event: SubmitEvent) {
    event.preventDefault();
    const name = user.current?.value.trim() ?? '';
    await act(async () => {
      const wish = { user: name, roles: roles.value, ...(limit.value && { clients: limit.value }) };
      const { token } = await api.invite(wish);
      [open.value, roles.value, limit.value] = [false, [], null];
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
      <ClientChoice clients={clients} chosen={limit} id="invite" />
      <div class="actions">
        <button
          type="submit"
          class="button primary"
          disabled={roles.value.length === 0 || limit.value?.length === 0}
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
