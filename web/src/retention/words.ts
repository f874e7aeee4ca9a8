/** What the page on destruction says. */
import { wordsOf } from '../shared/i18n.ts';

export const retentionWords = wordsOf({
  fr: {
    title: 'Destruction',
    soon: (count: number, text: string, days: number) =>
      count === 0
        ? `Rien ne part dans les ${days} prochains jours`
        : `${text} enregistrement${count > 1 ? 's partent' : ' part'} dans les ${days} prochains jours`,
    suspended: (wall: string, expected: string) =>
      `L’horloge indique ${wall} et devrait indiquer ${expected} : rien n’est détruit. Réglez-la, ou que deux personnes la confirment.`,
    waiting: 'En attente d’une deuxième personne',
    none: 'Rien n’attend.',
    kinds: {
      'hold-place': 'Conserver pour un litige',
      'hold-renew': 'Prolonger une conservation',
      'hold-release': 'Lever une conservation',
      'destroy-early': 'Détruire avant l’échéance',
      'erase-request': 'Effacer à la demande d’une personne',
      'time-confirm': 'Croire l’horloge',
    } as Record<string, string>,
    askedBy: (user: string) => `demandé par ${user}`,
    until: (date: string) => `valable jusqu’au ${date}`,
    own: 'C’est votre demande : une autre personne décide.',
    approve: 'Approuver',
    refuse: 'Refuser',
    done: (what: string) => `C’est fait : ${what}.`,
    failed: (says: string) => `Cela n’a pas pu être fait : ${says}`,
    byDay: 'Ce qui part, jour par jour',
    plot: (days: number, total: string, most: string, on: string) =>
      `${total} enregistrements sur ${days} jours ; au plus ${most}, le ${on}`,
    onDay: (day: string, count: string) => `${day} · ${count}`,
    list: 'Les premiers à partir',
    goes: 'Part le',
    held: (date: string) => `conservé jusqu’au ${date}`,
    more: 'En voir plus',
    holds: 'Conservations pour litige',
    noHolds: 'Rien n’est conservé au-delà de son échéance.',
    hold: (count: number, date: string) => `${count} enregistrement${count > 1 ? 's' : ''}, jusqu’au ${date}`,
    by: (asked: string, approved: string) => `demandé par ${asked}, approuvé par ${approved}`,
    states: { active: 'en cours', over: 'terminée', released: 'levée', damaged: 'endommagée' },
  },
  en: {
    title: 'Destruction',
    soon: (count: number, text: string, days: number) =>
      count === 0
        ? `Nothing goes in the next ${days} days`
        : `${text} recording${count === 1 ? ' goes' : 's go'} in the next ${days} days`,
    suspended: (wall: string, expected: string) =>
      `The clock shows ${wall} and should show ${expected}: nothing is destroyed. Set it right, or have two people confirm it.`,
    waiting: 'Waiting for a second person',
    none: 'Nothing waits.',
    kinds: {
      'hold-place': 'Hold for a litigation',
      'hold-renew': 'Prolong a hold',
      'hold-release': 'Release a hold',
      'destroy-early': 'Destroy before the day',
      'erase-request': 'Erase at a person’s request',
      'time-confirm': 'Believe the clock',
    } as Record<string, string>,
    askedBy: (user: string) => `asked by ${user}`,
    until: (date: string) => `good until ${date}`,
    own: 'It is your request: somebody else decides.',
    approve: 'Approve',
    refuse: 'Refuse',
    done: (what: string) => `Done: ${what}.`,
    failed: (says: string) => `It could not be done: ${says}`,
    byDay: 'What goes, day by day',
    plot: (days: number, total: string, most: string, on: string) =>
      `${total} recordings over ${days} days; ${most} at most, on ${on}`,
    onDay: (day: string, count: string) => `${day} · ${count}`,
    list: 'The first to go',
    goes: 'Goes on',
    held: (date: string) => `held until ${date}`,
    more: 'Show more',
    holds: 'Legal holds',
    noHolds: 'Nothing is kept beyond its day.',
    hold: (count: number, date: string) => `${count} recording${count === 1 ? '' : 's'}, until ${date}`,
    by: (asked: string, approved: string) => `asked by ${asked}, approved by ${approved}`,
    states: { active: 'holds', over: 'over', released: 'released', damaged: 'damaged' },
  },
});
