/** One person: how far the access has come, and what may be done about it. */
import { useSignal } from '@preact/signals';
import type { PeopleList, PersonRow } from '../shared/access-types.ts';
import { api } from '../shared/api.ts';
import { ClientChoice } from './client-choice.tsx';
import { clientWords } from './client-words.ts';
import type { Link } from './people-page.tsx';
import { RoleChoice } from './role-choice.tsx';
import { roleName } from './role-name.ts';
import { may, session } from './session.ts';
import { accessWords } from './words.ts';

type Act = (work: () => Promise<Link | null>) => Promise<void>;
const STEPS = ['roles', 'clients', 'reset', 'remove'] as const;
type Step = (typeof STEPS)[number];

interface PersonLineProps {
  person: PersonRow;
  clients: PeopleList['clients'];
  act: Act;
}

export function PersonLine({ person, clients, act }: PersonLineProps) {
  const step = useSignal<Step | null>(null);
  const t = accessWords.value.people;
  const { user, roles, clients: limit, state, totp, recoveryCodesLeft } = person;
  const oneself = user === session.value?.user;
  const names = { roles: t.change, clients: clientWords.value.clients, reset: t.reset, remove: t.remove };
  const close = () => {
    step.value = null;
  };
  return (
    <li data-testid="person" data-user={user}>
      <div class="person-head">
        <strong>{user}</strong> {oneself && <span class="tag">{t.you}</span>}
        <span class={state === 'active' ? 'tag good' : 'tag warning'}>{t.states[state]}</span>
      </div>
      <p class="small">{roles.map(roleName).join(', ')}</p>
      {limit && (
        <p class="small" data-testid="person-clients">
          {clientWords.value.limitedTo(
            limit.map((id) => clients.find((one) => one.id === id)?.name ?? id).join(', '),
          )}
        </p>
      )}
      {state === 'active' && (
        <p class="hint">{totp ? `${t.totp}, ${t.codesLeft(recoveryCodesLeft)}` : t.noTotp}</p>
      )}
      {may('people:manage') && !oneself && (
        <div class="actions">
          {STEPS.filter((one) => one !== 'clients' || clients.length > 1 || limit).map((one) => (
            <button
              key={one}
              type="button"
              class="button small"
              aria-expanded={step.value === one}
              onClick={() => {
                step.value = step.value === one ? null : one;
              }}
            >
              {names[one]}
            </button>
          ))}
        </div>
      )}
      {step.value === 'roles' && <NewRoles person={person} act={act} close={close} />}
      {step.value === 'clients' && <NewLimit {...{ person, clients, act, close }} />}
      {step.value === 'reset' && (
        <Sure
          question={t.resetConfirm(user)}
          close={close}
          yes={() => act(async () => ({ user, token: (await api.inviteAnew(user)).token }))}
        />
      )}
      {step.value === 'remove' && (
        <Sure
          question={t.removeConfirm(user)}
          close={close}
          yes={() =>
            act(async () => {
              await api.removePerson(user);
              return null;
            })
          }
        />
      )}
    </li>
  );
}

function Sure({ question, yes, close }: { question: string; yes: () => Promise<void>; close: () => void }) {
  const t = accessWords.value.people;
  return (
    <div class="sure">
      <p>{question}</p>
      <div class="actions">
        <button
          type="button"
          class="button primary small"
          data-testid="sure"
          onClick={() => {
            close();
            void yes();
          }}
        >
          {t.yes}
        </button>
        <button type="button" class="button small" onClick={close}>
          {t.no}
        </button>
      </div>
    </div>
  );
}

function NewLimit({ person, clients, act, close }: PersonLineProps & { close: () => void }) {
  const chosen = useSignal<string[] | null>(person.clients ?? null);
  return (
    <div class="sure">
      <ClientChoice clients={clients} chosen={chosen} id={`limit-${person.user}`} />
      <button
        type="button"
        class="button primary small"
        disabled={chosen.value?.length === 0}
        data-testid="limit-submit"
        onClick={() => {
          close();
          void act(async () => {
            await api.limitPerson(person.user, chosen.value);
            return null;
          });
        }}
      >
        {clientWords.value.save}
      </button>
    </div>
  );
}

function NewRoles({ person, act, close }: { person: PersonRow; act: Act; close: () => void }) {
  const chosen = useSignal(person.roles);
  const t = accessWords.value.people;
  return (
    <div class="sure">
      <RoleChoice chosen={chosen} id={`roles-${person.user}`} />
      <button
        type="button"
        class="button primary small"
        disabled={chosen.value.length === 0}
        data-testid="roles-submit"
        onClick={() => {
          close();
          void act(async () => {
            await api.changeRoles(person.user, chosen.value);
            return null;
          });
        }}
      >
        {t.change}
      </button>
    </div>
  );
}
