// Who may do what: one table (C15). The IT admin keeps the machine and hears nothing.

export const ROLES = ['manager', 'it-admin'] as const;
export type Role = (typeof ROLES)[number];

export const PERMISSIONS = {
  'recordings:list': ['manager'],
  'recordings:play': ['manager'],
  // Who holds keys rewraps and drills; the IT admin sees which there are.
  'keys:read': ['manager', 'it-admin'],
  'keys:hold': ['manager'],
  'health:read': ['manager', 'it-admin'],
} as const satisfies Record<string, readonly Role[]>;
export type Permission = keyof typeof PERMISSIONS;

/** True when one of the roles holds the permission. */
export function may(roles: readonly Role[], permission: Permission): boolean {
  return (PERMISSIONS[permission] as readonly Role[]).some((role) => roles.includes(role));
}
