// Every route in one line, by topic: calls, and what becomes of them. The language of the description is English; the page
// shows it in French as well.

import { OF_THE_BOX } from './titles-of-the-box.ts';
import { type Topic, t } from './topic.ts';

export const TOPICS: Topic[] = [
  {
    id: 'recordings',
    title: t('Recordings', 'Enregistrements'),
    routes: {
      'GET /api/recordings': t('Recordings, searched and in order', 'Enregistrements, recherchés et triés'),
      'GET /api/recordings/terms': t(
        'Names to search recordings by',
        'Noms par lesquels chercher un enregistrement',
      ),
      'POST /api/recordings/parties': t(
        'What stands for a number in a search',
        'Ce qui tient lieu d’un numéro dans une recherche',
      ),
      'POST /api/recordings/numbers': t(
        'Give the reason to read who called, for many at once',
        'Donner le motif pour lire qui a appelé, pour plusieurs à la fois',
      ),
      'GET /api/recordings/:id': t(
        'One recording, with its manifest',
        'Un enregistrement, avec son manifeste',
      ),
      'GET /api/recordings/live': t(
        'When the lists have changed, as server-sent events',
        'Quand les listes ont changé, en événements poussés (SSE)',
      ),
      'GET /api/calls': t('Calls, recorded or not and why', 'Appels, enregistrés ou non, et pourquoi'),
      'GET /api/calls/table.csv': t('The same for a spreadsheet', 'Les mêmes pour un tableur'),
      'GET /api/calls/:id/vcon': t('A call as a vCon, without audio', 'Un appel au format vCon, sans audio'),
      'GET /api/reasons': t('Reasons to listen', 'Motifs d’écoute'),
      'POST /api/recordings/:id/playback': t(
        'Give the reason to listen, and get a ticket',
        'Donner le motif d’écoute et recevoir un ticket',
      ),
      'GET /api/recordings/:id/comments': t('Comments, sealed', 'Commentaires, scellés'),
      'POST /api/recordings/:id/comments': t('Write a comment', 'Écrire un commentaire'),
      'DELETE /api/recordings/:id/comments/:comment': t('Remove a comment', 'Retirer un commentaire'),
      'GET /api/recordings/:id/message': t('The sealed recording', 'L’enregistrement scellé'),
      'GET /api/recordings/:id/details': t(
        'The sealed details of the call',
        'Les détails scellés de l’appel',
      ),
    },
  },
  {
    id: 'extracts',
    title: t('Training extracts', 'Extraits de formation'),
    routes: {
      'GET /api/extracts': t('Extracts that are not over', 'Extraits en cours de validité'),
      'POST /api/extracts': t('Make an extract', 'Créer un extrait'),
      'GET /api/extracts/:id/message': t('The sealed extract', 'L’extrait scellé'),
      'DELETE /api/extracts/:id': t('End an extract', 'Supprimer un extrait'),
    },
  },
  {
    id: 'scorecards',
    title: t('Scorecards', 'Évaluations'),
    routes: {
      'GET /api/scorecards': t('Scorecards and how they go', 'Évaluations et leur évolution'),
      'GET /api/scorecards/mine': t('What was said of my talks', 'Ce qui est dit de mes conversations'),
      'GET /api/recordings/:id/agents': t('Who led the talk', 'Qui a mené la conversation'),
      'POST /api/scorecards': t('Judge a talk', 'Évaluer une conversation'),
      'PUT /api/scorecards/:id/answer': t('Answer to a scorecard of mine', 'Répondre à une évaluation'),
      'DELETE /api/scorecards/:id': t('Withdraw a scorecard', 'Retirer une évaluation'),
    },
  },
  {
    id: 'live',
    title: t('Live board and supervision', 'Direct et supervision'),
    routes: {
      'GET /api/board': t('The live board', 'Le tableau du direct'),
      'GET /api/board/live': t(
        'The live board as server-sent events',
        'Le tableau du direct, en événements poussés (SSE)',
      ),
      'GET /api/supervision/phones': t('One’s own phones', 'Ses propres postes'),
      'GET /api/supervision/browser-phone': t(
        'What the browser needs to be one’s phone',
        'Ce qu’il faut au navigateur pour être son poste',
      ),
      'GET /api/supervision/browser-phone/socket': t(
        'The browser phone’s SIP, as a websocket',
        'Le SIP du poste de navigateur, en websocket',
      ),
      'GET /api/supervision/sessions': t('One’s own sessions', 'Ses propres sessions'),
      'POST /api/supervision/sessions': t('Begin a session', 'Commencer une session'),
      'PATCH /api/supervision/sessions/:id': t(
        'Change the mode of a session',
        'Changer le mode d’une session',
      ),
      'DELETE /api/supervision/sessions/:id': t('End a session', 'Terminer une session'),
    },
  },
  {
    id: 'retention',
    title: t('Retention, holds and approvals', 'Conservation, gels et approbations'),
    routes: {
      'GET /api/retention/preview': t('What goes when', 'Ce qui sera détruit, et quand'),
      'GET /api/holds': t('Legal holds', 'Gels juridiques'),
      'POST /api/holds': t('Ask for a hold', 'Demander un gel'),
      'POST /api/holds/:id/renewal': t('Ask for a later end of a hold', 'Demander la prolongation d’un gel'),
      'POST /api/holds/:id/release': t('Ask for the release of a hold', 'Demander la levée d’un gel'),
      'POST /api/recordings/:id/destruction': t(
        'Ask for destruction before its day',
        'Demander une destruction anticipée',
      ),
      'POST /api/time/confirmation': t('Ask to take the clock for right', 'Demander de confirmer l’heure'),
      'GET /api/approvals': t('What waits for a second person', 'Ce qui attend une seconde personne'),
      'POST /api/approvals/:id/decision': t('Approve or refuse', 'Approuver ou refuser'),
    },
  },
  {
    id: 'rights',
    title: t('Rights of persons', 'Droits des personnes'),
    routes: {
      'GET /api/rights': t('Requests, with their deadlines', 'Demandes, avec leurs échéances'),
      'GET /api/rights/:id': t('One request', 'Une demande'),
      'POST /api/rights': t('Write down a request', 'Consigner une demande'),
      'POST /api/rights/:id/identity': t(
        'Say how the person was identified',
        'Dire comment la personne a été identifiée',
      ),
      'POST /api/rights/:id/extension': t('Prolong the month to three', 'Porter le délai d’un mois à trois'),
      'POST /api/rights/:id/search': t('Search for what there is', 'Rechercher ce qui est détenu'),
      'POST /api/rights/:id/find': t('Calls by day, line and extension', 'Appels par jour, ligne et poste'),
      'POST /api/rights/:id/note': t(
        'Write down what is to be corrected or restricted',
        'Noter ce qui est à rectifier ou à limiter',
      ),
      'POST /api/rights/:id/objection': t(
        'Never record these numbers again',
        'Ne plus jamais enregistrer ces numéros',
      ),
      'POST /api/rights/:id/answer': t('Say what was answered', 'Dire ce qui a été répondu'),
      'GET /api/rights/:id/letter': t('The draft of the answer', 'Le projet de réponse'),
      'POST /api/rights/:id/package': t(
        'Make the package for the person',
        'Préparer le dossier pour la personne',
      ),
      'GET /api/rights/:id/package': t('That package, once', 'Ce dossier, une fois'),
      'POST /api/rights/:id/erasure': t('Ask for erasure', 'Demander l’effacement'),
      'POST /api/rights/:id/close': t('Close a request', 'Clore une demande'),
    },
  },
  {
    id: 'transparency',
    title: t('Who listened', 'Qui a écouté'),
    routes: {
      'GET /api/listens/mine': t('Who listened to my calls', 'Qui a écouté mes appels'),
      'GET /api/transparency': t('The month in figures', 'Le mois en chiffres'),
    },
  },
  {
    id: 'statistics',
    title: t('Statistics', 'Statistiques'),
    routes: {
      'GET /api/statistics': t('The figures of a period', 'Les chiffres d’une période'),
      'GET /api/statistics/table.csv': t('The same for a spreadsheet', 'Les mêmes pour un tableur'),
    },
  },
  ...OF_THE_BOX,
];
