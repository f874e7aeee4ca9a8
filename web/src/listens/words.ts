/** What the page on listening says. */
import { wordsOf } from '../shared/i18n.ts';

export const listensWords = wordsOf({
  fr: {
    title: 'Écoutes',
    mine: (total: number, text: string) =>
      total === 0 ? 'Personne n’a écouté vos appels' : `Vos appels ont été écoutés ${text} fois`,
    ofMine: 'Qui a écouté mes appels',
    none: 'Personne n’a écouté vos appels. Chaque écoute figurera ici, avec son motif.',
    more: (total: string) => `Les 500 plus récentes sur ${total}.`,
    call: 'Appel',
    noCode: 'sans motif de la liste',
    how: {
      play: 'enregistrement écouté',
      export: 'enregistrement remis',
      'export-evidence': 'remis comme preuve',
      'export-evidence-with-details': 'remis comme preuve, avec le numéro',
      'extract-play': 'extrait de formation écouté',
      'supervision-begin': 'écouté en direct',
      'supervision-mode': 'changement de mode en direct',
    } as Record<string, string>,
    modes: {
      listen: 'écoute',
      whisper: 'souffle à l’agent',
      barge: 'intervient',
      'take-over': 'reprend l’appel',
    } as Record<string, string>,
    report: 'Le mois en chiffres',
    month: 'Mois',
    totals: (listens: string, handed: string, refused: string) =>
      `Écoutes : ${listens}. Remises : ${handed}. Refus : ${refused}.`,
    byPerson: 'Par personne qui écoute',
    byReason: 'Par motif',
    byExtension: 'Par poste écouté',
  },
  en: {
    title: 'Listening',
    mine: (total: number, text: string) =>
      total === 0
        ? 'Nobody has listened to your calls'
        : `Your calls were listened to ${text} ${total === 1 ? 'time' : 'times'}`,
    ofMine: 'Who listened to my calls',
    none: 'Nobody has listened to your calls. Whoever does will stand here, with the reason.',
    more: (total: string) => `The 500 most recent of ${total}.`,
    call: 'Call',
    noCode: 'no reason of the list',
    how: {
      play: 'recording played',
      export: 'recording handed out',
      'export-evidence': 'handed out as evidence',
      'export-evidence-with-details': 'handed out as evidence, with the number',
      'extract-play': 'training extract played',
      'supervision-begin': 'listened to live',
      'supervision-mode': 'another mode, live',
    } as Record<string, string>,
    modes: {
      listen: 'listens',
      whisper: 'whispers to the agent',
      barge: 'barges in',
      'take-over': 'takes the call over',
    } as Record<string, string>,
    report: 'The month in figures',
    month: 'Month',
    totals: (listens: string, handed: string, refused: string) =>
      `Listens: ${listens}. Handed out: ${handed}. Refused: ${refused}.`,
    byPerson: 'By person who listens',
    byReason: 'By reason',
    byExtension: 'By extension listened to',
  },
});
