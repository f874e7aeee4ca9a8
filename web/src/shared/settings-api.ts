/** The routes of policies and announcements. */
import { ask, get, post } from './api.ts';
import type {
  AnnouncementList,
  AppliedSettings,
  NewVersion,
  NewWording,
  SettingsHistory,
  SettingsPlan,
  SettingsWish,
  ShownSettings,
} from './settings-types.ts';

const announcement = (id: string) => `/api/announcements/${encodeURIComponent(id)}`;

export const settingsApi = {
  settings: () => get<ShownSettings>('/api/policies'),
  settingsAddress: '/api/policies/settings.yaml',
  settingsText: async () => (await ask('/api/policies/settings.yaml')).text(),
  settingsHistory: (before: number | null) =>
    get<SettingsHistory>(`/api/policies/history${before === null ? '' : `?before=${before}`}`),
  planSettings: (wish: SettingsWish) => post<SettingsPlan>('/api/policies/plan', wish),
  applySettings: (wish: SettingsWish) => post<AppliedSettings>('/api/policies/apply', wish),
  announcements: () => get<AnnouncementList>('/api/announcements'),
  announcementAudio: async (id: string) => (await ask(`${announcement(id)}/audio`)).blob(),
  planAnnouncement: (id: string, wish: NewWording) =>
    post<NewVersion & { plan: SettingsPlan }>(`${announcement(id)}/plan`, wish),
  replaceAnnouncement: (id: string, wish: NewWording & { base: string }) =>
    post<NewVersion>(`${announcement(id)}/versions`, wish),
};
