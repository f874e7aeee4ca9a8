// Everything the daemon and the command line work on, opened once. Opening changes nothing but what is missing.

import { join } from 'node:path';
import { type Alarms, openAlarms } from './alarms/alarms.ts';
import { type ApprovalDesk, openApprovals } from './approvals/desk.ts';
import { type AuditJournal, openAudit } from './audit/journal.ts';
import { type Catalogue, openCatalogue } from './catalogue/catalogue.ts';
import { type Comments, openComments } from './comments/store.ts';
import type { Config } from './config/config.ts';
import { type Extracts, openExtracts } from './extracts/store.ts';
import { readSeed } from './first-settings.ts';
import { type HoldBook, openHoldBook } from './holds/book.ts';
import { openSigner, type Signer } from './keys/signing.ts';
import { type Objections, openObjections } from './objections/list.ts';
import { checkSettings } from './policies/rules.ts';
import type { Settings } from './policies/schema.ts';
import { openScorecards, type Scorecards } from './scorecards/store.ts';
import { type Clock, systemClock } from './shared/clock.ts';
import type { Logger } from './shared/logger.ts';
import { openSettings, type SettingsFile } from './shared/settings-file.ts';
import { verifier } from './signatures.ts';
import { openSpool, type Spool } from './spool/spool.ts';
import { type EffectiveTime, machineClocks, openTime } from './time/effective.ts';
import { clockNews, latestOnRecord } from './time-on-record.ts';
import { openVault, type Vault } from './vault/vault.ts';

export interface Appliance {
  config: Config;
  clock: Clock;
  log: Logger;
  settings: SettingsFile<Settings>;
  signer: Signer;
  vault: Vault;
  catalogue: Catalogue;
  spool: Spool;
  audit: AuditJournal;
  alarms: Alarms;
  /** Who is never to be recorded again. */
  objections: Objections;
  /** What must not be destroyed for the time being. */
  holds: HoldBook;
  /** What waits for a second person. */
  approvals: ApprovalDesk;
  /** What time it is, as far as destruction goes. */
  time: EffectiveTime;
  /** Training extracts. */
  extracts: Extracts;
  /** What was said of talks to those who led them. */
  scorecards: Scorecards;
  /** What was written down about moments of recordings; sealed. */
  comments: Comments;
}

/** Opens the appliance. Throws a named error when a part cannot be used; what is on disk is left as it is. */
export async function openAppliance(
  config: Config,
  log: Logger,
  clock: Clock = systemClock,
): Promise<Appliance> {
  const signer = await openSigner(config.state.keys);
  const vault = await openVault(config.state.vault, config.state.vaultId);
  const audit = await openAudit(config.state.audit, clock, { origin: config.site.name, sign: signer.sign });
  const catalogue = await openCatalogue(config.state.catalogue);
  const alarms = await openAlarms(config.state.alarms, clock, log, config.paths.spool);
  return {
    config,
    clock,
    log,
    settings: await openSettings(config.state.settings, checkSettings, () => readSeed(config)),
    signer,
    vault,
    holds: openHoldBook(vault.holds, () => verifier(signer.publicKey)),
    approvals: await openApprovals(config.state.approvals, clock),
    extracts: await openExtracts(config.state.extracts, clock),
    scorecards: await openScorecards(config.state.scorecards, clock),
    comments: await openComments(config.state.comments, clock),
    catalogue,
    spool: openSpool(config.paths.spool),
    audit,
    time: await openTime(
      config.state.time,
      machineClocks(clock),
      () => latestOnRecord(audit, catalogue),
      clockNews({ alarms, log }),
    ),
    objections: await openObjections(
      {
        folder: config.state.objections,
        published: join(config.state.policies, 'objections'),
        country: config.site.country,
      },
      clock,
    ),
    alarms,
  };
}
