/** The routes by which keys come into force, are kept and are shared. */
import { ask, get, post, send } from './api.ts';
import type { KeyGroups, OwnKeys, Setup } from './key-types.ts';

const keyGroup = (group: string) => `/api/keys/groups/${encodeURIComponent(group)}`;

export const keyApi = {
  ownKeys: () => get<OwnKeys>('/api/keys/mine'),
  keepOwnKey: (armored: string, replace: boolean) => send('/api/keys/mine', { armored, replace }, 'PUT'),
  setup: () => get<Setup>('/api/keys/setup'),
  offerRecovery: (armored: string) => post<{ fingerprint: string }>('/api/keys/recovery', { armored }),
  keyGroups: () => get<KeyGroups>('/api/keys/groups'),
  offerGroupKey: (
    group: string,
    key: { armored: string; wrapped: string; members: { user: string; fingerprint: string }[] },
  ) => post<{ fingerprint: string }>(keyGroup(group), key),
  shareGroupKey: (group: string, wish: { key: string; user: string; fingerprint: string; packet: string }) =>
    send(`${keyGroup(group)}/members`, wish),
  unshareGroupKey: (group: string, user: string) =>
    ask(`${keyGroup(group)}/members/${encodeURIComponent(user)}`, { method: 'DELETE' }),
};
