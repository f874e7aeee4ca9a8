/**
 * The only place that talks to the server's JSON routes. Each failure becomes an ApiError with a stable code,
 * so that pages can say it in the reader's language.
 */
import { signal } from '@preact/signals';
import type { Enrolment, PeopleList, TokenList, TokenRow, TokenWish } from './access-types.ts';
import { ApiError, errorOf } from './api-error.ts';
import type { Health, RecordingPage, RecordingSheet, SearchTerms, Session, Site } from './api-types.ts';
import type {
  Board,
  BrowserPhoneAccount,
  Mode,
  OwnPhones,
  SupervisionSession,
  SupervisionWish,
} from './board-types.ts';
import type { CallPage } from './call-list-types.ts';
import type { SealedComment } from './comment-types.ts';
import { answerTo } from './fetching.ts';
import type { HandedBack, HeaderPage, Keys, Rotation, SealedHeader } from './key-types.ts';
import type { ListenReport, Listens } from './listen-types.ts';
import type { ApiDocument } from './reference-types.ts';
import type { Approval, Hold, RetentionPreview } from './retention-types.ts';
import type { AllScorecards, Named, Scorecard, Scorecards, ScorecardWish } from './scorecard-types.ts';
import type { Statistics } from './statistics-types.ts';

/** Counts the answers that say the session has ended; the app shows the log in page on each. */
export const sessionEndings = signal(0);

let askOnceMore: () => Promise<boolean> = async () => false;
/** Says who asks for the second factor once more when the server wants it; true when it was given. */
export function onStepUpNeeded(handler: () => Promise<boolean>): void {
  askOnceMore = handler;
}

/** Asks a route, the second factor once more where that is wanted. Throws ApiError. */
export async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const answer = await answerTo(path, init).catch((cause) => {
    throw init.signal?.aborted ? cause : new ApiError('unreachable', `no answer from ${path}`);
  });
  if (answer.ok) return answer;
  const error = await errorOf(answer);
  if (error.code === 'not-logged-in') sessionEndings.value++;
  if (error.code === 'step-up-needed' && (await askOnceMore())) return ask(path, init);
  throw error;
}

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await ask(path, signal ? { signal } : {})).json() as Promise<T>;
}

export function send(
  path: string,
  body: unknown,
  method: 'POST' | 'PUT' | 'PATCH' = 'POST',
): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return ask(path, { method, headers, body: JSON.stringify(body) });
}

export async function post<T>(path: string, body: unknown): Promise<T> {
  return (await send(path, body)).json() as Promise<T>;
}

export interface Credentials {
  user: string;
  password: string;
  totp?: string;
}

const recording = (id: string) => `/api/recordings/${encodeURIComponent(id)}`;
const withTicket = (id: string, part: string, ticket: string) =>
  `${recording(id)}/${part}?ticket=${encodeURIComponent(ticket)}`;

const person = (user: string) => `/api/people/${encodeURIComponent(user)}`;
const drill = (fingerprint: string) => `/api/keys/drills/${encodeURIComponent(fingerprint)}`;
const SUPERVISION = '/api/supervision/sessions';
const ROTATION_HEADERS = '/api/keys/rotation/headers';

