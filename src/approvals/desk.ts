// Where requests lie until another person has decided, one file each. Two people are two logins: whoever asks does not
// decide, whatever their roles.

import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../shared/clock.ts';
import { GreffierError, reasonOf } from '../shared/errors.ts';
import { makeFolder, readIfThere, writeDurably } from '../shared/files.ts';
import { createQueue } from '../shared/in-order.ts';
import { whileAlone } from '../shared/lock.ts';
import { type Approval, checkApproval, type Kind, stateOf } from './approval.ts';

const GOOD_FOR_MS = 7 * 86_400_000;
/** For an erasure of many recordings. */
const PATIENCE_SECONDS = 60;
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
  /** Newest first. One that cannot be read is told of, and left out. */
  all(damaged?: (id: string, reason: string) => void): Promise<Approval[]>;
  /** Does work while nobody else decides or acts on a decision, in this process or another. Throws `approvals-busy`. */
  alone<T>(work: () => Promise<T>): Promise<T>;
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
    return read(text, id);
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
    alone: (work) => whileAlone(join(folder, 'lock'), PATIENCE_SECONDS, work, busy),
    insistMayDecide,
    async all(damaged = () => {}) {
      const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
      const found = names.map(async (name): Promise<Approval[]> => {
        const id = name.slice(0, -'.json'.length);
        return one(id).then(
          (approval) => [approval],
          (error) => {
            damaged(id, reasonOf(error));
            return [];
          },
        );
      });
      return (await Promise.all(found)).flat().sort((a, b) => (a.requestedAt < b.requestedAt ? 1 : -1));
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

/** Throws `bad-approval` for what is no request, and for one that lies under the id of another. */
function read(text: string, id: string): Approval {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new GreffierError('bad-approval', `request ${id} is not JSON`, { cause });
  }
  const approval = checkApproval(value);
  if (approval.id === id) return approval;
  throw new GreffierError('bad-approval', `the file of request ${id} is that of ${approval.id}`);
}

function busy(cause: GreffierError): GreffierError {
  if (cause.code !== 'busy') return cause;
  return new GreffierError('approvals-busy', 'another decision is being carried out', {
    hint: 'try again in a minute',
    status: 503,
    cause,
  });
}
