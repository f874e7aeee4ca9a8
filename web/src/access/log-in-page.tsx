/** Log in: name and password, then the 6-digit code when the server asks for it. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { ApiError, codeOf } from '../shared/api-error.ts';
import { sentenceOf, words } from '../shared/i18n.ts';
import { Seal } from '../shared/icons.tsx';
import { SecretField } from '../shared/secret-field.tsx';
import { Banner, PageTitle } from '../shared/ui.tsx';
import { farewell, logIn } from './session.ts';
import { TotpField } from './totp-field.tsx';

export function LogInPage({ siteName }: { siteName: string }) {
  const form = useLogInForm();
  const t = words.value.access;
  return (
    <main class="log-in" id="content">
      <form
        class="card log-in-card"
        data-testid="login-form"
        onSubmit={form.submit}
        aria-busy={form.busy.value}
      >
        <div class="brand">
          <Seal />
          <span>Greffier</span>
        </div>
        <PageTitle text={t.title}>
          <p class="muted">{t.welcome(siteName)}</p>
        </PageTitle>
        <Refusal code={form.problem.value} seconds={form.wait.value} />
        <div class="field">
          <label for="user">{t.user}</label>
          <input
            id="user"
            ref={form.user}
            autocomplete="username"
            autocapitalize="off"
            spellcheck={false}
            required
            data-testid="login-user"
          />
        </div>
        <SecretField
          id="password"
          field={form.password}
          label={t.password}
          show={t.showPassword}
          hide={t.hidePassword}
          autocomplete="current-password"
          testId="login-password"
        />
        {form.totpAsked.value && <TotpField field={form.totp} />}
        <button
          type="submit"
          class="button primary wide"
          disabled={form.busy.value || form.wait.value > 0}
          data-testid="login-submit"
        >
          {form.busy.value ? t.submitting : t.submit}
        </button>
      </form>
    </main>
  );
}

function Refusal({ code, seconds }: { code: string | null; seconds: number }) {
  const shown = code ?? farewell.value;
  if (!shown) return null;
  return (
    <Banner tone={shown === 'totp-required' ? 'info' : 'error'} testId="login-error">
      {shown === 'too-many-attempts' && seconds > 0 ? words.value.access.wait(seconds) : sentenceOf(shown)}
    </Banner>
  );
}

function useLogInForm() {
  const user = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const totp = useRef<HTMLInputElement>(null);
  const totpAsked = useSignal(false);
  const busy = useSignal(false);
  const problem = useSignal<string | null>(null);
  const wait = useSignal(0);

  useEffect(() => user.current?.focus(), []);
  useEffect(() => {
    const second = setInterval(() => {
      if (wait.value > 0 && --wait.value === 0) problem.value = null;
    }, 1000);
    return () => clearInterval(second);
  }, [wait, problem]);

  function refused(error: unknown) {
    problem.value = codeOf(error);
    wait.value = error instanceof ApiError ? error.retryAfterSeconds : 0;
    if (problem.value === 'totp-required') totpAsked.value = true;
    if (totp.current) totp.current.value = '';
    if (problem.value === 'wrong-credentials') password.current?.select();
  }

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    if (busy.value || wait.value > 0) return;
    busy.value = true;
    const code = totp.current?.value.replaceAll(/\s/g, '');
    const who = { user: user.current?.value.trim() ?? '', password: password.current?.value ?? '' };
    await logIn(code ? { ...who, totp: code } : who).catch(refused);
    busy.value = false;
  }

  return { user, password, totp, totpAsked, busy, problem, wait, submit };
}
