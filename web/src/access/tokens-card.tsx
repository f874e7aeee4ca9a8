/** Tokens of programs: those there are, and making one. */
import { useSignal } from '@preact/signals';
import { useCallback, useEffect } from 'preact/hooks';
import type { TokenList, TokenRow, TokenWish } from '../shared/access-types.ts';
import { api } from '../shared/api.ts';
import { codeOf } from '../shared/api-error.ts';
import { day } from '../shared/format.ts';
import { Bone, Failure } from '../shared/ui.tsx';
import { may } from './session.ts';
import { TokenForm } from './token-form.tsx';
import { tokenWords } from './token-words.ts';

export function TokensCard() {
  const list = useSignal<TokenList | null>(null);
  const problem = useSignal<string | null>(null);
  const shown = useSignal<{ name: string; secret: string } | null>(null);
  const act = useCallback(
    async (work: () => Promise<unknown>) => {
      try {
        await work();
        list.value = await api.tokens();
        problem.value = null;
      } catch (error) {
        problem.value = codeOf(error);
      }
    },
    [list, problem],
  );
  useEffect(() => {
    if (may('tokens:manage')) void act(async () => {});
  }, [act]);
  if (!may('tokens:manage')) return null;
  const t = tokenWords.value;
  const { value } = list;
  const make = (wish: TokenWish) =>
    act(async () => {
      const { secret } = await api.makeToken(wish);
      shown.value = { name: wish.name, secret };
    });
  return (
    <section class="card tokens" data-testid="tokens" aria-busy={!value}>
      <h2>{t.title}</h2>
      <p class="hint">{t.hint}</p>
      {problem.value && (
        <Failure code={problem.value} testId="tokens-error" retry={() => void act(async () => {})} />
      )}
      {shown.value && <Secret {...shown.value} />}
      {value?.tokens.length === 0 && <p class="muted">{t.none}</p>}
      {!value && !problem.value && <Bone width="l" />}
      <ul class="person-rows">
        {value?.tokens.map((token) => (
          <TokenLine
            key={token.id}
            token={token}
            client={value.clients.find(({ id }) => id === token.client)?.name ?? token.client}
            revoke={() => act(() => api.revokeToken(token.id))}
          />
        ))}
      </ul>
      {value && <TokenForm list={value} make={make} />}
    </section>
  );
}

function Secret({ name, secret }: { name: string; secret: string }) {
  const copied = useSignal(false);
  const t = tokenWords.value;
  return (
    <div class="sure" data-testid="token-secret" role="status">
      <h3>{t.secret(name)}</h3>
      <p class="hint">{t.secretHint}</p>
      <code class="invitation-address">{secret}</code>
      <button
        type="button"
        class="button small"
        onClick={async () => {
          await navigator.clipboard.writeText(secret);
          copied.value = true;
        }}
      >
        {copied.value ? t.copied : t.copy}
      </button>
    </div>
  );
}

interface LineProps {
  token: TokenRow;
  client: string | null;
  revoke(): Promise<void>;
}

function TokenLine({ token, client, revoke }: LineProps) {
  const sure = useSignal(false);
  const t = tokenWords.value;
  const over = Date.parse(token.expiresAt) <= Date.now();
  return (
    <li data-testid="token">
      <div class="person-head">
        <strong>{token.name}</strong>
        <span class="tag">{client ?? t.allClients}</span>
        <span class={over ? 'tag warning' : 'tag good'}>{over ? t.over : t.until(day(token.expiresAt))}</span>
      </div>
      <p class="small">{token.scopes.map((scope) => t.scopeNames[scope] ?? scope).join(', ')}</p>
      <p class="hint">
        {`${t.by(token.madeBy)} · ${token.lastUsedAt ? t.used(day(token.lastUsedAt)) : t.never}`}
      </p>
      <div class="actions">
        <button
          type="button"
          class="button small"
          aria-expanded={sure.value}
          aria-label={`${t.revoke} ${token.name}`}
          onClick={() => {
            sure.value = !sure.value;
          }}
        >
          {t.revoke}
        </button>
      </div>
      {sure.value && (
        <div class="sure">
          <p>{t.revokeConfirm(token.name)}</p>
          <div class="actions">
            <button type="button" class="button primary small" onClick={() => void revoke()}>
              {t.yes}
            </button>
            <button
              type="button"
              class="button small"
              onClick={() => {
                sure.value = false;
              }}
            >
              {t.no}
            </button>
          </div>
        </div>
      )}
    </li>
  );
}
