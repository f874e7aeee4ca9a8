// Every route in one line, by topic. The language of the description is English; the page shows it in French as well.

import type { Words } from './codes.ts';

export interface Topic {
  id: string;
  title: Words;
  /** By method and address. */
  routes: Record<string, Words>;
}

const t = (en: string, fr: string): Words => ({ en, fr });

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
      'GET /api/calls/:id/vcon': t('A call as a vCon, without audio', 'Un appel au format vCon, sans audio'),
      'GET /api/reasons': t('Reasons to listen', 'Motifs d’écoute'),
      'POST /api/recordings/:id/playback': t(
        'Give the reason to listen, and get a ticket',
        'Donner le motif d’écoute et recevoir un ticket',
      ),
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
  {
    id: 'audit',
    title: t('Audit log and incidents', 'Journal d’audit et incidents'),
    routes: {
      'GET /api/audit': t('Entries, newest first', 'Entrées, de la plus récente à la plus ancienne'),
      'GET /api/audit/state': t('Size, root and checkpoint', 'Taille, racine et point de contrôle'),
      'GET /api/incidents': t(
        'Incidents, with the clock of 72 hours',
        'Incidents, avec le délai de 72 heures',
      ),
      'GET /api/incidents/:id': t('One incident', 'Un incident'),
      'POST /api/incidents': t('Open an incident', 'Ouvrir un incident'),
      'POST /api/incidents/:id/close': t('Close an incident', 'Clore un incident'),
    },
  },
  {
    id: 'keys',
    title: t('Keys', 'Clés'),
    routes: {
      'GET /api/keys': t('Keys, drills and rotation', 'Clés, exercices et rotation'),
      'GET /api/keys/mine': t(
        'One’s own keys, as the box may have them',
        'Ses propres clés, telles que détenues',
      ),
      'PUT /api/keys/mine': t('Keep one’s personal key', 'Déposer sa clé personnelle'),
      'GET /api/keys/drills/:fingerprint/message': t(
        'The canary of a key',
        'Le message d’exercice d’une clé',
      ),
      'POST /api/keys/drills/:fingerprint': t('Type the code of a canary', 'Saisir le code d’un exercice'),
      'GET /api/keys/rotation': t('The rotation under way', 'La rotation en cours'),
      'GET /api/keys/rotation/headers': t('Headers to be rewrapped', 'En-têtes à reconditionner'),
      'POST /api/keys/rotation/headers': t(
        'Hand in rewrapped headers',
        'Remettre les en-têtes reconditionnés',
      ),
    },
  },
  {
    id: 'people',
    title: t('People and access', 'Personnes et accès'),
    routes: {
      'GET /api/people': t('Who may log in', 'Qui peut se connecter'),
      'POST /api/people': t('Invite somebody', 'Inviter quelqu’un'),
      'POST /api/people/:user/invitation': t('Invite somebody anew', 'Inviter quelqu’un à nouveau'),
      'PUT /api/people/:user/roles': t('Change somebody’s roles', 'Changer les rôles de quelqu’un'),
      'DELETE /api/people/:user': t('Remove somebody', 'Retirer quelqu’un'),
      'GET /api/tokens': t('Tokens of programs', 'Jetons des programmes'),
      'POST /api/tokens': t('Make a token', 'Créer un jeton'),
      'DELETE /api/tokens/:id': t('Revoke a token', 'Révoquer un jeton'),
      'POST /api/session': t('Log in', 'Se connecter'),
      'GET /api/session': t('Who is logged in', 'Qui est connecté'),
      'POST /api/session/step-up': t('Give the second factor once more', 'Redonner le second facteur'),
      'DELETE /api/session': t('Log out', 'Se déconnecter'),
      'DELETE /api/sessions': t('Log out everywhere', 'Se déconnecter partout'),
      'POST /api/enrolment': t('Look at an invitation', 'Consulter une invitation'),
      'POST /api/enrolment/complete': t('Accept an invitation', 'Accepter une invitation'),
      'PUT /api/account/password': t('Change one’s password', 'Changer son mot de passe'),
      'POST /api/account/recovery-codes': t('Make new recovery codes', 'Créer de nouveaux codes de secours'),
    },
  },
  {
    id: 'appliance',
    title: t('The appliance', 'L’appliance'),
    routes: {
      'GET /api/site': t('Which appliance this is', 'De quelle appliance il s’agit'),
      'GET /api/health': t('How it is', 'Comment elle se porte'),
      'GET /api/openapi.json': t('This description', 'Cette description'),
    },
  },
];
