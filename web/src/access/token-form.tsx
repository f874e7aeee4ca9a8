/** Making a token: what it is for, what it may read, and until when. */
import { useSignal } from '@preact/signals';
import type { TokenList, TokenWish } from '../shared/access-types.ts';
import { tokenWords } from './token-words.ts';

const DAY_MS = 86_400_000;
const USUAL_DAYS = 90;
const MOST_DAYS = 365;
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

export function TokenForm({ list, make }: { list: TokenList; make(wish: TokenWish): Promise<void> }) {
  const open = useSignal(false);
  const name = useSignal('');
  const scopes = useSignal<string[]>([]);
  const client = useSignal('');
  const expires = useSignal(inDays(USUAL_DAYS));
  const t = tokenWords.value;
  const byClient = scopes.value.length > 0 && scopes.value.every((scope) => list.byClient.includes(scope));
  if (!open.value)
    return (
      <p>
        <button
          type="button"
          class="button"
          data-testid="token-open"
          onClick={() => {
            open.value = true;
          }}
        >
          {t.make}
        </button>
      </p>
    );
  async function submit(event: SubmitEvent) {
    event.preventDefault();
    await make({
      name: name.value.trim(),
      scopes: scopes.value,
      client: byClient && client.value ? client.value : null,
      expiresAt: `${expires.value}T12:00:00.000Z`,
    });
    [open.value, name.value, scopes.value, client.value] = [false, '', [], ''];
  }
  return (
    <form class="enrol-form token-form" onSubmit={submit} data-testid="token-form">
      <h3>{t.make}</h3>
      <div class="field">
        <label for="token-name">{t.name}</label>
        <input
          id="token-name"
          required
          minLength={2}
          maxLength={60}
          autocomplete="off"
          aria-describedby="token-name-hint"
          value={name.value}
          onInput={(event) => {
            name.value = event.currentTarget.value;
          }}
        />
        <p class="hint" id="token-name-hint">
          {t.nameHint}
        </p>
      </div>
      <fieldset class="role-choice">
        <legend>{t.scopes}</legend>
        {list.scopes.map((scope) => (
          <label class="tick" key={scope}>
            <input
              type="checkbox"
              data-testid={`scope-${scope}`}
              checked={scopes.value.includes(scope)}
              onChange={(event) => {
                const others = scopes.value.filter((one) => one !== scope);
                scopes.value = event.currentTarget.checked ? [...others, scope] : others;
              }}
            />
            <span>
              {t.scopeNames[scope] ?? scope} <code>{scope}</code>
            </span>
          </label>
        ))}
      </fieldset>
      <div class="field">
        <label for="token-client">{t.client}</label>
        <select
          id="token-client"
          disabled={!byClient}
          aria-describedby="token-client-hint"
          value={byClient ? client.value : ''}
          onChange={(event) => {
            client.value = event.currentTarget.value;
          }}
        >
          <option value="">{t.allClients}</option>
          {list.clients.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
        <p class="hint" id="token-client-hint">
          {t.clientHint}
        </p>
      </div>
      <div class="field">
        <label for="token-expires">{t.expires}</label>
        <input
          id="token-expires"
          type="date"
          required
          min={inDays(1)}
          max={inDays(MOST_DAYS)}
          aria-describedby="token-expires-hint"
          value={expires.value}
          onChange={(event) => {
            expires.value = event.currentTarget.value;
          }}
        />
        <p class="hint" id="token-expires-hint">
          {t.expiresHint}
        </p>
      </div>
      <div class="actions">
        <button
          type="submit"
          class="button primary"
          disabled={scopes.value.length === 0}
          data-testid="token-submit"
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
