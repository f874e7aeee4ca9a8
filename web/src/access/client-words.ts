/** What the page of people says of limits to clients. */
import { wordsOf } from '../shared/i18n.ts';

export const clientWords = wordsOf({
  fr: {
    clients: 'Clients',
    limit: 'Limiter à certains clients',
    limitHint: 'ne voit que ce qui est de ces clients ; les pages communes lui sont fermées',
    limitedTo: (names: string) => `Limité à : ${names}`,
    save: 'Enregistrer',
  },
  en: {
    clients: 'Clients',
    limit: 'Limit to some clients',
    limitHint: 'sees what is of these clients alone; pages about all of them are closed',
    limitedTo: (names) => `Limited to: ${names}`,
    save: 'Save',
  },
});
