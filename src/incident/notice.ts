// The draft of the notice to the authority, with the points of art. 33(3). It says what the appliance knows; what only
// people know stands there as a gap. A person completes it, and sends it by the authority's form.

import { type Incident, type IncidentFigures, noticeDueAt } from './incident.ts';

export interface NoticeFacts {
  incident: Incident;
  figures: IncidentFigures;
  site: string;
  /** Clients concerned, by name, with where to write to. */
  clients: { name: string; contact: string }[];
  /** Logins who listened to or took out affected recordings in that time. */
  accesses: number;
  people: number;
  signingKey: string;
}

export function noticeFr({
  incident,
  figures,
  site,
  clients,
  accesses,
  people,
  signingKey,
}: NoticeFacts): string {
  const { scope } = incident;
  return `# Notification d’une violation de données à caractère personnel (article 33 du RGPD) : PROJET

Incident ${incident.id}, ${site}. Toutes les heures sont en temps universel (UTC).

- Connaissance de l’incident : ${incident.awareAt}
- Notification à la CNIL au plus tard : ${noticeDueAt(incident).toISOString()} (72 heures, article 33, paragraphe 1)
- Si la notification part plus tard, motif du retard : [à compléter]
- Notification complémentaire possible, par étapes (article 33, paragraphe 4)

## a) Nature de la violation

${incident.reason}

Période : du ${scope.since ?? '[à compléter]'} au ${scope.until ?? '[en cours, ou à compléter]'}.
Perte de confidentialité, d’intégrité ou de disponibilité : [à compléter]

- Enregistrements concernés : ${figures.recordings}, dont ${figures.destroyed} détruits depuis ; durée totale ${figures.seconds} s
- Personnes extérieures distinctes (par empreinte de numéro) : ${figures.persons} ; ${figures.withheld} enregistrements de numéros masqués
- Postes de salariés concernés : ${figures.extensions}
- Catégories de personnes : correspondants téléphoniques, salariés
- Catégories de données : voix (contenu des appels), quatre derniers chiffres et empreinte à clé du numéro, date, heure, durée, ligne, poste ; numéro complet et nom dans la partie scellée
- Accès (écoute, copie) relevés dans le journal pendant la période : ${accesses}, par ${people} comptes (accesses.tsv)

## b) Contact

Délégué à la protection des données : [nom à compléter]
${contacts(clients, '[à compléter]')}

## c) Conséquences probables

Audio et numéros complets sont scellés (OpenPGP) ; l’appareil ne détient aucune clé qui les ouvre. keys.tsv donne les clés
qui ouvrent des enregistrements. L’une d’elles est-elle compromise ? [à compléter : si oui, les contenus sont à considérer
comme divulgués]
Conséquences pour les personnes : [à compléter]

## d) Mesures

Prises par l’appareil : journal d’audit ${incident.logFrozen ? 'gelé' : 'conservé (aucun élagage)'}, point de contrôle signé (checkpoint.txt, clé ${signingKey}).
La destruction à échéance continue : l’échéance est une obligation (article 5, paragraphe 1, point e).
Prises ou envisagées par l’organisme : [à compléter]
Communication aux personnes (article 34) : [à compléter]
`;
}

export function noticeEn({
  incident,
  figures,
  site,
  clients,
  accesses,
  people,
  signingKey,
}: NoticeFacts): string {
  const { scope } = incident;
  return `# Notification of a personal data breach (article 33 GDPR): DRAFT

Incident ${incident.id}, ${site}. All times are in UTC.

- Aware of it since: ${incident.awareAt}
- To be notified to the authority by: ${noticeDueAt(incident).toISOString()} (72 hours, article 33(1))
- If it is notified later, reasons for the delay: [to be completed]
- It may be completed in phases (article 33(4))

## (a) Nature of the breach

${incident.reason}

Time: from ${scope.since ?? '[to be completed]'} to ${scope.until ?? '[lasting, or to be completed]'}.
Loss of confidentiality, integrity or availability: [to be completed]

- Recordings concerned: ${figures.recordings}, of which ${figures.destroyed} were destroyed since; ${figures.seconds} s in all
- Distinct persons outside (by fingerprint of their number): ${figures.persons}; ${figures.withheld} recordings of withheld numbers
- Extensions of employees concerned: ${figures.extensions}
- Categories of persons: parties to telephone calls, employees
- Categories of data: voice (content of calls), last four digits and keyed fingerprint of the number, date, time, duration, line, extension; full number and name in the sealed part
- Accesses (listening, copies) in the audit log in that time: ${accesses}, by ${people} accounts (accesses.tsv)

## (b) Contact

Data protection officer: [name to be completed]
${contacts(clients, '[to be completed]')}

## (c) Likely consequences

Audio and full numbers are sealed (OpenPGP); the appliance holds no key that opens them. keys.tsv lists the keys that open
recordings. Is one of them compromised? [to be completed: if so, the contents count as disclosed]
Consequences for the persons: [to be completed]

## (d) Measures

Taken by the appliance: audit log ${incident.logFrozen ? 'frozen' : 'kept (nothing is pruned)'}, signed checkpoint (checkpoint.txt, key ${signingKey}).
Destruction on the due day goes on: that day is an obligation (article 5(1)(e)).
Taken or proposed by the organisation: [to be completed]
Communication to the persons (article 34): [to be completed]
`;
}

function contacts(clients: NoticeFacts['clients'], gap: string): string {
  return clients.length ? clients.map(({ name, contact }) => `- ${name}: ${contact}`).join('\n') : `- ${gap}`;
}
