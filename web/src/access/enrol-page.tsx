/** Coming in by an invitation. The token stands behind # in the address, which the browser sends to nobody. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Enrolment } from '../shared/access-types.ts';
import { api } from '../shared/api.ts';
import { codeOf } from '../shared/api-error.ts';
import { Seal } from '../shared/icons.tsx';
import { goTo } from '../shared/router.ts';
import { Banner, Bone, Failure, PageTitle } from '../shared/ui.tsx';
import { CodeField, digitsIn, NewPassword } from './new-password.tsx';
import { Qr } from './qr.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { accessWords } from './words.ts';

/** Whatever is due next for this person, once logged in. */
const leave = () => goTo('/welcome');

export function EnrolPage() {
  const token = location.hash.slice(1);
  const enrolment = useSignal<Enrolment | null>(null);
  const problem = useSignal<string | null>(null);
  const codes = useSignal<string[] | null>(null);
  const t = accessWords.value.enrol;
  useEffect(() => {
    if (!token) return;
    api.enrolment(token).then(
      (found) => {
        enrolment.value = found;
      },
      (error: unknown) => {
        problem.value = codeOf(error);
      },
    );
  }, [token, enrolment, problem]);
  return (
    <main class="log-in" id="content">
      <div class="card log-in-card" data-testid="enrol">
        <div class="brand">
          <Seal />
          <span>Greffier</span>
        </div>
        <PageTitle text={codes.value ? t.done : t.title}>
          {enrolment.value && !codes.value && <p class="muted">{t.hello(enrolment.value.user)}</p>}
        </PageTitle>
        {!token && (
          <Banner tone="error" testId="enrol-error">
            {t.noToken}
          </Banner>
        )}
        {problem.value && <Failure code={problem.value} testId="enrol-error" />}
        {token && !enrolment.value && !problem.value && <Bone width="l" />}
        {enrolment.value && !codes.value && (
          <Form
            enrolment={enrolment.value}
            token={token}
            refused={(code) => {
              problem.value = code;
            }}
            done={(made) => {
              problem.value = null;
              if (made.length) codes.value = made;
              else leave();
            }}
          />
        )}
        {codes.value && <RecoveryCodes codes={codes.value} done={leave} next={t.logIn} />}
      </div>
    </main>
  );
}

interface FormProps {
  enrolment: Enrolment;
  token: string;
  refused(code: string): void;
  done(codes: string[]): void;
}

function Form({ enrolment: { user, totp }, token, refused, done }: FormProps) {
  const password = useRef<HTMLInputElement>(null);
  const code = useRef<HTMLInputElement>(null);
  const busy = useSignal(false);
  const t = accessWords.value.enrol;
  async function submit(event: SubmitEvent) {
    event.preventDefault();
    if (busy.value) return;
    busy.value = true;
    try {
      const given = totp ? { totp: digitsIn(code) } : {};
      const chosen = { token, password: password.current?.value ?? '', ...given };
      done((await api.completeEnrolment(chosen)).recoveryCodes);
    } catch (error) {
      refused(codeOf(error));
    }
    busy.value = false;
  }
  return (
    <form class="enrol-form" onSubmit={submit} aria-busy={busy.value}>
      {/* So that a password manager knows for whom it is. */}
      <input type="text" autocomplete="username" value={user} readOnly hidden />
      <NewPassword field={password} label={t.password} id="new-password" />
      {totp && (
        <fieldset class="second-factor">
          <legend>{t.scan}</legend>
          <p class="hint">{t.scanHint}</p>
          <Qr text={totp.address} name={t.qr} />
          <p class="small">
            {t.secret} <code data-testid="totp-secret">{totp.secret.match(/.{1,4}/g)?.join(' ')}</code>
          </p>
          <CodeField field={code} label={t.code} id="enrol-code" />
        </fieldset>
      )}
      <button type="submit" class="button primary wide" disabled={busy.value} data-testid="enrol-submit">
        {t.submit}
      </button>
    </form>
  );
}
