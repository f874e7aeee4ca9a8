/** The key of a group that has none: made here, wrapped to the chosen members, its public part offered to the box. */
import { useSignal } from '@preact/signals';
import { codeOf } from '../shared/api-error.ts';
import { words } from '../shared/i18n.ts';
import { keyApi } from '../shared/key-api.ts';
import type { KeyHolder } from '../shared/key-types.ts';
import { Banner, Failure } from '../shared/ui.tsx';
import type { GroupProps } from './group-members.tsx';
import { HolderTrust } from './holder-trust.tsx';
import { makeGroupKey } from './key-making.ts';
import { loadRing } from './ring.ts';
import { rememberKey } from './trust.ts';
import { keyWords } from './words.ts';

export function GroupMaker({ group, people, close }: GroupProps & { close(): void }) {
  const possible = people.filter(
    ({ user, fingerprint, unfit }) => fingerprint && !unfit && group.candidates.includes(user),
  );
  const t = keyWords.value.members;
  return (
    <div class="key-panel" data-testid="group-maker">
      <h4>{t.makeTitle}</h4>
      <p class="hint">{t.makeHint}</p>
      {possible.length === 0 ? (
        <Banner tone="warning" testId="no-candidate">
          {t.noCandidate}
        </Banner>
      ) : (
        <Form group={group} possible={possible} close={close} />
      )}
      <button type="button" class="link-button" onClick={close}>
        {words.value.listen.cancel}
      </button>
    </div>
  );
}

interface FormProps extends Pick<GroupProps, 'group'> {
  possible: KeyHolder[];
  close(): void;
}

function Form({ group, possible, close }: FormProps) {
  const chosen = useSignal<string[]>([]);
  const busy = useSignal(false);
  const problem = useSignal<string | null>(null);
  const t = keyWords.value.members;
  async function submit(event: SubmitEvent) {
    event.preventDefault();
    const holders = possible.filter(({ user }) => chosen.value.includes(user));
    if (busy.value || holders.length === 0) return;
    [busy.value, problem.value] = [true, null];
    const members = holders.map(({ user, fingerprint }) => ({ user, fingerprint: fingerprint ?? '' }));
    const keys = holders.map((one) => ({ fingerprint: one.fingerprint ?? '', armored: one.armored ?? '' }));
    try {
      const { publicKey, wrapped } = await makeGroupKey(group.name, keys);
      await keyApi.offerGroupKey(group.group, { armored: publicKey, wrapped, members });
      for (const holder of holders) rememberKey(holder);
      await loadRing();
      close();
    } catch (error) {
      problem.value = codeOf(error);
    }
    busy.value = false;
  }
  return (
    <form class="enrol-form" onSubmit={submit} aria-busy={busy.value}>
      {problem.value && <Failure code={problem.value} testId="group-error" />}
      <fieldset class="role-choice">
        <legend>{t.choose}</legend>
        {possible.map((holder) => (
          <div key={holder.user} class="group-choice">
            <label class="tick">
              <input
                type="checkbox"
                checked={chosen.value.includes(holder.user)}
                data-testid={`choose-${holder.user}`}
                onChange={(event) => {
                  const others = chosen.value.filter((user) => user !== holder.user);
                  chosen.value = event.currentTarget.checked ? [...others, holder.user] : others;
                }}
              />
              <span>{holder.user}</span>
            </label>
            <HolderTrust holder={holder} />
          </div>
        ))}
      </fieldset>
      <label class="tick">
        <input type="checkbox" required data-testid="group-compared" />
        <span>
          {t.comparedAll} <span class="hint">{t.comparedHint}</span>
        </span>
      </label>
      <button
        type="submit"
        class="button primary"
        disabled={busy.value || chosen.value.length === 0}
        data-testid="group-submit"
      >
        {busy.value ? t.adding : t.makeSubmit}
      </button>
    </form>
  );
}
