// The package of an incident: plain files that anybody reads, and one signed list of them. It opens with coreutils and
// gpg. Of people it has logins, extensions, and numbers that mean nothing outside it.

import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Sign, signSums } from '../shared/sums.ts';

export type Cell = string | number | boolean | null | undefined;

export interface IncidentFiles {
  /** Name and content. */
  texts: Record<string, string>;
  /** Name without its ending, columns, and rows as they come. */
  tables: { name: string; columns: string[]; rows: AsyncIterable<Cell[]> | Iterable<Cell[]> }[];
}

/** Writes the tables first, one row at a time, then the texts, which may be made from what was counted meanwhile. */
export async function layOutIncident(
  folder: string,
  tables: IncidentFiles['tables'],
  texts: () => Promise<IncidentFiles['texts']>,
  sign: Sign,
): Promise<void> {
  for (const { name, columns, rows } of tables)
    await pipeline(Readable.from(linesOf(columns, rows)), createWriteStream(join(folder, `${name}.tsv`)));
  for (const [name, content] of Object.entries(await texts())) await writeFile(join(folder, name), content);
  await signSums(folder, sign);
}

async function* linesOf(
  columns: string[],
  rows: AsyncIterable<Cell[]> | Iterable<Cell[]>,
): AsyncGenerator<string> {
  yield lineOf(columns);
  for await (const row of rows) yield lineOf(row);
}

/** Tabs and line ends in a value would move what comes after it. */
function lineOf(cells: Cell[]): string {
  return `${cells.map((cell) => String(cell ?? '').replaceAll(/[\t\r\n]+/g, ' ')).join('\t')}\n`;
}

export const README = `DOSSIER D'INCIDENT / PACKAGE OF AN INCIDENT

Verify / vérifier :

  sha256sum -c SHA256SUMS
  gpg --import appliance.asc
  gpg --verify SHA256SUMS.asc SHA256SUMS
  gpg --verify checkpoint.txt.asc checkpoint.txt

and compare the key's fingerprint with the one on paper. / et comparez l'empreinte de la clé avec celle sur papier.

  notice.fr.md, notice.en.md   draft of the notice (RGPD art. 33(3))   projet de notification
  incident.json                what is known of the incident           ce que l'on sait de l'incident
  recordings.tsv               recordings concerned                    enregistrements concernés
  accesses.tsv                 who listened or took copies             qui a écouté ou copié
  log.tsv                      all of the audit log in that time       tout le journal de la période
  sessions.tsv                 log-ins in that time                    connexions de la période
  alarms.tsv                   alarms in that time                     alarmes de la période
  keys.tsv                     keys that open recordings               clés qui ouvrent des enregistrements
  checkpoint.txt, .asc         size and root of the audit log          taille et racine du journal d'audit

Times are UTC. "party" numbers persons in this package only. Free texts, network addresses and numbers of telephones are
left out: they are on the appliance. / Heures UTC. « party » numérote les personnes dans ce dossier seulement. Les textes
libres, adresses réseau et numéros de téléphone restent sur l'appareil.
`;
