// greffier incident open|list|show|report|notified|close: a breach of personal data, from the first hour on (C33).

import type { Command } from 'commander';
import type { Appliance } from '../appliance.ts';
import { clockOf, type Incident } from '../incident/incident.ts';
import { closeIncident, incidentsOf, notifyIncident, openIncident } from '../incident-of-site.ts';
import { writeIncident } from '../incident-report.ts';
import { moment } from './calls.ts';
import type { Action } from './greffier.ts';
import { printFacts, printRows } from './output.ts';
import { writePacked } from './packed.ts';
import { actor } from './wording.ts';

const COLUMNS = ['incident', 'opened', 'notify by', 'hours left', 'state', 'recordings', 'persons'];

/** Adds the commands. */
export function incidentCommands(program: Command, withAppliance: Action): void {
  const incident = program.command('incident').description('breaches of personal data (RGPD art. 33)');
  incident
    .command('open')
    .description('freeze the log, list what is concerned, draft the notice; the 72 hours run from --aware')
    .requiredOption('--reason <text>', 'what happened; no name, no number')
    .option('--aware <moment>', 'since when the house knows of it (ISO 8601); now', moment)
    .option('--since <moment>', 'it began then; what lay on the box since is concerned', moment)
    .option('--until <moment>', 'it was over then', moment)
    .option('--made-since <moment>', 'only recordings of calls from then on', moment)
    .option('--made-until <moment>', 'only recordings of calls before then', moment)
    .option('--client <id>', 'only those of one client')
    .option('--line <number>', 'only those of one line, in E.164')
    .option('--extension <number>', 'only those in which that extension took part')
    .option('--recording <id...>', 'only these')
    .option('--to <folder>', 'folder to write the package to', '.')
    .option('--json', 'as JSON')
    .action(({ reason, aware, recording, to, json, ...scope }) =>
      withAppliance(async (appliance) => {
        const awareAt = aware === undefined ? appliance.clock() : new Date(aware);
        const asked = {
          reason,
          awareAt,
          scope: { ...scope, ...(recording && { recordings: recording }) },
          by: actor(),
        };
        const opened = await openIncident(appliance, asked);
        const written = await writePackage(appliance, opened, to);
        printFacts({ ...shown(opened, appliance.clock()), logFrozen: opened.logFrozen, written }, json);
      }),
    );
  incident
    .command('list')
    .description('all incidents')
    .option('--json', 'as JSON')
    .action(({ json }) =>
      withAppliance(async (appliance) => {
        const all = await incidentsOf(appliance).all();
        const rows = all.map((one) => shown(one, appliance.clock()));
        printRows(rows, COLUMNS, json, 'no incidents');
      }),
    );
  incident
    .command('show <incident>')
    .description('one incident, with the clock of 72 hours')
    .option('--json', 'as JSON')
    .action((id, { json }) =>
      withAppliance(async (appliance) => {
        const { checkpoint, ...one } = await incidentsOf(appliance).read(id);
        printFacts({ ...one, clock: clockOf({ ...one, checkpoint }, appliance.clock()) }, json);
      }),
    );
  incident
    .command('report <incident>')
    .description('write the package again, with what is known now')
    .option('--to <folder>', 'folder to write to', '.')
    .action((id, { to }) =>
      withAppliance(async (appliance) => {
        const one = await incidentsOf(appliance).read(id);
        printFacts({ written: await writePackage(appliance, one, to) }, false);
      }),
    );
  incident
    .command('notified <incident>')
    .description('the authority was told; ends the reminders')
    .requiredOption('--at <moment>', 'when (ISO 8601)', moment)
    .requiredOption('--reference <text>', 'the number that the authority gave it')
    .action((id, { at, reference }) =>
      withAppliance(async (appliance) => {
        const one = await notifyIncident(appliance, id, actor(), { at: new Date(at), reference });
        printFacts(shown(one, appliance.clock()), false);
      }),
    );
  incident
    .command('close <incident>')
    .description('end it; the log is pruned again once none is open')
    .requiredOption(
      '--note <text>',
      'what came of it; where the authority was not told, why not (art. 33(5))',
    )
    .action((id, { note }) =>
      withAppliance(async (appliance) =>
        printFacts(shown(await closeIncident(appliance, id, actor(), note), appliance.clock()), false),
      ),
    );
}

function shown(incident: Incident, now: Date): Record<string, unknown> {
  const { noticeDueAt, hoursLeft, state } = clockOf(incident, now);
  return {
    incident: incident.id,
    opened: incident.openedAt,
    'notify by': noticeDueAt,
    'hours left': hoursLeft,
    state,
    recordings: incident.figures?.recordings ?? '',
    persons: incident.figures?.persons ?? '',
  };
}

/** Returns the file of the package. */
function writePackage(appliance: Appliance, incident: Incident, to: string): Promise<string> {
  return writePacked(to, `incident-${incident.id}`, appliance.clock(), (folder) =>
    writeIncident(appliance, incident, actor(), folder),
  );
}
