/** The pages in the order of the navigation, and who sees which. */
import type { ComponentType } from 'preact';
import { PeoplePage } from './access/people-page.tsx';
import { may } from './access/session.ts';
import { AuditPage } from './audit/audit-page.tsx';
import { CallsPage } from './calls/calls-page.tsx';
import { HealthPage } from './health/health-page.tsx';
import { IncidentsPage } from './incidents/incidents-page.tsx';
import { KeysPage } from './keys/keys-page.tsx';
import { ListensPage } from './listens/listens-page.tsx';
import { RetentionPage } from './retention/retention-page.tsx';
import { RightsPage } from './rights/rights-page.tsx';
import { QualityPage } from './scorecards/quality-page.tsx';
import { AnnouncementsPage } from './settings/announcements-page.tsx';
import { PoliciesPage } from './settings/policies-page.tsx';
import { words } from './shared/i18n.ts';
import {
  Between,
  Book,
  Calls,
  Columns,
  Eye,
  Headset,
  Hourglass,
  Key,
  Letter,
  Person,
  Pulse,
  Siren,
  Sliders,
  Speech,
  Star,
} from './shared/icons.tsx';
import type { Place } from './shared/router.ts';
import { StatisticsPage } from './statistics/statistics-page.tsx';
import { LivePage } from './supervision/live-page.tsx';

/** What a page is about, in the order of the navigation: calls, what the law asks for, how the box is set up. */
export const GROUPS = ['calls', 'law', 'box'] as const;

export interface PageEntry {
  page: Place['page'];
  group: (typeof GROUPS)[number];
  path: string;
  permission: string;
  name(): string;
  Icon: ComponentType;
  /** Missing where the page is handed more than that: app.tsx does it. */
  Page?: ComponentType;
}

const PAGES: PageEntry[] = [
  {
    page: 'recordings',
    group: 'calls',
    path: '/',
    permission: 'recordings:list',
    name: () => words.value.nav.recordings,
    Icon: Calls,
  },
  {
    page: 'calls',
    group: 'calls',
    path: '/calls',
    permission: 'recordings:list',
    name: () => words.value.nav.calls,
    Icon: Between,
    Page: CallsPage,
  },
  {
    page: 'live',
    group: 'calls',
    path: '/live',
    permission: 'supervision:watch',
    name: () => words.value.nav.live,
    Icon: Headset,
    Page: LivePage,
  },
  {
    page: 'quality',
    group: 'calls',
    path: '/quality',
    permission: 'scorecards:own',
    name: () => words.value.nav.quality,
    Icon: Star,
    Page: QualityPage,
  },
  {
    page: 'statistics',
    group: 'calls',
    path: '/statistics',
    permission: 'statistics:read',
    name: () => words.value.nav.statistics,
    Icon: Columns,
    Page: StatisticsPage,
  },
  {
    page: 'rights',
    group: 'law',
    path: '/rights',
    permission: 'rights:read',
    name: () => words.value.nav.rights,
    Icon: Letter,
    Page: RightsPage,
  },
  {
    page: 'listens',
    group: 'calls',
    path: '/listens',
    permission: 'listens:own',
    name: () => words.value.nav.listens,
    Icon: Eye,
    Page: ListensPage,
  },
  {
    page: 'retention',
    group: 'law',
    path: '/retention',
    permission: 'retention:read',
    name: () => words.value.nav.retention,
    Icon: Hourglass,
    Page: RetentionPage,
  },
  {
    page: 'audit',
    group: 'law',
    path: '/audit',
    permission: 'audit:read',
    name: () => words.value.nav.audit,
    Icon: Book,
    Page: AuditPage,
  },
  {
    page: 'incidents',
    group: 'law',
    path: '/incidents',
    permission: 'incident:work',
    name: () => words.value.nav.incidents,
    Icon: Siren,
    Page: IncidentsPage,
  },
  {
    page: 'policies',
    group: 'box',
    path: '/policies',
    permission: 'policies:read',
    name: () => words.value.nav.policies,
    Icon: Sliders,
    Page: PoliciesPage,
  },
  {
    page: 'announcements',
    group: 'box',
    path: '/announcements',
    permission: 'policies:read',
    name: () => words.value.nav.announcements,
    Icon: Speech,
    Page: AnnouncementsPage,
  },
  {
    page: 'people',
    group: 'box',
    path: '/people',
    permission: 'people:read',
    name: () => words.value.nav.people,
    Icon: Person,
    Page: PeoplePage,
  },
  {
    page: 'keys',
    group: 'box',
    path: '/keys',
    permission: 'keys:read',
    name: () => words.value.nav.keys,
    Icon: Key,
    Page: KeysPage,
  },
  {
    page: 'health',
    group: 'box',
    path: '/health',
    permission: 'health:read',
    name: () => words.value.nav.health,
    Icon: Pulse,
    Page: HealthPage,
  },
];

/** The pages that whoever is logged in may see. */
export function pagesSeen(): PageEntry[] {
  return PAGES.filter(({ permission }) => may(permission));
}
