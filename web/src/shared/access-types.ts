/** What the routes on people and accounts answer. */

export interface Enrolment {
  user: string;
  roles: string[];
  totp: { secret: string; address: string } | null;
}

export interface PersonRow {
  user: string;
  roles: string[];
  state: 'invited' | 'invitation-expired' | 'active';
  totp: boolean;
  recoveryCodesLeft: number;
}
