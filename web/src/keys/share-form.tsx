/** A member adds somebody: compares the key with its owner, and wraps the group's to it in this browser. */
import { useSignal } from '@preact/signals';
import { codeOf } from '../shared/api-error.ts';
import { keyApi } from '../shared/key-api.ts';
import type { KeyHolder } from '../shared/key-types.ts';
import { LabelledSelect } from '../shared/labelled.tsx';
import { Banner, Failure } from '../shared/ui.tsx';
import { HolderTrust } from './holder-trust.tsx';
import { opener } from './key-holder.ts';
import { shareKey } from './key-making.ts';
import { holds, LockButton } from './needs-key.tsx';
import { loadOwnKeys, ownKeys } from './own-keys.ts';
import { loadRing } from './ring.ts';
import { rememberKey } from './trust.ts';
import { UnlockForm } from './unlock-form.tsx';
import { keyWords } from './words.ts';

export interface ShareFormProps {
  group: string;
  /** Of the group's key. */
  fingerprint: string;
  possible: KeyHolder[];
  close(): void;
}

export function ShareForm(props: ShareFormProps) {
  const t = keyWords.value.members;
  if (!opener.key.value)
    return (
      <>
        <p>{t.unlockFirst}</p>
        <UnlockForm />
      </>
    );
  if (holds(props.fingerprint)) return <Share {...props} />;
  return (
    <Banner tone="warning" testId="not-member">
      <p>{t.notMember}</p>
      <LockButton />
    </Banner>
  );
}

function Share({ group, fingerprint, possible, close }: ShareFormProps) {
  const user = useSignal(possible[0]?.user ?? '');
  const compared = useSignal('');
  const busy = useSignal(false);
  const problem = useSignal<string | null>(null);
  const t = keyWords.value.members;
  const holder = possible.find((one) => one.user === user.value) ?? possible[0];
  if (!holder?.fingerprint) return null;
  const theirs = { fingerprint: holder.fingerprint, armored: holder.armored ?? '' };
  async function submit(event: SubmitEvent) {
    event.preventDefault();
    if (busy.value || !holder) return;
    [busy.value, problem.value] = [true, null];
    try {
      await loadOwnKeys(true);
      const own = ownKeys.value?.groups.find((one) => one.group === group && one.fingerprint === fingerprint);
      const packet = await shareKey(own?.wrapped ?? '', theirs);
      const wish = { key: fingerprint, user: holder.user, fingerprint: theirs.fingerprint, packet };
      await keyApi.shareGroupKey(group, wish);
      rememberKey(holder);
      await loadRing();
      close();
    } catch (error) {
      problem.value = codeOf(error);
    }
    busy.value = false;
  }
  return (
    <form class="enrol-form" onSubmit={submit} aria-busy={busy.value} data-testid="share-form">
      {problem.value && <Failure code={problem.value} testId="share-error" />}
      <LabelledSelect
        name={t.whom}
        testId="share-user"
        value={holder.user}
        choose={(next) => {
          user.value = next;
        }}
      >
        {possible.map((one) => (
          <option value={one.user} key={one.user}>
            {one.user}
          </option>
        ))}
      </LabelledSelect>
      <HolderTrust holder={holder} />
      <label class="tick">
        <input
          type="checkbox"
          required
          checked={compared.value === theirs.fingerprint}
          data-testid="share-compared"
          onChange={(event) => {
            compared.value = event.currentTarget.checked ? theirs.fingerprint : '';
          }}
        />
        <span>
          {t.compared} <span class="hint">{t.comparedHint}</span>
        </span>
      </label>
      <button type="submit" class="button primary" disabled={busy.value} data-testid="share-submit">
        {busy.value ? t.adding : t.addSubmit}
      </button>
    </form>
  );
}
