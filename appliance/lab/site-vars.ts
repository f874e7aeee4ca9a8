// The lab's site, as variables of the playbook.
import {
  announcements,
  browserPhones,
  clients,
  conferences,
  outbound,
  people,
  phones,
  policies,
  publicKeyInBox,
  queues,
  recipientGroups,
  ringGroups,
  teams,
} from './company.ts';
import type { Lab } from './lab.ts';
import { lines } from './lines.ts';
import { trunkPort } from './network.ts';

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
    greffier_phones: phones.map((number) => ({
      number,
      ...(browserPhones.includes(number) && { browser: true }),
    })),
    greffier_recovery_keys: [publicKeyInBox('recovery')],
    greffier_clients: clients,
    greffier_recipient_groups: recipientGroups,
    greffier_people: people,
    greffier_teams: teams,
    greffier_announcements: announcements,
    greffier_policies: policies,
    greffier_lines: lines,
    greffier_queues: queues,
    greffier_ring_groups: ringGroups,
    greffier_conferences: conferences,
    greffier_outbound: outbound,
    greffier_spool_size_mb: 256,
    greffier_lan: [`${lab.subnet}.0/24`],
  };
}
