// The report as a page that can be hung up, in the language of the site.

import type { Report } from './report.ts';

const WORDS = {
  fr: {
    title: 'Transparence des écoutes',
    listens: 'Écoutes',
    handedOut: 'Enregistrements remis',
    refused: 'Accès refusés',
    destroyed: 'Enregistrements détruits, par motif',
    byPerson: 'Écoutes par personne',
    byReason: 'Écoutes par motif',
    byExtension: 'Écoutes par poste écouté',
    none: 'aucun',
  },
  en: {
    title: 'Transparency of listening',
    listens: 'Listens',
    handedOut: 'Recordings handed out',
    refused: 'Accesses refused',
    destroyed: 'Recordings destroyed, by reason',
    byPerson: 'Listens by person',
    byReason: 'Listens by reason',
    byExtension: 'Listens by extension listened to',
    none: 'none',
  },
} as const;

/** The report in Markdown. */
export function reportText(report: Report, language: 'fr' | 'en'): string {
  const t = WORDS[language];
  const table = (title: string, counts: Record<string, number>) => {
    const rows = Object.entries(counts).map(([key, count]) => `- ${key}: ${count}\n`);
    return `## ${title}\n\n${rows.join('') || `${t.none}\n`}\n`;
  };
  return [
    `# ${t.title}, ${report.site}, ${report.month}\n\n`,
    `- ${t.listens}: ${report.listens}\n- ${t.handedOut}: ${report.handedOut}\n- ${t.refused}: ${report.refused}\n\n`,
    table(t.byPerson, report.byPerson),
    table(t.byReason, report.byReason),
    table(t.byExtension, report.byExtension),
    table(t.destroyed, report.destroyed),
  ].join('');
}
