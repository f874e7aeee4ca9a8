/** What a role is called. */
import { accessWords } from './words.ts';

export const ROLES = ['agent', 'supervisor', 'manager', 'quality', 'dpo', 'it-admin'] as const;
export type RoleName = (typeof ROLES)[number];

/** The name of a role in the reader's language; one that is not known here as it came. */
export function roleName(role: string): string {
  return accessWords.value.roleNames[role as RoleName] ?? role;
}
