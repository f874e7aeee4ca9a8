/** Who is logged in, as far as this page knows; the server decides at every request. */
import { computed, effect, signal } from '@preact/signals';
import { api, type Credentials, sessionEndings } from '../shared/api.ts';
import { codeOf } from '../shared/api-error.ts';
import type { Session } from '../shared/api-types.ts';

/** `undefined` until the server has been asked, `null` when nobody is logged in. */
export const session = signal<Session | null | undefined>(undefined);

/** Whether the person who is logged in may do something, as the server says; it decides at every request. */
export function may(permission: string): boolean {
  return session.value?.permissions.includes(permission) ?? false;
}

/** Whether this person may see recordings; an IT admin keeps the machine and sees its health only. */
export const mayHear = computed(() => may('recordings:list'));

/** Whether this person may hold a private key: open a canary, or hand recordings over to a new key. */
export const mayHoldKeys = computed(() => may('keys:hold'));

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

/** Ends all sessions of this person, here and elsewhere. */
export async function leaveEverywhere(): Promise<void> {
  await api.endAllSessions();
  session.value = null;
  farewell.value = null;
}

effect(() => {
  if (sessionEndings.value > 0 && session.peek()) {
    session.value = null;
    farewell.value = 'not-logged-in';
  }
});