export const api = {
  site: () => get<Site>('/api/site'),
  session: () => get<Session>('/api/session'),
  logIn: (credentials: Credentials) => post<Session>('/api/session', credentials),
  stepUp: (totp: string) => send('/api/session/step-up', { totp }),
  endAllSessions: () => ask('/api/sessions', { method: 'DELETE' }),
  enrolment: (token: string) => post<Enrolment>('/api/enrolment', { token }),
  completeEnrolment: (chosen: { token: string; password: string; totp?: string }) =>
    post<{ recoveryCodes: string[] }>('/api/enrolment/complete', chosen),
  changePassword: (wish: { before: string; password: string; totp?: string }) =>
    send('/api/account/password', wish, 'PUT'),
  newRecoveryCodes: () => post<{ recoveryCodes: string[] }>('/api/account/recovery-codes', {}),
  people: () => get<PeopleList>('/api/people'),
  invite: (wish: { user: string; roles: string[]; clients?: string[] }) =>
    post<{ token: string }>('/api/people', wish),
  limitPerson: (user: string, clients: string[] | null) =>
    send(`${person(user)}/clients`, { clients }, 'PUT'),
  inviteAnew: (user: string) => post<{ token: string }>(`${person(user)}/invitation`, {}),
  changeRoles: (user: string, roles: string[]) => send(`${person(user)}/roles`, { roles }, 'PUT'),
  removePerson: (user: string) => ask(person(user), { method: 'DELETE' }),
  tokens: () => get<TokenList>('/api/tokens'),
  makeToken: (wish: TokenWish) => post<{ token: TokenRow; secret: string }>('/api/tokens', wish),
  revokeToken: (id: string) => ask(`/api/tokens/${encodeURIComponent(id)}`, { method: 'DELETE' }),
  logOut: () => ask('/api/session', { method: 'DELETE' }),
  recordings: (query: URLSearchParams, signal?: AbortSignal) =>
    get<RecordingPage>(`/api/recordings?${query}`, signal),
  searchTerms: () => get<SearchTerms>('/api/recordings/terms'),
  /** What a number is found by; the number goes in the body. */
  party: (number: string) => post<{ party: string; last4: string }>('/api/recordings/parties', { number }),
  numberTickets: (ids: string[], code: string, reason: string) =>
    post<{ tickets: { id: string; ticket: string }[] }>('/api/recordings/numbers', {
      ids,
      code,
      ...(reason && { reason }),
    }),
  recording: (id: string) => get<RecordingSheet>(recording(id)),
  playback(id: string, said: string) {
    const [code = '', ...words] = said.split(': ');
    return post<{ ticket: string }>(`${recording(id)}/playback`, { code, reason: words.join(': ') });
  },
  messageAddress: (id: string, ticket: string) => withTicket(id, 'message', ticket),
  detailsAddress: (id: string, ticket: string) => withTicket(id, 'details', ticket),
  comments: (id: string, ticket: string) =>
    get<{ comments: SealedComment[] }>(withTicket(id, 'comments', ticket)),
  comment: (id: string, sealed: string) => post<SealedComment>(`${recording(id)}/comments`, { sealed }),
  removeComment: (id: string, comment: string) =>
    ask(`${recording(id)}/comments/${encodeURIComponent(comment)}`, { method: 'DELETE' }),
  keys: () => get<Keys>('/api/keys'),
  canaryAddress: (fingerprint: string) => `${drill(fingerprint)}/message`,
  async drillDone(fingerprint: string, code: string) {
    await send(drill(fingerprint), { code });
  },
  rotation: () => get<Rotation>('/api/keys/rotation'),
  rotationHeaders(after: string | null, limit: number) {
    const query = new URLSearchParams({ limit: String(limit) });
    if (after) query.set('after', after);
    return get<HeaderPage>(`${ROTATION_HEADERS}?${query}`);
  },
  handBackHeaders: (headers: SealedHeader[]) => post<HandedBack>(ROTATION_HEADERS, { headers }),
  retention(days: number, cursor: string | null) {
    const query = new URLSearchParams({ days: String(days), limit: '10' });
    if (cursor) query.set('cursor', cursor);
    return get<RetentionPreview>(`/api/retention/preview?${query}`);
  },
  approvals: () => get<{ approvals: Approval[] }>('/api/approvals'),
  decide: (id: string, verdict: 'approved' | 'refused') =>
    post<Approval>(`/api/approvals/${encodeURIComponent(id)}/decision`, { verdict }),
  listens: () => get<Listens>('/api/listens/mine'),
  listenReport: (month: string) =>
    get<ListenReport>(`/api/transparency${month && `?month=${encodeURIComponent(month)}`}`),
  scorecards(query: { agent: string; team: string }) {
    const chosen = Object.entries(query).filter(([, value]) => value);
    return get<AllScorecards>(`/api/scorecards?${new URLSearchParams(chosen)}`);
  },
  ownScorecards: () => get<Scorecards>('/api/scorecards/mine'),
  agentsOf: (id: string) => get<{ agents: Named[] }>(`${recording(id)}/agents`),
  judge: (wish: ScorecardWish) => post<Scorecard>('/api/scorecards', wish),
  async answerScorecard(id: string, answer: string) {
    return (
      await send(`/api/scorecards/${encodeURIComponent(id)}/answer`, { answer }, 'PUT')
    ).json() as Promise<Scorecard>;
  },
  withdrawScorecard: (id: string) => ask(`/api/scorecards/${encodeURIComponent(id)}`, { method: 'DELETE' }),
  calls: (query: URLSearchParams, signal: AbortSignal) => get<CallPage>(`/api/calls?${query}`, signal),
  callsCsv: (query: string) => `/api/calls/table.csv?${query}`,
  statistics: (query: string, signal: AbortSignal) => get<Statistics>(`/api/statistics?${query}`, signal),
  statisticsCsv: (query: string) => `/api/statistics/table.csv?${query}`,
  holds: () => get<{ holds: Hold[] }>('/api/holds'),
  reference: () => get<ApiDocument>('/api/openapi.json'),
  health: () => get<Health>('/api/health'),
  board: () => get<Board>('/api/board'),
  listsLive: () => new EventSource('/api/recordings/live'),
  boardLive: () => new EventSource('/api/board/live'),
  reasons: () => get<{ reasons: string[] }>('/api/reasons'),
  ownPhones: () => get<OwnPhones>('/api/supervision/phones'),
  browserPhone: () => get<BrowserPhoneAccount>('/api/supervision/browser-phone'),
  supervise: (wish: SupervisionWish) => post<SupervisionSession>(SUPERVISION, wish),
  supervisionSessions: () => get<{ sessions: SupervisionSession[] }>(SUPERVISION),
  async superviseAs(id: string, mode: Mode) {
    return (
      await send(`${SUPERVISION}/${encodeURIComponent(id)}`, { mode }, 'PATCH')
    ).json() as Promise<SupervisionSession>;
  },
  endSupervision: (id: string) => ask(`${SUPERVISION}/${encodeURIComponent(id)}`, { method: 'DELETE' }),
};
