// What one person asks for and another decides (C17, C24): holds on and off, destruction before its day, a clock that
// jumped. A request is good for a week, and decided once.

import Type, { type Static } from 'typebox';
import { checker } from '../shared/validate.ts';

const closed = { additionalProperties: false };
const text = Type.String();

/** What may be asked for. The words stand in the audit log. */
export const KINDS = [
  'hold-place',
  'hold-renew',
  'hold-release',
  'destroy-early',
  'erase-request',
  'time-confirm',
] as const;
export type Kind = (typeof KINDS)[number];

export const approvalFields = {
  id: text,
  kind: Type.Enum([...KINDS]),
  /** What it is about, in the words of its kind. */
  subject: Type.Record(text, Type.Unknown()),
  reason: text,
  requestedBy: text,
  requestedAt: text,
  expiresAt: text,
  decision: Type.Optional(
    Type.Object(
      { verdict: Type.Enum(['approved', 'refused']), by: text, at: text, note: Type.Optional(text) },
      closed,
    ),
  ),
  /** What came of it. Missing after an approval: its effect is still to come. */
  outcome: Type.Optional(Type.Object({ at: text, says: text, failed: Type.Boolean() }, closed)),
};
const approvalSchema = Type.Object(approvalFields, closed);

export type Approval = Static<typeof approvalSchema>;
export const checkApproval = checker(approvalSchema, 'bad-approval', 'approval');

export type ApprovalState = 'pending' | 'expired' | 'refused' | 'approved' | 'done' | 'failed';

/** How far a request has come at that moment. */
export function stateOf({ decision, outcome, expiresAt }: Approval, now: Date): ApprovalState {
  if (decision?.verdict === 'refused') return 'refused';
  if (decision) return outcome ? (outcome.failed ? 'failed' : 'done') : 'approved';
  return expiresAt <= now.toISOString() ? 'expired' : 'pending';
}
