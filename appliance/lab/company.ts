// The fictitious company that lives in the lab, and a second one that shares its box: every kind of line, queue and
// person that a test or an auditor wants to call. Written as a real site would write its own.

const contact = 'vie-privee@lab.invalid';

export const clients = [
  { id: 'demo', name: 'Démonstration', contact },
  { id: 'second', name: 'Cabinet Second', contact },
];

/** Each client's recordings are sealed to its own group, beside the recovery key (C34). */
export const recipientGroups = [
  { id: 'qualite', client: 'demo', name: 'Équipe qualité' },
  { id: 'second-direction', client: 'second', name: 'Direction du Cabinet Second' },
].map((group) => ({ ...group, keys: [publicKeyInBox(group.id)] }));

/** Where the box finds the public key of a holder, as it is handed to it. */
export function publicKeyInBox(holder: string): string {
  return `/root/${holder}-public.asc`;
}

const informed = { informed_on: '2024-01-15', cse_consulted_on: '2024-01-10' };

export const people = [
  { id: 'alice', name: 'Alice', client: 'demo', extensions: ['201'], role: 'agent', ...informed },
  { id: 'bruno', name: 'Bruno', client: 'demo', extensions: ['202'], role: 'agent', ...informed },
  { id: 'carla', name: 'Carla', client: 'demo', extensions: ['203', '293'], role: 'supervisor', ...informed },
  { id: 'denis', name: 'Denis', client: 'demo', extensions: ['204'], role: 'agent' },
  {
    id: 'elise',
    name: 'Élise',
    client: 'demo',
    extensions: ['205'],
    role: 'agent',
    ...informed,
    staff_rep: true,
  },
  // Whom the demo login is: sees the live board, and has a phone in the browser only.
  { id: 'demo', name: 'Responsable', client: 'demo', extensions: ['291'], role: 'manager', ...informed },
  { id: 'fatou', name: 'Fatou', client: 'second', extensions: ['206'], role: 'agent', ...informed },
];

/** Bruno is in no team: nobody may listen to him. Élise is in one, and nobody may either: she represents the staff. */
export const teams = [
  {
    id: 'accueil',
    client: 'demo',
    name: 'Accueil',
    members: ['alice', 'denis', 'elise'],
    supervisors: ['carla', 'demo'],
    modes: ['listen', 'whisper', 'barge', 'take-over'],
    notice: 'none',
  },
];

/** Those that are in a browser. */
export const browserPhones = ['291', '293'];

export const phones = people.flatMap(({ extensions }) => extensions);

const notice = { client: 'demo', language: 'fr', version: 1, kind: 'notice' };

export const announcements = [
  {
    id: 'accueil-fr-v1',
    ...notice,
    text: `\
Bonjour. Pour améliorer la qualité de notre accueil, cet appel peut être enregistré et écouté. \
Pour vous y opposer, appuyez sur la touche 2, maintenant ou à tout moment pendant cette annonce. \
Pour exercer vos droits, écrivez à notre délégué à la protection des données.`,
  },
  { id: 'accord-fr-v1', ...notice, text: 'Pour accepter d’être enregistré, tapez 1.' },
  // Tests hear it often, so it is as short as it can be.
  { id: 'court-fr-v1', ...notice, text: 'Appel enregistré. Refus, 2.' },
  { id: 'ecoute-fr-v1', ...notice, text: 'Appel enregistré, écouté. Refus, 2.' },
  { id: 'obligation-fr-v1', ...notice, text: 'La loi veut que cet appel soit enregistré.' },
  { id: 'second-fr-v1', ...notice, client: 'second', text: 'Cabinet Second. Appel enregistré. Refus, 2.' },
  {
    id: 'ferme-fr-v1',
    ...notice,
    kind: 'closed',
    text: 'La société Démonstration est fermée. Rappelez demain.',
  },
  {
    id: 'informations-fr-v1',
    ...notice,
    kind: 'information',
    text: `\
Responsable du traitement: la société Démonstration. Finalité: la qualité de l'accueil. Durée: cent quatre-vingts \
jours. Vous pouvez accéder à l'enregistrement, le faire effacer, ou saisir la CNIL.`,
  },
];

const policy = {
  client: 'demo',
  purpose: 'quality',
  consent: 'opt-out',
  start: 'automatic',
  share: 100,
  legal_obligation: {
    text: 'Laboratoire : les appelants sont fictifs, et chaque appel doit pouvoir être mesuré.',
    approver: 'Le laboratoire',
  },
  retention: 'P180D',
  recipients: ['qualite'],
};

export const policies = [
  { id: 'accueil', ...policy },
  // So short that an auditor sees a recording being destroyed on time.
  { id: 'courte', ...policy, retention: 'PT1M' },
  { id: 'jamais', ...policy, consent: 'never' },
  { id: 'accord', ...policy, consent: 'opt-in' },
  { id: 'preuve', ...policy, purpose: 'contract', start: 'on-demand', retention: 'P5Y' },
  { id: 'echantillon', ...policy, share: 25 },
  { id: 'obligation', ...policy, consent: 'none' },
  { id: 'petite', ...policy, encoding: 'opus' },
  { id: 'ecoute', ...policy, live_listening: true },
  { id: 'second', ...policy, client: 'second', recipients: ['second-direction'] },
];

export const queues = [
  {
    id: 'standard',
    client: 'demo',
    name: 'Standard',
    number: '600',
    extensions: ['201', '202', '203'],
    strategy: 'ringall',
    wrap_up_seconds: 0,
    timeout_seconds: 60,
    announce_position: true,
  },
  // As in an answering service: who is on duty logs in, and who waits too long is taken by the relief.
  {
    id: 'permanence',
    client: 'demo',
    name: 'Permanence',
    number: '603',
    extensions: ['202', '203'],
    log_in: 'by-phone',
    strategy: 'linear',
    wrap_up_seconds: 0,
    timeout_seconds: 60,
    announce_position: false,
    weight: 5,
    overflow: { after_seconds: 10, to: { queue: 'relais' } },
    when_empty: 'overflow',
  },
  {
    id: 'relais',
    client: 'demo',
    name: 'Relais',
    number: '604',
    extensions: ['201'],
    strategy: 'ringall',
    wrap_up_seconds: 0,
    timeout_seconds: 60,
    announce_position: false,
  },
];

export const ringGroups = [
  { id: 'bureau', client: 'demo', name: 'Bureau', number: '601', extensions: ['201', '202'] },
];

export const conferences = [{ id: 'reunion', client: 'demo', name: 'Réunion', number: '602' }];

export const outbound = [
  { client: 'demo', policy: 'accueil', announcements: ['court-fr-v1'] },
  { client: 'second', policy: 'second', announcements: ['second-fr-v1'] },
];
