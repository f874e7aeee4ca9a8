// What the routes of approvals answer.

import Type from 'typebox';
import { closed } from '../shared/schema.ts';
import { approvalFields } from './approval.ts';

const approval = closed({
  ...approvalFields,
  state: Type.Enum(['pending', 'expired', 'refused', 'approved', 'done', 'failed']),
});
export const approvalsAnswer = { 200: closed({ approvals: Type.Array(approval) }) };
export const decidedAnswer = { 200: approval };
/** It waits for a second person. */
export const askedAnswer = { 202: approval };
