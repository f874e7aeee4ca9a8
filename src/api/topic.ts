// What routes are grouped by in the description.

import type { Words } from './codes.ts';

export interface Topic {
  id: string;
  title: Words;
  /** By method and address. */
  routes: Record<string, Words>;
}

export const t = (en: string, fr: string): Words => ({ en, fr });
