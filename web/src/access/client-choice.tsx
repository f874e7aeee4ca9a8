/** Whether somebody sees all clients, or some of them alone (C34). Nothing to choose where the house has one. */
import type { Signal } from '@preact/signals';
import { clientWords } from './client-words.ts';

interface ClientChoiceProps {
  clients: { id: string; name: string }[];
  /** Null for all of them. */
  chosen: Signal<string[] | null>;
  id: string;
}

export function ClientChoice({ clients, chosen, id }: ClientChoiceProps) {
  const t = clientWords.value;
  const some = chosen.value;
  if (clients.length < 2 && !some) return null;
  // A client that has left the settings can still be taken away.
  const gone = (some ?? []).filter((one) => !clients.some((client) => client.id === one));
  const all = [...clients, ...gone.map((one) => ({ id: one, name: one }))];
  const choose = (client: string, on: boolean) => {
    const others = (some ?? []).filter((one) => one !== client);
    chosen.value = on ? [...others, client] : others;
  };
  return (
    <fieldset class="role-choice">
      <legend>{t.clients}</legend>
      <label class="tick">
        <input
          type="checkbox"
          checked={some !== null}
          data-testid={`${id}-limited`}
          onChange={({ currentTarget }) => {
            chosen.value = currentTarget.checked ? [] : null;
          }}
        />
        <span>
          {t.limit} <span class="hint">{t.limitHint}</span>
        </span>
      </label>
      {some !== null &&
        all.map((client) => (
          <label class="tick inner" key={client.id}>
            <input
              type="checkbox"
              checked={some.includes(client.id)}
              data-testid={`${id}-client-${client.id}`}
              onChange={({ currentTarget }) => choose(client.id, currentTarget.checked)}
            />
            <span>{client.name}</span>
          </label>
        ))}
    </fieldset>
  );
}
