// The lab's numbers: one line for each way in which a call may be treated.
import { policies } from './company.ts';

interface Line {
  did: string;
  client: string;
  name: string;
  policy: string;
  announcements: string[];
  information?: string;
  destination: Record<string, string | string[] | number>;
  hours?: object;
}

const information = 'informations-fr-v1';

export const lines: Line[] = [
  line('01', 'Accueil', 'accueil', { announcements: ['accueil-fr-v1'], information }),
  line('02', 'Ligne courte', 'courte', { announcements: ['accueil-fr-v1'] }),
  line('03', 'Jamais enregistrée', 'jamais', { announcements: [] }),
  line('04', 'Sur accord', 'accord', { announcements: ['accord-fr-v1'], information }),
  line('05', 'Preuve de contrat', 'preuve', { announcements: ['accueil-fr-v1'] }),
  line('06', 'Échantillon', 'echantillon'),
  line('07', 'File d’attente', 'accueil', { destination: { queue: 'standard' } }),
  line('08', 'Groupe', 'accueil', { destination: { ring_group: 'bureau' } }),
  line('09', 'Conférence', 'accueil', { destination: { conference: 'reunion' } }),
  line('10', 'Cabinet Second', 'second', {
    client: 'second',
    announcements: ['second-fr-v1'],
    destination: { extensions: ['206'] },
  }),
  line('11', 'Obligation légale', 'obligation', { announcements: ['obligation-fr-v1'] }),
  // Denis (204) was not informed: what he answers is not recorded.
  line('12', 'Avec un non-informé', 'accueil', { destination: { extensions: ['204', '201'] } }),
  // As the first line, with an announcement that takes less of an auditor's time.
  line('14', 'Accueil, annonce courte', 'accueil', { information }),
  line('15', 'Preuve, annonce courte', 'preuve'),
  line('16', 'En Opus', 'petite'),
  // Supervisors may listen to these while they last.
  line('17', 'Écoute en direct', 'ecoute', { announcements: ['ecoute-fr-v1'] }),
  line('18', 'Écoute, autres postes', 'ecoute', {
    announcements: ['ecoute-fr-v1'],
    destination: { extensions: ['202', '205'] },
  }),
  line('21', 'Permanence', 'accueil', { destination: { queue: 'permanence' } }),
  line('22', 'Permanence, urgences', 'accueil', { destination: { queue: 'permanence', priority: 10 } }),
  // Open for one minute a day.
  line('23', 'Fermée', 'accueil', {
    hours: { closed: 'ferme-fr-v1', windows: [{ days: 'mon-sun', from: '00:00', to: '00:01' }] },
  }),
  line('13', 'Ligne syndicale', 'jamais', { announcements: [], destination: { extensions: ['205'] } }),
];

/**
 * What each number is for, in a few words; `never` is never recorded, `closed` says that it is closed and ends the call,
 * `quality` alone is a plain line.
 */
export function purposes(): Record<string, string> {
  return Object.fromEntries(lines.map((one) => [one.did, purpose(one)]));
}

function purpose({ policy: id, destination, hours }: Line): string {
  const policy = policies.find((one) => one.id === id);
  if (!policy || policy.consent === 'never') return 'never';
  if (hours) return 'closed';
  const [kind = ''] = Object.keys(destination);
  const particulars = [
    policy.consent !== 'opt-out' && policy.consent,
    policy.start !== 'automatic' && policy.start,
    policy.share < 100 && `sampled ${policy.share} %`,
    kind !== 'extensions' && kind.replace('_', ' '),
    'encoding' in policy && policy.encoding,
    policy.client !== 'demo' && `client ${policy.client}`,
    [destination.extensions].flat().includes('204') && 'one of two not informed',
  ];
  return [policy.purpose, ...particulars.filter(Boolean)].join(', ');
}

function line(end: string, name: string, policy: string, differences: Partial<Line> = {}): Line {
  return {
    did: `+331234567${end}`,
    client: 'demo',
    name,
    policy,
    announcements: ['court-fr-v1'],
    destination: { extensions: ['201'] },
    ...differences,
  };
}
