/** What the comments on a recording say. */
import { wordsOf } from '../shared/i18n.ts';

export const commentWords = wordsOf({
  fr: {
    title: 'Commentaires',
    shortcut: 'C : commenter',
    at: (moment: string) => `Commenter à ${moment}`,
    hint: 'Scellé comme l’enregistrement, et détruit avec lui. Ce n’est pas une transcription.',
    submit: 'Ajouter',
    remove: 'Retirer ce commentaire',
    goTo: 'Aller à',
    unreadable: (count: number) =>
      count === 1
        ? 'Un commentaire ne s’ouvre pas avec la clé de cet enregistrement.'
        : `${count} commentaires ne s’ouvrent pas avec la clé de cet enregistrement.`,
  },
  en: {
    title: 'Comments',
    shortcut: 'C: comment',
    at: (moment) => `Comment at ${moment}`,
    hint: 'Sealed as the recording is, and destroyed with it. This is no transcript.',
    submit: 'Add',
    remove: 'Remove this comment',
    goTo: 'Go to',
    unreadable: (count) =>
      count === 1
        ? 'One comment does not open with the key of this recording.'
        : `${count} comments do not open with the key of this recording.`,
  },
});
