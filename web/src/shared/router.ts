/** History routing in a few lines: the server answers index.html for every path that is not a file or /api. */
import { computed, signal } from '@preact/signals';

const path = signal(location.pathname);
addEventListener('popstate', () => {
  path.value = location.pathname;
});

/** Pages that have a path of their own name. */
const NAMED = [
  'account',
  'audit',
  'announcements',
  'calls',
  'enrol',
  'health',
  'incidents',
  'keys',
  'listens',
  'live',
  'people',
  'policies',
  'quality',
  'reference',
  'retention',
  'rights',
  'setup',
  'statistics',
  'welcome',
] as const;
export type Named = (typeof NAMED)[number];

/** Of which list each single thing is one. */
const ONE_OF: Record<string, 'recording' | 'request' | 'incident'> = {
  recordings: 'recording',
  rights: 'request',
  incidents: 'incident',
};

export type Place =
  | { page: 'recordings' }
  | { page: 'recording' | 'request' | 'incident'; id: string }
  | { page: Named }
  | { page: 'nowhere' };

/** Which page a path names. */
export function placeOf(pathname: string): Place {
  if (pathname === '/' || pathname === '/recordings' || pathname === '/login') return { page: 'recordings' };
  const named = NAMED.find((name) => pathname === `/${name}`);
  if (named) return { page: named };
  const [, list = '', id = ''] = /^\/(recordings|rights|incidents)\/([\w-]+)$/.exec(pathname) ?? [];
  const page = ONE_OF[list];
  return page ? { page, id } : { page: 'nowhere' };
}

export const place = computed(() => placeOf(path.value));

export const addressOf = (id: string) => `/recordings/${encodeURIComponent(id)}`;

/** Goes to a page of this UI without reloading. */
export function goTo(to: string): void {
  if (to === location.pathname + location.search) return;
  history.pushState(null, '', to);
  path.value = location.pathname;
  scrollTo(0, 0);
}

/** For links: leaves new-tab clicks to the browser. */
export function follow(event: MouseEvent): void {
  const link = event.currentTarget as HTMLAnchorElement;
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  goTo(link.pathname + link.search);
}
