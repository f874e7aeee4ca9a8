// What the audit log of a lab says.

import { inBox, type LabInfo } from './lab.ts';

export interface AuditEntry {
  action: string;
  actor: string;
  recording?: string;
  code?: string;
  reason?: string;
}

/** The newest entry: its leaf, and what it commits to. */
export async function lastAudited(lab: LabInfo): Promise<AuditEntry> {
  const [leaf = '', payload = ''] = (
    await inBox(lab, 'tail', '-n', '1', '/var/lib/greffier/audit/log')
  ).split('\t');
  return { ...JSON.parse(leaf), ...JSON.parse(payload) } as AuditEntry;
}
