// Who may do what: one table (C15). The IT admin keeps the machine and hears nothing; who asks for something that cannot be
// undone is not who approves it (four eyes: src/approvals).

export const ROLES = ['agent', 'supervisor', 'manager', 'quality', 'dpo', 'it-admin'] as const;
export type Role = (typeof ROLES)[number];

export const PERMISSIONS = {
  'recordings:list': ['manager', 'quality', 'dpo'],
  'recordings:play': ['manager', 'quality', 'dpo'],
  // Who holds keys rewraps and drills; the IT admin sees which there are.
  'keys:read': ['manager', 'dpo', 'it-admin'],
  'keys:hold': ['manager'],
  // Whoever plays needs a key of their own to play with; who shares a group's, says who else may hear (decision 0030).
  'keys:own': ['manager', 'quality', 'dpo'],
  'keys:share': ['manager', 'dpo'],
  /** The first recovery key, its public part: the box records nothing before. */
  'keys:recovery': ['manager', 'it-admin'],
  'people:read': ['manager', 'dpo', 'it-admin'],
  'people:manage': ['it-admin'],
  // Each gives a program a part of what they may read themselves: src/access/tokens.ts.
  'tokens:manage': ['manager', 'dpo', 'it-admin'],
  'health:read': ['manager', 'quality', 'dpo', 'it-admin'],
  // What goes when, and what is kept from going (C23, C24).
  'retention:read': ['manager', 'dpo', 'it-admin'],
  'holds:read': ['manager', 'dpo'],
  'holds:ask': ['manager', 'dpo'],
  'destruction:ask': ['manager', 'quality', 'dpo'],
  'approvals:read': ['manager', 'dpo', 'it-admin'],
  'approvals:decide': ['manager', 'dpo'],
  // A clock that jumped is a matter of the machine, too.
  'time:confirm': ['manager', 'dpo', 'it-admin'],
  // Who is recorded, why and how long is the company's to decide; where calls go is telephony (ADR 0031).
  'policies:read': ['manager', 'dpo', 'it-admin'],
  'policies:manage': ['manager', 'it-admin'],
  'policies:decide': ['manager'],
  'audit:read': ['dpo'],
  'rights:read': ['dpo'],
  'rights:work': ['dpo'],
  'incident:work': ['dpo', 'it-admin'],
  // What is said of a talk to the one who led it: a judgement of people, so no program reads it, and no other agent.
  'scorecards:make': ['manager', 'quality'],
  'scorecards:read': ['manager', 'quality'],
  'scorecards:own': ['agent', 'supervisor', 'manager', 'quality'],
  'extracts:make': ['manager', 'quality'],
  'extracts:play': ['manager', 'quality', 'supervisor', 'agent'],
  /** Who listened to my calls, when and why (C30): everybody who has an extension. */
  'listens:own': ['agent', 'supervisor', 'manager', 'quality', 'dpo'],
  'listens:report': ['manager', 'dpo'],
  // Figures only, and none of a person.
  'statistics:read': ['manager', 'quality', 'dpo'],
  // The description of the API says nothing of a call: whoever has a login may read it.
  'api:read': ROLES,
  // Live: whose calls, is said by the teams of the settings (C14).
  'supervision:watch': ['supervisor', 'manager'],
  'supervision:join': ['supervisor', 'manager'],
} as const satisfies Record<string, readonly Role[]>;
export type Permission = keyof typeof PERMISSIONS;

/** Who holds a permission. */
export function rolesOf(permission: Permission): readonly Role[] {
  return PERMISSIONS[permission];
}

/**
 * What somebody who is limited to clients may do at most (C34), a program as well as a person. Whatever else there is tells
 * of all clients: it is refused until it keeps them apart.
 */
const OF_CLIENTS: readonly Permission[] = [
  // Says nothing of any client.
  'api:read',
  'recordings:list',
  'recordings:play',
  // One's own key and what is wrapped to it: nothing of any client.
  'keys:own',
  'listens:own',
  'statistics:read',
  'scorecards:make',
  'scorecards:read',
  'scorecards:own',
  'supervision:watch',
  'supervision:join',
];

/** True when every route that takes it keeps clients apart. */
export function isOfClients(permission: Permission): boolean {
  return OF_CLIENTS.includes(permission);
}

/** Whose roles and limits are asked about. */
interface Holder {
  roles: readonly Role[];
  clients?: readonly string[] | undefined;
}

/** All that somebody may do. */
export function permissionsOf(holder: Holder): Permission[] {
  return (Object.keys(PERMISSIONS) as Permission[]).filter((permission) => mayAs(holder, permission));
}

/** True when one of somebody's roles holds the permission, and no limit takes it away. */
export function mayAs({ roles, clients }: Holder, permission: Permission): boolean {
  return may(roles, permission) && (clients === undefined || isOfClients(permission));
}

/** True when one of the roles holds the permission. */
export function may(roles: readonly Role[], permission: Permission): boolean {
  return (PERMISSIONS[permission] as readonly Role[]).some((role) => roles.includes(role));
}
