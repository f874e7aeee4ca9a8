/** Who opens a group's key: the members, who could be added, and the key itself where there is none yet. */
import { useSignal } from '@preact/signals';
import { may } from '../access/session.ts';
import { words } from '../shared/i18n.ts';
import type { GroupMember, KeyHolder, SharedGroup } from '../shared/key-types.ts';
import { Banner } from '../shared/ui.tsx';
import { GroupMaker } from './group-maker.tsx';
import { RemoveMember } from './member-removal.tsx';
import { ShareForm } from './share-form.tsx';
import { keyWords } from './words.ts';

export interface GroupProps {
  group: SharedGroup;
  people: KeyHolder[];
}

export function GroupMembers({ group, people }: GroupProps) {
  const key = group.keys.find(({ unfit }) => unfit === null);
  const t = keyWords.value.members;
  if (key)
    return <Members group={group} people={people} fingerprint={key.fingerprint} members={key.members} />;
  if (group.offered)
    return (
      <Banner tone="info" testId="group-waiting">
        {t.waiting}
      </Banner>
    );
  return may('keys:share') ? <Make group={group} people={people} /> : null;
}

function Make({ group, people }: GroupProps) {
  const open = useSignal(false);
  const t = keyWords.value.members;
  if (open.value)
    return (
      <GroupMaker
        group={group}
        people={people}
        close={() => {
          open.value = false;
        }}
      />
    );
  return (
    <button
      type="button"
      class="button"
      data-testid="group-make"
      onClick={() => {
        open.value = true;
      }}
    >
      {t.makeTitle}
    </button>
  );
}

interface MembersProps extends GroupProps {
  fingerprint: string;
  members: GroupMember[];
}

function Members({ group, people, fingerprint, members }: MembersProps) {
  const adding = useSignal(false);
  const leaving = useSignal<string | null>(null);
  const t = keyWords.value.members;
  const here = members.filter(({ key }) => key === 'present').map(({ user }) => user);
  const possible = people.filter(
    ({ user, fingerprint: key, unfit }) =>
      key && !unfit && group.candidates.includes(user) && !here.includes(user),
  );
  const without = people.filter(
    ({ user, fingerprint: key }) => !key && group.candidates.includes(user) && !here.includes(user),
  );
  return (
    <div class="members" data-testid="members">
      <h4>{t.title}</h4>
      {members.length === 0 && <p class="hint">{t.none}</p>}
      <ul class="member-rows">
        {members.map(({ user, key }) => (
          <li key={user ?? ''} data-testid="member" data-user={user} data-key={key}>
            <strong>{user ?? t.nobody}</strong>
            <span class={key === 'present' ? 'tag good' : 'tag warning'}>{t.states[key]}</span>
            {user && !group.candidates.includes(user) && <span class="tag warning">{t.notEntitled}</span>}
            {user && may('keys:share') && leaving.value !== user && (
              <button
                type="button"
                class="button small"
                aria-label={t.removeName(user)}
                data-testid="member-remove"
                onClick={() => {
                  leaving.value = user;
                }}
              >
                {t.remove}
              </button>
            )}
            {user && leaving.value === user && (
              <RemoveMember
                group={group.group}
                user={user}
                fingerprint={fingerprint}
                close={() => {
                  leaving.value = null;
                }}
              />
            )}
          </li>
        ))}
      </ul>
      {without.length > 0 && <p class="hint">{t.withoutKey(without.map(({ user }) => user).join(', '))}</p>}
      {members.length > 0 && possible.length === 0 && without.length === 0 && <p class="hint">{t.allIn}</p>}
      {may('keys:share') && members.length > 0 && possible.length > 0 && !adding.value && (
        <button
          type="button"
          class="button"
          data-testid="member-add"
          onClick={() => {
            adding.value = true;
          }}
        >
          {t.add}
        </button>
      )}
      {adding.value && (
        <div class="key-panel" data-testid="share-panel">
          <ShareForm
            group={group.group}
            fingerprint={fingerprint}
            possible={possible}
            close={() => {
              adding.value = false;
            }}
          />
          <button
            type="button"
            class="link-button"
            onClick={() => {
              adding.value = false;
            }}
          >
            {words.value.listen.cancel}
          </button>
        </div>
      )}
    </div>
  );
}
