// The fictitious company that lives in the lab, as variables of the playbook. Written as a real site would write its own.
import type { Lab } from './lab.ts';
import { trunkPort } from './network.ts';

interface Line {
  did: string;
  name: string;
  purpose: 'quality' | 'training' | 'contract';
  announcement: string;
  consent: 'opt-out' | 'never';
  retention: string;
  extensions: string[];
}

export const phones = ['201', '202'];

export const lines: Line[] = [
  line('+33123456701', 'Accueil', {}),
  // So short that an auditor sees a recording being destroyed on time.
  line('+33123456702', 'Ligne courte', { retention: 'PT1M' }),
  line('+33123456703', 'Jamais enregistrée', { consent: 'never' }),
];

const announcementText = `\
Bonjour. Pour améliorer la qualité de notre accueil, cet appel peut être enregistré et écouté. \
Pour vous y opposer, appuyez sur la touche 2, maintenant ou à tout moment pendant cette annonce. \
Pour exercer vos droits, écrivez à notre délégué à la protection des données.`;

/** Where the box finds the public recovery key that it is handed. */
export const recoveryKeyInBox = '/root/recovery-public.asc';

/** The variables given to ansible/site.yml. */
export function siteVars(lab: Lab): Record<string, unknown> {
  return {
    greffier_site_name: 'Démonstration',
    greffier_timezone: 'Europe/Paris',
    greffier_language: 'fr',
    greffier_country: 'FR',
    greffier_country_code: '33',
    // The operator's side of the trunk, and the phones, are programs on the host.
    greffier_trunk: { host: lab.hostAddress, port: trunkPort, match: [lab.hostAddress] },
    greffier_phones: phones.map((number) => ({ number })),
    greffier_recovery_keys: [recoveryKeyInBox],
    greffier_announcements: [{ id: 'accueil-fr-v1', language: 'fr', version: 1, text: announcementText }],
    greffier_lines: lines,
    greffier_spool_size_mb: 256,
    greffier_lan: [`${lab.subnet}.0/24`],
  };
}

function line(did: string, name: string, differences: Partial<Line>): Line {
  return {
    did,
    name,
    purpose: 'quality',
    announcement: 'accueil-fr-v1',
    consent: 'opt-out',
    retention: 'P180D',
    extensions: ['201'],
    ...differences,
  };
}
