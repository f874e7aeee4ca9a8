// The audit log as a folder that stands by itself: whoever gets it can verify it without this program (C30, C31).

import { copyFile, cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { Appliance } from './appliance.ts';
import type { AuditRoutes } from './audit/routes.ts';
import type { Downloads } from './handing-out.ts';
import { isMissing } from './shared/errors.ts';
import { witnessesInBrief } from './witness-of.ts';

const SCRIPT = fileURLToPath(new URL('./audit/package/verify-log.sh', import.meta.url));

/** Writes the log into a new folder. A checkpoint of now is in it. */
export async function exportAudit(
  { audit, signer, config }: Pick<Appliance, 'audit' | 'signer' | 'config'>,
  to: string,
  asCaller: <T>(work: () => Promise<T>) => Promise<T>,
): Promise<void> {
  await audit.checkpoint();
  const from = config.state.audit;
  await asCaller(async () => {
    await mkdir(to, { recursive: true, mode: 0o700 });
    // What was pruned is a hole, and stays one.
    await execa('cp', ['--sparse=always', '--no-preserve=all', join(from, 'log'), join(to, 'log')]);
    for (const name of ['pruned.json', 'pruned.json.asc', 'pruned.leaves'])
      await copyFile(join(from, name), join(to, name)).catch((error) => {
        if (!isMissing(error)) throw error;
      });
    await cp(join(from, 'checkpoints'), join(to, 'checkpoints'), { recursive: true });
    await writeFile(join(to, 'appliance.asc'), signer.publicKey);
    await copyFile(SCRIPT, join(to, 'verify-log.sh'));
  });
}

/** What the routes of the audit log are handed. */
export function auditParts(appliance: Appliance, downloads: Downloads): AuditRoutes {
  const { audit, config, clock, signer } = appliance;
  const about = 'audit log';
  return {
    audit,
    timezone: config.site.timezone,
    fingerprint: signer.fingerprint,
    witnesses: () => witnessesInBrief(appliance),
    async exportFor(user, reason) {
      await audit.write({ actor: user, action: 'audit-export', reason });
      const at = clock();
      return downloads.make(user, about, {
        name: `audit-log-${at.toISOString().slice(0, 10)}`,
        at,
        layOut: (folder) => exportAudit(appliance, folder, (work) => work()),
      });
    },
    takeOut: (ticket, user) => downloads.take(ticket, user, about),
  };
}
