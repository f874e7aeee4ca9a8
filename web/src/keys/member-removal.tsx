/** Taking a group's key away from somebody, with what that does not do. */
import { useSignal } from '@preact/signals';
import { codeOf } from '../shared/api-error.ts';
import { keyApi } from '../shared/key-api.ts';
import { Failure } from '../shared/ui.tsx';
import { loadRing } from './ring.ts';
import { keyWords } from './words.ts';

export interface RemoveMemberProps {
  group: string;
  user: string;
  /** Of the group's key. */
  fingerprint: string;
  close(): void;
}

export function RemoveMember({ group, user, fingerprint, close }: RemoveMemberProps) {
  const problem = useSignal<string | null>(null);
  const t = keyWords.value.members;
  async function remove() {
    try {
      await keyApi.unshareGroupKey(group, user);
      await loadRing();
      close();
    } catch (error) {
      problem.value = codeOf(error);
    }
  }
  return (
    <div class="sure" data-testid="member-sure">
      <p>{t.removeSure(user)}</p>
      <p class="hint">
        {t.removeHonest} <code>greffier keys rotate --from {fingerprint.slice(0, 16)}… --to new.asc</code>
      </p>
      {problem.value && <Failure code={problem.value} testId="remove-error" />}
      <div class="actions">
        <button type="button" class="button" data-testid="member-remove-yes" onClick={() => void remove()}>
          {t.yes}
        </button>
        <button type="button" class="button" onClick={close}>
          {t.no}
        </button>
      </div>
    </div>
  );
}
