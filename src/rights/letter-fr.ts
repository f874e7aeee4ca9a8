// The answer's words in French. Articles are those of the RGPD unless another law is named.

import type { Wording } from './letter.ts';

const KIND = {
  access: 'd’accès aux données qui vous concernent (article 15 du RGPD)',
  erasure: 'd’effacement des données qui vous concernent (article 17 du RGPD)',
  objection: 'd’opposition à l’enregistrement de vos appels (article 21 du RGPD)',
  rectification: 'de rectification (article 16 du RGPD)',
  restriction: 'de limitation du traitement (article 18 du RGPD)',
};
const PURPOSE: Record<string, string> = {
  quality: 'qualité de service',
  training: 'formation',
  contract: 'preuve d’un contrat',
};

const some = (count: number, one: string, many: string) => `${count} ${count < 2 ? one : many}`;

export const FR: Wording = {
  gap: '[à compléter]',
  subject: (id) => `Objet : votre demande, notre référence ${id}`,
  greeting: 'Madame, Monsieur,',
  received: (at, kind) => `Nous avons reçu le ${at} votre demande ${KIND[kind]}.`,
  prolonged: (until, reason) =>
    `Le délai de réponse a été prolongé jusqu’au ${until} (article 12, paragraphe 3), pour la raison suivante, qui vous a été indiquée dans le premier mois : ${reason}`,
  unidentified:
    'Nous n’avons pas pu vérifier votre identité (article 12, paragraphe 6). Nous ne pouvons donc ni communiquer ni effacer des enregistrements : ils contiennent la voix de personnes que nous devons protéger. Vous pouvez renouveler votre demande avec les éléments demandés.',
  nothingFound:
    'Nous avons cherché dans l’ensemble de nos enregistrements et de nos relevés d’appels. Nous n’avons trouvé aucune donnée liée aux numéros que vous nous avez indiqués.',
  held: (count, calls) =>
    `Nous détenons ${some(count, 'enregistrement', 'enregistrements')} et ${some(calls, 'relevé d’appel', 'relevés d’appel')} qui vous concernent.`,
  recording: (at, line, purpose) =>
    `enregistrement du ${at}, ligne « ${line} »${purpose ? `, finalité : ${PURPOSE[purpose] ?? purpose}` : ''}`,
  keptUntil: (at) => `destruction prévue le ${at}`,
  enclosed:
    'Le dossier joint contient ces enregistrements, chiffrés, avec le relevé de chaque appel (annonce entendue, choix exprimé) et ce que notre journal dit de leur consultation. Son fichier README.fr.txt explique comment le vérifier et l’ouvrir.',
  thirdVoice:
    'Ces enregistrements contiennent aussi la voix de la personne qui vous a répondu. C’est une donnée personnelle de cette personne : la copie vous est remise pour votre usage personnel, et sa diffusion engagerait votre responsabilité.',
  withheld: (count) =>
    `Ne sont pas communiqués ou pas effacés (${some(count, 'enregistrement', 'enregistrements')}) :`,
  because: (reason) => reason,
  destroyed: (count) =>
    `${some(count, 'enregistrement a été détruit', 'enregistrements ont été détruits')}, sans possibilité de retour :`,
  destroyedAt: (at) => `détruit le ${at}`,
  onHold: (until) =>
    `conservé jusqu’au ${until} au plus tard sauf prolongation, pour la constatation, l’exercice ou la défense de droits en justice (article 17, paragraphe 3, point e)`,
  locked: (until) =>
    `conservé jusqu’au ${until}, parce que la loi nous y oblige (article 17, paragraphe 3, point b ; enregistrements de services d’investissement : article 16, paragraphe 7, de la directive 2014/65/UE)`,
  failed: 'pas encore détruit ; la destruction est en cours',
  callsCleared: (count) =>
    `Votre numéro a été retiré de ${some(count, 'relevé d’appel', 'relevés d’appel')}. Il ne reste que la trace de l’appel, sans rien qui vous désigne.`,
  objection: (numbers) =>
    `${some(numbers, 'numéro est inscrit', 'numéros sont inscrits')} sur la liste de ceux dont les appels ne sont plus enregistrés. Cette liste ne contient pas votre numéro en clair.`,
  noted: {
    rectification: (note) =>
      `Nous avons pris note de ce qui suit et l’avons joint au dossier : « ${note} ». Un enregistrement reproduit ce qui a été dit : il n’est pas modifié.`,
    restriction: (note) => `Nous avons pris note de ce qui suit et l’avons joint au dossier : « ${note} ».`,
  },
  refused: (reason) =>
    `Nous ne pouvons pas donner suite à votre demande, ou pas entièrement (article 12, paragraphe 4) : ${reason}`,
  notYet: '[à compléter : la demande n’est pas encore traitée]',
  rights:
    'Si vous estimez que vos droits ne sont pas respectés, vous pouvez adresser une réclamation à la CNIL (3 place de Fontenoy, TSA 80715, 75334 Paris Cedex 07, www.cnil.fr/fr/plaintes) et former un recours devant un tribunal.',
  closing: 'Nous vous prions d’agréer, Madame, Monsieur, nos salutations distinguées.',
};
