/** One person: how far the access has come, and what may be done about it. */
import { useSignal } from '@preact/signals';
import type { PersonRow } from '../shared/access-types.ts';
import { api } from '../shared/api.ts';
import type { Link } from './people-page.tsx';
import { RoleChoice } from './role-choice.tsx';
import { roleName } from './role-name.ts';
import { may, session } from './session.ts';
import { accessWords } from './words.ts';

type Act = (work: () => Promise<Link | null>) => Promise<void>;
const STEPS = ['roles', 'reset', 'remove'] as const;
type Step = (typeof STEPS)[number];

export function PersonLine({ person, act }: { person: PersonRow; act: Act }) {
  const step = useSignal<Step | null>(null);
  const t = accessWords.value.people;
  const { user, roles, state, totp, recoveryCodesLeft } = person;
  const oneself = user === session.value?.user;
  const names = { roles: t.change, reset: t.reset, remove: t.remove };
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
      {state === 'active' && (
        <p class="hint">{totp ? `${t.totp}, ${t.codesLeft(recoveryCodesLeft)}` : t.noTotp}</p>
      )}
      {may('people:manage') && !oneself && (
        <div class="actions">
          {STEPS.map((one) => (
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
