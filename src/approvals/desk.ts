// Where requests lie until another person has decided, one file each. Two people are two logins: whoever asks does not
// decide, whatever their roles.

import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../shared/clock.ts';
import { GreffierError } from '../shared/errors.ts';
import { makeFolder, readIfThere, writeDurably } from '../shared/files.ts';
import { createQueue } from '../shared/in-order.ts';
import { type Approval, checkApproval, type Kind, stateOf } from './approval.ts';

const GOOD_FOR_MS = 7 * 86_400_000;
const ID = /^[0-9a-f-]{36}$/;

export interface Wish {
  kind: Kind;
  subject: Record<string, unknown>;
  reason: string;
}

export interface ApprovalDesk {
  ask(wish: Wish, by: string): Promise<Approval>;
  /** Throws `no-such-approval`. */
  one(id: string): Promise<Approval>;
  /** Newest first. */
  all(): Promise<Approval[]>;
  /**
   * Notes the decision of another person, once. Throws `same-person`, `already-decided`, `approval-expired`,
   * `no-such-approval`.
   */
  decide(id: string, verdict: 'approved' | 'refused', by: string, note?: string): Promise<Approval>;
  /** Throws what `decide` would, and notes nothing. */
  insistMayDecide(id: string, by: string): Promise<Approval>;
  ended(id: string, outcome: { says: string; failed: boolean }): Promise<Approval>;
}

/** Opens the desk in a folder. */
export async function openApprovals(folder: string, clock: Clock): Promise<ApprovalDesk> {
  await makeFolder(folder);
  const inOrder = createQueue();
  const put = async (approval: Approval) => {
    await writeDurably(join(folder, `${approval.id}.json`), `${JSON.stringify(approval, null, 2)}\n`);
    return approval;
  };

  async function one(id: string): Promise<Approval> {
    const text = ID.test(id) ? await readIfThere(join(folder, `${id}.json`)) : undefined;
    if (text === undefined)
      throw new GreffierError('no-such-approval', `nothing was asked for under ${id.slice(0, 36)}`, {
        hint: 'greffier approvals list shows what was',
        status: 404,
      });
    return checkApproval(JSON.parse(text));
  }

  async function insistMayDecide(id: string, by: string): Promise<Approval> {
    const approval = await one(id);
    const state = stateOf(approval, clock());
    if (state === 'expired')
      throw new GreffierError('approval-expired', `what was asked on ${approval.requestedAt} is too old`, {
        hint: 'it has to be asked for again',
        status: 409,
      });
    if (state !== 'pending')
      throw new GreffierError('already-decided', `${approval.decision?.by} has decided it before`, {
        status: 409,
      });
    if (approval.requestedBy === by)
      throw new GreffierError('same-person', `${by} has asked for it: somebody else decides`, {
        status: 403,
      });
    return approval;
  }

  return {
    one,
    insistMayDecide,
    async all() {
      const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
      const found = await Promise.all(names.map((name) => one(name.slice(0, -'.json'.length))));
      return found.sort((a, b) => (a.requestedAt < b.requestedAt ? 1 : -1));
    },
    ask({ kind, subject, reason }, by) {
      const now = clock();
      const expiresAt = new Date(now.getTime() + GOOD_FOR_MS).toISOString();
      const asked = { id: randomUUID(), kind, subject, reason, requestedBy: by };
      return put({ ...asked, requestedAt: now.toISOString(), expiresAt });
    },
    decide: (id, verdict, by, note) =>
      inOrder(async () => {
        const approval = await insistMayDecide(id, by);
        const decision = { verdict, by, at: clock().toISOString(), ...(note && { note }) };
        return put({ ...approval, decision });
      }),
    ended: (id, { says, failed }) =>
      inOrder(async () => put({ ...(await one(id)), outcome: { at: clock().toISOString(), says, failed } })),
  };
}
