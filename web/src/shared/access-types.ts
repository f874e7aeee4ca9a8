/** What the routes on people and accounts answer. */

export interface Enrolment {
  user: string;
  roles: string[];
  totp: { secret: string; address: string } | null;
}

export interface PersonRow {
  user: string;
  roles: string[];
  /** Missing for whoever may see all clients. */
  clients?: string[];
  state: 'invited' | 'invitation-expired' | 'active';
  totp: boolean;
  recoveryCodesLeft: number;
}

/** Who may log in, and what clients they can be limited to. */
export interface PeopleList {
  people: PersonRow[];
  clients: { id: string; name: string }[];
}

export interface TokenRow {
  id: string;
  name: string;
  scopes: string[];
  client: string | null;
  madeBy: string;
  madeAt: string;
  expiresAt: string;
  lastUsedAt: string | null;
}

export interface TokenList {
  tokens: TokenRow[];
  /** What whoever is logged in may give. */
  scopes: string[];
  /** Of all scopes, those that can be kept to one client. */
  byClient: string[];
  clients: { id: string; name: string }[];
}

export interface TokenWish {
  name: string;
  scopes: string[];
  client: string | null;
  expiresAt: string;
}
