/** What a person does with the own account: password, recovery codes, sessions. */
import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useRef } from 'preact/hooks';
import { api } from '../shared/api.ts';
import { codeOf } from '../shared/api-error.ts';
import { words } from '../shared/i18n.ts';
import { SecretField } from '../shared/secret-field.tsx';
import { Banner, Failure, PageTitle } from '../shared/ui.tsx';
import { CodeField, digitsIn, NewPassword } from './new-password.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { roleName } from './role-name.ts';
import { leaveEverywhere, session } from './session.ts';
import { accessWords } from './words.ts';

/** @param OwnKey the card of the personal key, for those who need one */
export function AccountPage({ OwnKey }: { OwnKey: ComponentType | null }) {
  const t = accessWords.value.account;
  const { user = '', roles = [] } = session.value ?? {};
  return (
    <>
      <PageTitle text={t.title}>
        <p class="muted">
          {user} · {roles.map(roleName).join(', ')}
        </p>
      </PageTitle>
      {OwnKey && <OwnKey />}
      <div class="account">
        <PasswordCard />
        <CodesCard />
        <section class="card">
          <h2>{t.everywhere}</h2>
          <p class="hint">{t.everywhereHint}</p>
          <button type="button" class="button" data-testid="end-all" onClick={() => void leaveEverywhere()}>
            {t.everywhere}
          </button>
        </section>
      </div>
    </>
  );
}

function PasswordCard() {
  const before = useRef<HTMLInputElement>(null);
  const after = useRef<HTMLInputElement>(null);
  const code = useRef<HTMLInputElement>(null);
  const problem = useSignal<string | null>(null);
  const done = useSignal(false);
  const t = accessWords.value.account;
  const w = words.value.access;
  async function submit(event: SubmitEvent) {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const totp = digitsIn(code);
    const wish = { before: before.current?.value ?? '', password: after.current?.value ?? '' };
    done.value = false;
    try {
      await api.changePassword(totp ? { ...wish, totp } : wish);
      [problem.value, done.value] = [null, true];
      form.reset();
    } catch (error) {
      problem.value = codeOf(error);
    }
  }
  return (
    <section class="card">
      <h2>{t.password}</h2>
      <form class="enrol-form" onSubmit={submit} data-testid="password-form">
        {problem.value && <Failure code={problem.value} testId="password-error" />}
        {done.value && (
          <Banner tone="info" testId="password-changed">
            {t.changed}
          </Banner>
        )}
        <SecretField
          id="before"
          field={before}
          label={t.before}
          show={w.showPassword}
          hide={w.hidePassword}
          autocomplete="current-password"
          testId="password-before"
        />
        <NewPassword field={after} label={t.after} id="password-after" />
        <CodeField field={code} label={t.code} id="password-code" required={false} hint={t.codeHint} />
        <button type="submit" class="button primary" data-testid="password-submit">
          {t.change}
        </button>
      </form>
    </section>
  );
}

function CodesCard() {
  const codes = useSignal<string[] | null>(null);
  const problem = useSignal<string | null>(null);
  const t = accessWords.value.account;
  const make = () =>
    api.newRecoveryCodes().then(
      (made) => {
        [codes.value, problem.value] = [made.recoveryCodes, null];
      },
      (error: unknown) => {
        problem.value = codeOf(error);
      },
    );
  return (
    <section class="card">
      {codes.value ? (
        <RecoveryCodes
          codes={codes.value}
          next={words.value.listen.continue}
          done={() => {
            codes.value = null;
          }}
        />
      ) : (
        <>
          <h2>{t.newCodes}</h2>
          <p class="hint">{t.newCodesHint}</p>
          {problem.value && <Failure code={problem.value} testId="codes-error" />}
          <button type="button" class="button" data-testid="new-codes" onClick={() => void make()}>
            {t.newCodes}
          </button>
        </>
      )}
    </section>
  );
}
