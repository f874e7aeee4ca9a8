/** Who is logged in, as far as this page knows; the server decides at every request. */
import { computed, effect, signal } from '@preact/signals';
import { api, type Credentials, sessionEndings } from '../shared/api.ts';
import { codeOf } from '../shared/api-error.ts';
import type { Session } from '../shared/api-types.ts';

/** `undefined` until the server has been asked, `null` when nobody is logged in. */
export const session = signal<Session | null | undefined>(undefined);

/** Whether this person may see recordings; an IT admin keeps the machine and sees its health only. */
export const mayHear = computed(() => session.value?.roles.includes('manager') ?? false);

/** Whether this person may see which keys there are: whoever hears, and whoever keeps the machine. */
export const maySeeKeys = computed(
  () => mayHear.value || (session.value?.roles.includes('it-admin') ?? false),
);

/** Whether this person may hold a private key: open a canary, or hand recordings over to a new key. */
export const mayHoldKeys = mayHear;

/** Why the log in page is shown, if there is a reason to tell. */
export const farewell = signal<string | null>(null);

/** Asks the server who is logged in. */
export async function recallSession(): Promise<void> {
  session.value = await api.session().catch((error: unknown) => {
    farewell.value = codeOf(error) === 'not-logged-in' ? null : codeOf(error);
    return null;
  });
}

/** Throws ApiError when the server refuses. */
export async function logIn(credentials: Credentials): Promise<void> {
  session.value = await api.logIn(credentials);
  farewell.value = null;
}

/** Ends the session here at once, and on the server as soon as it answers. */
export function logOut(): void {
  session.value = null;
  farewell.value = null;
  api.logOut().catch((error: unknown) => {
    farewell.value = codeOf(error) === 'not-logged-in' ? null : codeOf(error);
  });
}

effect(() => {
  if (sessionEndings.value > 0 && session.peek()) {
    session.value = null;
    farewell.value = 'not-logged-in';
  }
});
